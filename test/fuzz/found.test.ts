/** Plans that failed once, made as small as they still failed, each with what it found. */
import { expect, test } from 'vitest';
import type { Action, Plan, Step } from './plan.ts';
import { simulate } from './simulate.ts';

const planWith = (seed: number, desks: Plan['desks'], healsAt: number, steps: readonly (readonly [number, Step])[]): Plan => ({
  seed,
  desks,
  filler: 0,
  healsAt,
  actions: steps.map(([at, step], index): Action => ({ at, seed: seed + index, step })),
});

test.each([
  [
    'a desk that ends leaves no timer of a trouble behind',
    planWith(344, ['desk', 'desk', 'desk'], 24_000, [
      [8_653, { kind: 'pair', desks: [1, 2], name: 'dispatchUnit' }],
      [19_341, { kind: 'diskFull', desk: 2, full: true }],
      [21_484, { kind: 'dismiss', desk: 2 }],
    ]),
  ],
  [
    'I4 an answered heartbeat that lay on the line does not make the link live',
    planWith(424, ['desk', 'desk'], 30_000, [
      [16_196, { kind: 'weather', desk: 1, weather: { stalledUp: true } }],
      [21_117, { kind: 'crashHospital', place: 'afterSend', skip: 0 }],
      [21_839, { kind: 'weather', desk: 1, weather: { stalledUp: false } }],
    ]),
  ],
])('%s', async (_what, plan) => {
  expect((await simulate(plan)).findings).toEqual([]);
});
