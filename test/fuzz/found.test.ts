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

test.each<readonly [string, Plan]>([
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
  [
    'O20 seed 2612: an ambulance that lay on the line while everything slept is not sent afterwards',
    planWith(2612, ['desk'], 20_000, [
      [4_899, { kind: 'weather', desk: 0, weather: { latency: [1_000, 1_000] } }],
      [11_293, { kind: 'gesture', desk: 0, name: 'dispatchUnit', twice: false }],
      [11_750, { kind: 'sleep', ms: 46_800_000 }],
    ]),
  ],
  [
    'O22 seed 1087, drawn as 1091: an ambulance that was sent is not shown as unsent by a desk that comes back through a snapshot',
    planWith(1091, ['desk'], 40_000, [
      [16_697, { kind: 'weather', desk: 0, weather: { latency: [200, 200] } }],
      [18_811, { kind: 'gesture', desk: 0, name: 'dispatchUnit', twice: false }],
      [19_020, { kind: 'weather', desk: 0, weather: { opening: 'refused' } }],
      [19_021, { kind: 'cut', desk: 0, told: 'both' }],
      [20_008, { kind: 'happening', name: 'everythingMoves' }],
      [33_000, { kind: 'weather', desk: 0, weather: { opening: 'answered' } }],
    ]),
  ],
  // Both commands lie on a line while the hospital dies; a copy of the later one comes first over the next connection.
  ...[3108, 3120, 3147, 3150].map(
    (seed) =>
      [
        `O21 seed 3098, drawn as ${seed}: a copy of a later command does not overtake an earlier one`,
        planWith(seed, ['desk'], 30_000, [
          [10_000, { kind: 'weather', desk: 0, weather: { repeats: 1 } }],
          [11_663, { kind: 'weather', desk: 0, weather: { stalledUp: true } }],
          [11_815, { kind: 'gesture', desk: 0, name: 'setUnitStatus', twice: false }],
          [12_089, { kind: 'gesture', desk: 0, name: 'setUnitStatus', twice: false }],
          [17_090, { kind: 'crashHospital', place: 'insideCommit', skip: 0 }],
          [17_618, { kind: 'weather', desk: 0, weather: { stalledUp: false } }],
        ]),
      ] as const,
  ),
  [
    'I2 seed 3506, drawn as 3537: a command made again by a desk that lost its copy as a display is judged as it first came',
    planWith(3537, ['desk'], 9_000, [
      [4_341, { kind: 'gesture', desk: 0, name: 'recordTriage', twice: true }],
      [4_678, { kind: 'scope', desk: 0, as: 'display' }],
    ]),
  ],
])('%s', async (_what, plan) => {
  expect((await simulate(plan)).findings).toEqual([]);
});
