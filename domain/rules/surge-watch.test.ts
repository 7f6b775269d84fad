import { expect, test } from 'vitest';
import type { Bed } from '../model/bed.ts';
import type { Surge } from '../model/surge.ts';
import {
  buildBed,
  buildCapacitySample,
  buildEncounter,
  buildFacility,
  buildSurge,
  testId,
  testNow,
} from '../testing/builders.ts';
import { capacity } from './bed-board.ts';
import { shippedBoardSettings } from './board-defaults.ts';
import { nedocs, nedocsInputs } from './nedocs.ts';
import { aboveSince, askedByCounts, overAt, type SurgeMeasures, surgeMeasuresOf, surgesNow } from './surge-watch.ts';

const quiet: SurgeMeasures = { nedocs: 40, occupancyPercent: 70, boarders: 1, waiting: 3, longestWaitMinutes: 20 };
const states = (measures: Partial<SurgeMeasures>, surges: readonly Surge[] = [], asked: readonly string[] = []) =>
  surgesNow(shippedBoardSettings, { ...quiet, ...measures }, surges, new Set(asked)).map(
    ({ threshold, state }) => `${threshold.code} ${state}`,
  );

test('a threshold asks until somebody acts, and asks to be ended when it is over', () => {
  const open = buildSurge();
  expect([
    states({}),
    states({ nedocs: 100 }),
    states({ nedocs: 100.1 }),
    states({ nedocs: 150 }, [open]),
    states({ nedocs: 99 }, [open]),
    states({ nedocs: 90 }, [open]),
    states({ nedocs: 120 }, [
      buildSurge({ ended: { at: testNow, by: open.actions[0]?.by ?? { personId: '', name: '' }, value: 90 } }),
    ]),
  ]).toEqual([
    [],
    [],
    ['OVERCROWDED asks'],
    ['SEVERE asks', 'OVERCROWDED answered'],
    ['OVERCROWDED answered'],
    ['OVERCROWDED over'],
    ['OVERCROWDED asks'],
  ]);
});

test('a measure that is not known asks for nothing and ends nothing', () => {
  expect(states({ nedocs: null })).toEqual([]);
  expect(states({ nedocs: null }, [buildSurge()])).toEqual(['OVERCROWDED answered']);
});

test('a value that sways about a threshold makes it neither come and go nor over, and what was taken back answers nothing', () => {
  const asked = ['OVERCROWDED'];
  expect([98, 101, 96, 90.1, 90].map((nedocs) => states({ nedocs }, [], asked))).toEqual([
    ...Array.from({ length: 4 }, () => ['OVERCROWDED asks']),
    [],
  ]);
  expect([states({ nedocs: 135 }), states({ nedocs: 135 }, [], ['SEVERE'])]).toEqual([['OVERCROWDED asks'], ['SEVERE asks']]);
  const [action] = buildSurge().actions;
  if (!action) throw new Error('no action');
  const none = buildSurge({ actions: [{ ...action, takenBack: { ...action, reason: '' } }] });
  expect([states({ nedocs: 120 }, [none]), states({ nedocs: 20 }, [none])]).toEqual([['OVERCROWDED asks'], []]);
  const [overcrowded] = shippedBoardSettings.surge;
  if (!overcrowded) throw new Error('no threshold');
  expect([overAt(overcrowded), overAt({ ...overcrowded, until: null }), overAt({ ...overcrowded, until: 120 })]).toEqual([
    90, 95, 100,
  ]);
});

test('what asked by the counts goes on asking at a desk that was opened since', () => {
  const asked = (nedocs: number | null, counted: readonly (number | null)[]) => [
    ...askedByCounts(
      shippedBoardSettings,
      { ...quiet, nedocs },
      () =>
        counted.map((value, index) =>
          buildCapacitySample({ id: testId('6', index), at: testNow - index * 900_000, nedocs: value }),
        ),
      testNow,
    ),
  ];
  expect([asked(96, [98, 104]), asked(96, [98, 89, 104]), asked(96, [null, 104]), asked(80, [104]), asked(104, [])]).toEqual([
    ['OVERCROWDED'],
    [],
    [],
    [],
    [],
  ]);
});

test('thresholds are compared with the department as it is counted; without beds its occupancy is not known', () => {
  const waiting = [buildEncounter({ arrivedAt: testNow - 5_400_000 })];
  const measured = (beds: readonly Bed[]) =>
    surgeMeasuresOf(
      capacity({ beds, encounters: waiting, inbound: 0 }, testNow),
      nedocs(nedocsInputs(buildFacility(), beds, waiting, testNow)),
    );
  const counts = { boarders: 0, waiting: 1, longestWaitMinutes: 90 };
  expect([measured([]), measured([buildBed({ status: 'occupied' }), buildBed()])]).toEqual([
    { ...counts, nedocs: null, occupancyPercent: null },
    { ...counts, nedocs: null, occupancyPercent: 50 },
  ]);
});

test('of two thresholds of one measure the higher asks for both; whoever asks comes before what is over', () => {
  expect([
    states({ nedocs: 150 }),
    states({ nedocs: 150, boarders: 9 }),
    states({ nedocs: 90, boarders: 9 }, [buildSurge()]),
    states({ nedocs: 150 }, [buildSurge({ code: 'SEVERE' })]),
  ]).toEqual([['SEVERE asks'], ['SEVERE asks', 'BOARDING asks'], ['BOARDING asks', 'OVERCROWDED over'], ['SEVERE answered']]);
});

test('since when a measure is above its threshold: as far back as it was counted without a break', () => {
  const [overcrowded, , boarding] = shippedBoardSettings.surge;
  if (!overcrowded || !boarding) throw new Error('no thresholds');
  const quarter = 900_000;
  const now = testNow;
  const counts = (nedocs: readonly (number | null)[]) =>
    nedocs.map((value, index) =>
      buildCapacitySample({
        id: testId('6', index),
        at: now - 60_000 - index * quarter,
        nedocs: value,
        boarders: index < 2 ? 9 : 8,
      }),
    );
  const since = (values: readonly (number | null)[]) => aboveSince(overcrowded, counts(values).toReversed(), now);
  const ago = (steps: number) => now - 60_000 - steps * quarter;
  expect([
    since([120, 110, 101, 100, 130]),
    since([120, 110, 101, 90, 130]),
    since([120, null, 130]),
    since([90, 130]),
    since([]),
    aboveSince(overcrowded, counts([120, 110, 120]).slice(0, 1), now + 3 * quarter),
    aboveSince(overcrowded, [...counts([120, 120, 120, 120, 120])].toSpliced(1, 2), now),
    aboveSince(boarding, counts([120, 120, 120]), now),
    aboveSince({ ...overcrowded, measure: 'occupancyPercent', from: 79 }, counts([1, 1]), now),
    aboveSince({ ...overcrowded, measure: 'longestWaitMinutes' }, counts([1]), now),
  ]).toEqual([ago(4), ago(2), ago(0), null, null, null, ago(0), ago(1), ago(1), null]);
});
