import { describe, expect, test } from 'vitest';
import { buildAssignment, buildIncident, buildUnit, ids, testId, testNow } from '../testing/builders.ts';
import { createRandom } from '../testing/random.ts';
import { noTimes } from './assignment-times.ts';
import { centile, shiftFigures } from './shift-statistics.ts';

const minute = 60_000;
const hour = 60 * minute;
const from = testNow - 4 * hour;

test('the 90th centile is the nearest rank, not something between two', () => {
  expect(
    [[], [5], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]].map((values) => centile(values, 90)),
  ).toEqual([null, 5, 9, 10]);
});

test('seeded: at least nine in ten do not exceed the 90th centile, and fewer than nine in ten lie below it', () => {
  const random = createRandom(4);
  for (let round = 0; round < 200; round += 1) {
    const values = Array.from({ length: random.int(1, 60) }, () => random.int(0, 30));
    const rank = centile(values, 90) ?? Number.NaN;
    expect(values.filter((value) => value <= rank).length).toBeGreaterThanOrEqual(0.9 * values.length);
    expect(values.filter((value) => value < rank).length).toBeLessThan(0.9 * values.length);
  }
});

describe('a shift', () => {
  const call = (number: number, minutesAgo: number, changes = {}) =>
    buildIncident({ id: testId('1', number), callReceivedAt: testNow - minutesAgo * minute, ...changes });
  const mission = (number: number, incident: number, times: Partial<typeof noTimes>, unit = 1) =>
    buildAssignment({
      id: testId('3', number),
      incidentId: testId('1', incident),
      unitId: testId('2', unit),
      times: { ...noTimes, ...times },
    });
  const at = (minutesAgo: number) => testNow - minutesAgo * minute;

  test('counts a response by its first unit, keeps the open ones apart, and a merged call once', () => {
    const figures = shiftFigures(
      {
        incidents: [
          call(1, 100, { status: 'closed' }),
          call(2, 50),
          call(3, 40, { status: 'merged', mergedInto: testId('1', 2) }),
          call(4, 30, { status: 'cancelled', priority: 3 }),
          call(5, 300),
        ],
        assignments: [
          mission(1, 1, { unitNotified: at(99), onScene: at(80), backInService: at(70) }),
          mission(2, 1, { unitNotified: at(99), onScene: at(90), backInService: at(60) }, 2),
          mission(3, 2, { unitNotified: at(10) }, 2),
        ],
        units: [],
      },
      from,
      testNow,
    );
    expect([figures.calls, figures.cancelled, figures.merged, figures.open]).toEqual([3, 1, 1, 1]);
    expect(figures.priorities.slice(0, 3)).toEqual([
      {
        priority: 1,
        calls: 2,
        response: { count: 1, mean: 10 * minute, centile90: 10 * minute },
        waiting: 1,
        longestWaiting: 50 * minute,
      },
      { priority: 2, calls: 0, response: { count: 0, mean: null, centile90: null }, waiting: 0, longestWaiting: null },
      { priority: 3, calls: 1, response: { count: 0, mean: null, centile90: null }, waiting: 0, longestWaiting: null },
    ]);
    expect(figures.hours.map(({ calls }) => calls)).toEqual([0, 0, 1, 2]);
  });

  test('a mission whose times stand in the wrong order is in no interval, and said', () => {
    const figures = shiftFigures(
      {
        incidents: [call(1, 60), call(2, 60)],
        assignments: [
          mission(1, 1, { unitNotified: at(59), enRoute: at(58), onScene: at(50) }),
          mission(2, 2, { unitNotified: at(59), enRoute: at(58), onScene: at(59) }),
        ],
        units: [],
      },
      from,
      testNow,
    );
    expect([figures.outOfOrder, figures.intervals.turnout, figures.intervals.travel]).toEqual([
      1,
      { count: 1, mean: minute, centile90: minute },
      { count: 1, mean: 8 * minute, centile90: 8 * minute },
    ]);
  });

  test('a unit is as busy as its missions within the span, of the time it was on shift', () => {
    const figures = shiftFigures(
      {
        incidents: [],
        assignments: [
          mission(1, 1, { unitNotified: at(300), backInService: at(180), leftScene: at(200) }),
          mission(2, 2, { unitNotified: at(60) }),
          mission(3, 3, { unitNotified: at(60), cancelled: at(59) }, 2),
        ],
        units: [
          buildUnit({ id: ids.unit, callsign: 'M01', shiftStartedAt: at(120) }),
          buildUnit({ id: testId('2', 2), callsign: 'M02', shiftStartedAt: at(600) }),
          buildUnit({ id: testId('2', 3), callsign: 'M03', shiftStartedAt: at(600), shiftEndsAt: at(500) }),
        ],
      },
      from,
      testNow,
    );
    expect(figures.units).toEqual([
      { unitId: ids.unit, callsign: 'M01', missions: 2, transports: 1, busy: 120 * minute, utilisation: 1 },
      { unitId: testId('2', 2), callsign: 'M02', missions: 1, transports: 0, busy: minute, utilisation: 1 / 240 },
      { unitId: testId('2', 3), callsign: 'M03', missions: 0, transports: 0, busy: 0, utilisation: null },
    ]);
  });
});
