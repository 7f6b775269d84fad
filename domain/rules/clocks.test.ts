import { describe, expect, test } from 'vitest';
import { buildEncounter, buildFacility, testId, testNow } from '../testing/builders.ts';
import { ageInYears } from './age.ts';
import { shippedBoardSettings } from './board-defaults.ts';
import { formatDuration, isHours } from './durations.ts';
import { clockAheadMs, freshness } from './freshness.ts';
import { alarmsNotReaching, linkState } from './link-state.ts';
import { retriageOf, triageQueue, waitOf } from './waiting.ts';

const minute = 60_000;

test.each([
  [0, '00:00'],
  [999, '00:00'],
  [61_000, '01:01'],
  [3_599_999, '59:59'],
  [3_600_000, '1:00'],
  [13_200_000, '3:40'],
  [360_000_000, '100:00'],
  [-61_000, '−01:01'],
  [-500, '00:00'],
])('%d ms reads %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test('hours are told apart from minutes', () => {
  expect([3_599_999, 3_600_000, -3_600_000].map(isHours)).toEqual([false, true, true]);
});

test('completed years', () => {
  const at = Date.UTC(2026, 1, 28, 12);
  expect(['1980-02-28', '1980-03-01', '2024-02-29', '2026-02-28', '2027-01-01'].map((date) => ageInYears(date, at))).toEqual([
    46, 45, 1, 0, 0,
  ]);
});

describe('freshness', () => {
  const stateAt = (kind: 'unitFix' | 'deviceReading') => (seconds: number) =>
    freshness(kind, { observedAt: testNow, receivedAt: testNow }, testNow + seconds * 1000).state;
  test('of a fix', () => {
    expect([0, 60, 60.001, 300, 300.001, 1800, 1800.001].map(stateAt('unitFix'))).toEqual([
      'live',
      'live',
      'late',
      'late',
      'stale',
      'stale',
      'lost',
    ]);
  });
  test('of a reading', () => {
    expect([0, 5, 5.001, 15, 15.001, 60, 60.001].map(stateAt('deviceReading'))).toEqual([
      'live',
      'live',
      'late',
      'late',
      'stale',
      'stale',
      'lost',
    ]);
  });
  test('a source whose clock runs ahead is flagged and still ages', () => {
    const value = { observedAt: testNow + 3_600_000, receivedAt: testNow };
    expect(freshness('unitFix', value, testNow + 400_000)).toEqual({ state: 'stale', ageMs: 400_000, skewed: true });
  });
  test('a skew that the hospital noted is said, whatever the times say', () => {
    const value = { observedAt: testNow, receivedAt: testNow };
    const skewed = [undefined, 2_000, 2_001].map((skewMs) => freshness('unitFix', { ...value, skewMs }, testNow).skewed);
    expect(skewed).toEqual([false, false, true]);
    expect([clockAheadMs({ ...value, skewMs: 5_000 }), clockAheadMs({ ...value, observedAt: testNow - 9 })]).toEqual([5_000, 0]);
  });
  test('a fix that was long on its way is as old as its observation, a reading counts from its arrival', () => {
    const ageAfter = (kind: 'unitFix' | 'deviceReading', lagMs: number) =>
      freshness(kind, { observedAt: testNow - lagMs, receivedAt: testNow }, testNow + 1_000).ageMs;
    expect([0, 10_000, 10_001, 400_000].map((lag) => ageAfter('unitFix', lag))).toEqual([1_000, 1_000, 11_001, 401_000]);
    expect(ageAfter('deviceReading', 400_000)).toBe(1_000);
  });
  test('a clock that steps back gives no negative age', () => {
    expect(freshness('unitFix', { observedAt: testNow, receivedAt: testNow }, testNow - 5_000)).toEqual({
      state: 'live',
      ageMs: 0,
      skewed: false,
    });
  });
});

