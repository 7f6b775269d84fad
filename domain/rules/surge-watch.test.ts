import { expect, test } from 'vitest';
import type { Bed } from '../model/bed.ts';
import { buildBed, buildEncounter, buildFacility, buildSurge, testNow } from '../testing/builders.ts';
import { capacity } from './bed-board.ts';
import { shippedBoardSettings } from './board-defaults.ts';
import { nedocs, nedocsInputs } from './nedocs.ts';
import { type SurgeMeasures, surgeMeasuresOf, surgesNow } from './surge-watch.ts';

const quiet: SurgeMeasures = { nedocs: 40, occupancyPercent: 70, boarders: 1, waiting: 3, longestWaitMinutes: 20 };
const states = (measures: Partial<SurgeMeasures>, surges = [buildSurge({ ended: null })].slice(0, 0)) =>
  surgesNow(shippedBoardSettings, { ...quiet, ...measures }, surges).map(({ threshold, state }) => `${threshold.code} ${state}`);

test('a threshold asks until somebody acts, and asks to be ended when it is over', () => {
  const open = buildSurge();
  expect([
    states({}),
    states({ nedocs: 100 }),
    states({ nedocs: 100.1 }),
    states({ nedocs: 150 }, [open]),
    states({ nedocs: 99 }, [open]),
    states({ nedocs: 120 }, [
      buildSurge({ ended: { at: testNow, by: open.actions[0]?.by ?? { personId: '', name: '' }, value: 90 } }),
    ]),
  ]).toEqual([[], [], ['OVERCROWDED asks'], ['OVERCROWDED answered', 'SEVERE asks'], ['OVERCROWDED over'], ['OVERCROWDED asks']]);
});

test('a measure that is not known asks for nothing and ends nothing', () => {
  expect(states({ nedocs: null })).toEqual([]);
  expect(states({ nedocs: null }, [buildSurge()])).toEqual(['OVERCROWDED answered']);
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
