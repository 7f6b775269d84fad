import { expect, test } from 'vitest';
import { boardSettingsSchema } from '../model/board-settings.ts';
import { shippedBoardSettings } from './board-defaults.ts';

test('settings that were written before a setting existed get what is shipped for it', () => {
  const { placementLeads, turnaroundMinutes, boardingMinutes, observationMinutes, surge } = shippedBoardSettings;
  const yesterday = { placementLeads, turnaroundMinutes, boardingMinutes, observationMinutes, surge };
  expect(boardSettingsSchema.parse(yesterday)).toEqual(shippedBoardSettings);
});