describe('the link', () => {
  test('by silence', () => {
    expect(
      [0, 2_999, 3_000, 4_999, 5_000, 14_999, 15_000].map((sinceHeardMs) => linkState({ sinceHeardMs, socketDead: false })),
    ).toEqual(['live', 'live', 'late', 'late', 'stale', 'stale', 'offline']);
  });
  test('a dead socket and a link that never was are offline at once', () => {
    expect([linkState({ sinceHeardMs: 0, socketDead: true }), linkState({ sinceHeardMs: null, socketDead: false })]).toEqual([
      'offline',
      'offline',
    ]);
  });
  test('the technical alarm comes at 10 s', () => {
    expect([0, 9_999, 10_000, null].map(alarmsNotReaching)).toEqual([false, false, true, true]);
  });
});

describe('waiting', () => {
  const facility = buildFacility();
  const waited = (minutes: number, acuity: 1 | 3 | null) =>
    waitOf(buildEncounter({ acuity, arrivedAt: testNow - minutes * minute }), facility, testNow).state;
  test('against the target of the level', () => {
    expect([waited(44, 3), waited(45, 3), waited(60, 3), waited(61, 3), waited(1, 1), waited(500, null)]).toEqual([
      'within',
      'near',
      'near',
      'over',
      'over',
      'noTarget',
    ]);
  });
  test('a wait ended with the first bed, whatever bed the patient was moved to later', () => {
    const move = (minutes: number, number: number) => ({
      at: testNow - minutes * minute,
      bedId: testId('b', number),
      place: null,
      by: 'R. Ortiz',
      note: null,
    });
    const moved = buildEncounter({
      arrivedAt: testNow - 90 * minute,
      bedId: testId('b', 2),
      bedAssignedAt: testNow - 10 * minute,
      moves: [move(70, 1), move(10, 2)],
    });
    expect(waitOf(moved, facility, testNow).waitedMs).toBe(20 * minute);
  });
  test('a bed stops the clock', () => {
    const encounter = buildEncounter({
      acuity: 3,
      arrivedAt: testNow - 90 * minute,
      bedId: testId('b', 1),
      bedAssignedAt: testNow - 70 * minute,
    });
    expect(waitOf(encounter, facility, testNow)).toEqual({
      waitedMs: 20 * minute,
      targetMs: 60 * minute,
      overMs: 0,
      state: 'within',
    });
  });
  test('of a site that is not known yet nothing is over, and the time still counts', () => {
    const encounter = buildEncounter({ acuity: 1, arrivedAt: testNow - 90 * minute });
    expect(waitOf(encounter, null, testNow)).toEqual({ waitedMs: 90 * minute, targetMs: null, overMs: 0, state: 'noTarget' });
  });
  test('re-triage', () => {
    const due = (minutes: number, settings = shippedBoardSettings) =>
      retriageOf(buildEncounter({ retriageDueAt: testNow + minutes * minute }), settings, testNow)?.state;
    expect([due(6), due(5), due(0), due(-1)]).toEqual(['notDue', 'near', 'due', 'due']);
    expect([10, 11].map((minutes) => due(minutes, { ...shippedBoardSettings, retriageNoticeMinutes: 10 }))).toEqual([
      'near',
      'notDue',
    ]);
    expect(
      retriageOf(buildEncounter({ retriageDueAt: testNow, bedId: testId('b', 1) }), shippedBoardSettings, testNow),
    ).toBeNull();
  });
  test('the order of the queue', () => {
    const person = (number: number, acuity: 1 | 2 | 3 | null, arrived: number, changes = {}) =>
      buildEncounter({ id: testId('e', number), acuity, arrivedAt: testNow - arrived, ...changes });
    const queue = triageQueue([
      person(1, 3, 50),
      person(2, 2, 10),
      person(3, null, 5),
      person(4, 2, 20),
      person(5, null, 9),
      person(6, 1, 99, { bedId: testId('b', 1) }),
      person(7, 1, 99, { departedAt: testNow, status: 'finished' }),
    ]);
    expect(queue.map(({ id }) => id)).toEqual([5, 3, 4, 2, 1].map((number) => testId('e', number)));
  });
});
