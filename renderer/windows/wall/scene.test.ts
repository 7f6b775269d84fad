import { expect, test } from 'vitest';
import type { Frame } from '#contracts/ipc/station-window.ts';
import type { VigilRecord } from '#domain/model/record.ts';
import { projectForDisplay } from '#domain/rules/projection.ts';
import {
  buildAlarm,
  buildBed,
  buildEncounter,
  buildFacility,
  buildPatient,
  buildSurge,
  ids,
  testId,
  testNow,
} from '#domain/testing/builders.ts';
import { patchTables } from '../../client/fed.ts';
import type { Link } from '../../state/link.ts';
import { emptyTables, type RecordTables } from '../../state/store.ts';
import { departmentOf } from '../beds/department.ts';
import { alarmLines, holdsNobody, numbersOf, unansweredOf, waitingLines } from './scene.ts';
import { claimOf } from './strip.tsx';

const minute = 60_000;
const tablesOf = (...records: readonly VigilRecord[]): RecordTables =>
  patchTables(emptyTables(), { reset: true, puts: records.map((record) => ({ record, pending: false })), removes: [] }) ??
  emptyTables();

test('who waits: those over their target first, each in the order of the queue', () => {
  const waiting = (number: number, acuity: 2 | 3 | 4 | null, minutes: number) =>
    buildEncounter({
      id: testId('e', number),
      patientId: testId('c', number),
      bedId: null,
      bedAssignedAt: null,
      departedAt: null,
      status: acuity === null ? 'arrived' : 'triaged',
      acuity,
      arrivedAt: testNow - minutes * minute,
    });
  const department = departmentOf(
    tablesOf(
      buildFacility({ triageTargetMinutes: [0, 10, 60, 120, 240] }),
      buildPatient({ id: testId('c', 4), initials: 'AD' }),
      ...[waiting(1, null, 4), waiting(2, 2, 5), waiting(3, 3, 59), waiting(4, 4, 121), waiting(5, 3, 90)],
    ),
  );
  const lines = waitingLines(department, testNow);
  expect(lines.map(({ encounter, initials }) => [encounter.id, initials])).toEqual([
    [testId('e', 5), '–'],
    [testId('e', 4), 'AD'],
    [testId('e', 1), '–'],
    [testId('e', 2), '–'],
    [testId('e', 3), '–'],
  ]);
  // Until the site is known nobody is over a target, however long they wait.
  const unknown = waitingLines({ ...department, facility: undefined }, testNow);
  expect(unknown.map(({ encounter, wait }) => [encounter.id, wait.state, wait.targetMs])).toEqual(
    [1, 2, 5, 3, 4].map((number) => [testId('e', number), 'noTarget', null]),
  );
});

test('the rows of a display are known without anybody signed in', () => {
  const rows = [buildPatient(), buildEncounter({ complaint: 'Fever' })];
  const projected = rows.flatMap((row) => projectForDisplay(row, 'initials') ?? []);
  expect([rows, projected, []].map((held) => holdsNobody(tablesOf(...held)))).toEqual([false, true, false]);
});

test('alarms that are put aside are not on the wall, and each says where', () => {
  const lines = alarmLines(
    tablesOf(
      buildBed({ id: ids.bed, label: 'A7' }),
      buildAlarm({ id: testId('4', 1), bedId: ids.bed, priority: 'low', state: 'acknowledged' }),
      buildAlarm({ id: testId('4', 2), bedId: null, deviceId: testId('d', 9), priority: 'high' }),
      buildAlarm({ id: testId('4', 3), bedId: ids.bed, state: 'shelved' }),
    ),
  );
  expect(lines.map(({ alarm, place }) => [alarm.id, place])).toEqual([
    [testId('4', 2), '–'],
    [testId('4', 1), 'A7'],
  ]);
  expect(unansweredOf(lines)).toBe(1);
});

test('the numbers of a display are those of a desk', () => {
  const arrivedAt = testNow - 300 * minute;
  const line = { by: 'Rosa Duarte', note: null };
  const rows = [
    buildFacility(),
    buildBed({ status: 'occupied', encounterId: testId('e', 1) }),
    buildEncounter({
      id: testId('e', 1),
      departedAt: null,
      arrivedAt,
      bedId: ids.bed,
      bedAssignedAt: testNow - minute,
      // Moved on from the bed that was given first: the wait ended there.
      moves: [
        { ...line, at: arrivedAt, bedId: null, place: 'Waiting room' },
        { ...line, at: arrivedAt + 60 * minute, bedId: testId('b', 7), place: null },
        { ...line, at: testNow - minute, bedId: ids.bed, place: null },
      ],
    }),
  ];
  const numbers = (held: readonly VigilRecord[]) => numbersOf(departmentOf(tablesOf(...held)), [], testNow);
  expect(numbers(rows).crowding).toMatchObject({ status: 'complete', inputs: { lastBedHours: 1 } });
  expect(numbers(rows.flatMap((row) => projectForDisplay(row, 'initials') ?? []))).toEqual(numbers(rows));
});

test('a threshold of crowding is on the wall until it is over, also of a display, which is not told what was done', () => {
  const visits = [1, 2, 3, 4, 5].map((number) =>
    buildEncounter({ id: testId('e', number), bedAssignedAt: number === 1 ? testNow - minute : null }),
  );
  const rows = (...surges: readonly VigilRecord[]) => [buildFacility(), buildBed(), ...visits, ...surges];
  const states = (held: readonly VigilRecord[]) =>
    numbersOf(departmentOf(tablesOf(...held)), [], testNow).surges.map(({ threshold, state }) => `${threshold.code} ${state}`);
  const answered = rows(buildSurge({ code: 'SEVERE' }));
  expect([
    states(rows()),
    states(answered),
    states(answered.flatMap((row) => projectForDisplay(row, 'initials') ?? [])),
    states([buildFacility(), buildBed(), buildSurge({ measure: 'boarders', code: 'BOARDING' })]),
  ]).toEqual([['SEVERE asks'], ['SEVERE answered'], ['SEVERE answered'], []]);
});

test('a wall claims no more than link and copy allow', () => {
  const frame = (copy: Frame['copy']): Frame => ({
    sequence: 1,
    facilityName: null,
    timeZone: null,
    serverTime: testNow,
    serverTimeError: null,
    link: { state: 'live', lastHeardAt: testNow, roundTripMs: 1 },
    unsent: { count: 0, oldestAgeMs: null },
    conflicts: 0,
    alarms: null,
    monitors: null,
    copy,
    person: null,
    troubles: [],
  });
  const link = (state: Link['state'], reason: string | null = null): Link => ({ state, lastHeardAt: null, silentMs: 0, reason });
  const whole = frame({ state: 'whole', asOf: testNow });
  const loading = frame({ state: 'loading', loaded: 1, total: 9 });
  expect([
    claimOf(link('offline'), null),
    claimOf(link('offline', 'It cannot start.'), null),
    claimOf(link('live'), whole),
    claimOf(link('late'), whole),
    claimOf(link('live'), loading),
    claimOf(link('stale'), loading),
    claimOf(link('offline'), whole),
  ]).toEqual(['connecting', 'offline', 'live', 'late', 'loading', 'stale', 'offline']);
});
