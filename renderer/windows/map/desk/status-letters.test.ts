import { expect, test } from 'vitest';
import { unitStatuses } from '#domain/model/unit.ts';
import { statusLetters } from './status-letters.ts';

test('every status has a letter of its own', () => {
  expect(new Set(unitStatuses.map((status) => statusLetters[status])).size).toBe(unitStatuses.length);
});
