import { expect, test } from 'vitest';
import { noTimes } from '#domain/rules/assignment-times.ts';
import { buildAssignment, buildFacility, buildIncident, buildUnit, testId, testNow } from '#domain/testing/builders.ts';
import { createView } from '#domain/testing/view.ts';
import { missionTimesCsv, withOffset } from './mission-times.ts';

const minute = 60_000;

test('a moment has the offset of its place on that day', () => {
  expect([
    withOffset(Date.UTC(2026, 10, 20, 12, 0, 0), 'America/Montevideo'),
    withOffset(Date.UTC(2026, 6, 1, 12, 0, 0) + 999, 'Europe/Madrid'),
    withOffset(Date.UTC(2026, 0, 1, 20, 0, 0), 'Asia/Kathmandu'),
    withOffset(0, 'UTC'),
  ]).toEqual([
    '2026-11-20T09:00:00-03:00',
    '2026-07-01T14:00:00+02:00',
    '2026-01-02T01:45:00+05:45',
    '1970-01-01T00:00:00+00:00',
  ]);
});

test('one line for each unit sent, one for a call to which nobody was sent, in the order of the calls', () => {
  const view = createView([
    buildFacility(),
    buildUnit(),
    buildIncident({ callReceivedAt: testNow - 30 * minute, category: 'Fall, "high"', number: '=1+1' }),
    buildIncident({ id: testId('1', 2), callReceivedAt: testNow - 60 * minute, status: 'cancelled', endReason: 'Wrong number' }),
    buildIncident({ id: testId('1', 3), callReceivedAt: testNow - 600 * minute }),
    buildAssignment({
      times: {
        ...noTimes,
        unitNotified: testNow - 29 * minute,
        enRoute: testNow - 28 * minute,
        onScene: testNow - 20 * minute,
      },
    }),
  ]);
  const { text, lines } = missionTimesCsv(view, testNow - 120 * minute, testNow);
  const [header, second, first] = text.split('\r\n');
  expect([lines, text.endsWith('\r\n'), header?.split(',').length]).toEqual([2, true, 32]);
  expect(second).toMatch(/^2611-0001,Chest pain,,1,cancelled,,,,,2026-11-20T08:00:00-03:00,.*,Wrong number,,,,,,,,,$/);
  expect(first).toMatch(/^'=1\+1,"Fall, ""high""",,1,open,A01,als,console,,2026-11-20T08:30:00-03:00,/);
  expect(first).toMatch(/,yes,60,60,480,600,,,,$/);
});

test('times in the wrong order are told as they stand, and measured by nobody', () => {
  const view = createView([
    buildFacility(),
    buildIncident(),
    buildAssignment({ times: { ...noTimes, unitNotified: testNow, enRoute: testNow - minute } }),
  ]);
  expect(missionTimesCsv(view, 0, testNow + 1).text).toMatch(/,no,,,,,,,,\r\n$/);
});
