import { expect, test } from 'vitest';
import { dispatchSettingsSchema, type RunCard } from '../model/dispatch-settings.ts';
import { buildFacility, buildUnit } from '../testing/builders.ts';
import { createView } from '../testing/view.ts';
import { capabilitiesOf } from './capabilities.ts';
import { dispatchSettingsOf, prioritiesOf, priorityLabel, runCardFor, shippedDispatchSettings } from './dispatch-defaults.ts';

test('what is shipped is what a site could have set, and a site that has set its own has its own', () => {
  expect(dispatchSettingsSchema.parse(shippedDispatchSettings)).toEqual(shippedDispatchSettings);
  const own = { ...shippedDispatchSettings, priorityScheme: 'plain' as const };
  expect(dispatchSettingsOf(createView([buildFacility()]))).toBe(shippedDispatchSettings);
  expect(dispatchSettingsOf(createView([buildFacility({ dispatch: own })])).priorityScheme).toBe('plain');
});

test('the most particular run card counts', () => {
  const card = (category: string | null, priority: 1 | 2 | null): RunCard => ({ category, priority, needs: [], services: [] });
  const runCards = [card(null, null), card(null, 1), card('Fall', null), card('Fall', 1)];
  expect(
    (
      [
        ['Fall', 1],
        ['Fall', 2],
        ['Burns', 1],
        ['Burns', 2],
      ] as const
    ).map(([category, priority]) => runCards.indexOf(runCardFor({ runCards }, { category, priority }) ?? card(null, null))),
  ).toEqual([3, 2, 1, 0]);
});

test('priorities are called as the scheme calls them', () => {
  expect([priorityLabel('arp', 1), priorityLabel('plain', 5), prioritiesOf('arp'), prioritiesOf('plain')]).toEqual([
    'C1',
    '5',
    [1, 2, 3, 4],
    [1, 2, 3, 4, 5],
  ]);
});

test('a unit can do what its type can, and what its record adds', () => {
  expect([...capabilitiesOf(buildUnit({ type: 'bls', capabilities: ['bariatric'] }))]).toEqual(['transport', 'bls', 'bariatric']);
});
