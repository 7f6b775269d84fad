import { describe, expect, test } from 'vitest';
import type { VigilRecord } from '#domain/model/record.ts';
import type { Unit } from '#domain/model/unit.ts';
import { noTimes } from '#domain/rules/assignment-times.ts';
import { shippedDispatchSettings } from '#domain/rules/dispatch-defaults.ts';
import { buildAssignment, buildHospital, buildIncident, buildUnit, ids, testId, testNow } from '#domain/testing/builders.ts';
import { createView } from '#domain/testing/view.ts';
import type { IncidentRow, Mission } from '../situation.ts';
import { arrivalsSeen, filtered, rollCallsDue, unansweredMissions } from './queue.ts';

const settings = shippedDispatchSettings;
const unit = (number: number, changes: Partial<Unit>): Unit =>
  buildUnit({ id: testId('2', number), callsign: `M${number}`, assignmentId: testId('3', number), ...changes });
const mission = (changes: Partial<Unit>, assignment: Parameters<typeof buildAssignment>[0] = {}): Mission => ({
  unit: unit(1, changes),
  assignment: buildAssignment({ how: 'console', voiceNote: null, ...assignment }),
  pending: false,
});
const row = (minutesAgo: number, missions: readonly Mission[]): IncidentRow => ({
  incident: buildIncident({ priority: 3, callReceivedAt: testNow - minutesAgo * 60_000 }),
  pending: false,
  missions,
  settings,
});

test('a filter keeps the rows without a unit, or those whose clock warns', () => {
  const fresh = row(1, []);
  const waiting = row(20, []);
  const served = row(20, [mission({ status: 'enRoute', statusSince: testNow - 60_000 })]);
  const rows = [fresh, waiting, served];
  expect(filtered(rows, 'all', testNow)).toBe(rows);
  expect(filtered(rows, 'noUnit', testNow)).toEqual([fresh, waiting]);
  expect(filtered(rows, 'late', testNow)).toEqual([waiting]);
});

describe('a dispatch that nobody answers', () => {
  const paged = (seconds: number) => ({ times: { ...noTimes, unitNotified: testNow - seconds * 1_000 } });
  const asks = (one: Mission) => unansweredMissions([one], settings, testNow).length > 0;
  test('asks for the radio after ten seconds, sent or not', () => {
    expect(asks(mission({ status: 'dispatched' }, paged(11)))).toBe(true);
    expect(asks({ ...mission({ status: 'dispatched' }, paged(11)), pending: true })).toBe(true);
    expect(asks(mission({ status: 'dispatched' }, paged(9)))).toBe(false);
  });
  test('no longer once the crew has answered, has moved, or was told by voice', () => {
    expect(asks(mission({ status: 'enRoute' }, paged(60)))).toBe(false);
    expect(
      asks(mission({ status: 'dispatched' }, { times: { ...noTimes, unitNotified: testNow - 60_000, acknowledged: testNow } })),
    ).toBe(false);
    expect(asks(mission({ status: 'dispatched' }, { ...paged(60), voiceNote: 'radio 2' }))).toBe(false);
    expect(asks(mission({ status: 'dispatched' }, { ...paged(60), how: 'voice' }))).toBe(false);
  });
});

test('of the crews a roll-call asks, those that missed the most come first', () => {
  const at = (minutes: number, number: number) => unit(number, { status: 'onScene', statusSince: testNow - minutes * 60_000 });
  const due = rollCallsDue([at(5, 1), at(20.5, 2), at(22, 3), at(43.5, 4)], settings.rollCall, testNow);
  expect(due.map(({ unit: { callsign }, rollCall }) => [callsign, rollCall.state, rollCall.missedCycles])).toEqual([
    ['M4', 'asked', 1],
    ['M2', 'asked', 0],
    ['M3', 'askedAgain', 0],
  ]);
});

test('positions near their goals are seen, each unit by what it does', () => {
  const records: VigilRecord[] = [];
  const put = (record: VigilRecord): void => void records.push(record);
  put(buildIncident({ id: ids.incident, position: [-56.16, -34.9] }));
  put(buildHospital({ id: ids.hospital, position: [-56.1, -34.85] }));
  for (const [number, status] of [
    [1, 'enRoute'],
    [2, 'transporting'],
    [3, 'onScene'],
  ] as const) {
    put(unit(number, { status, statusSince: testNow - 60_000 }));
    put(buildAssignment({ id: testId('3', number), incidentId: ids.incident, hospitalId: ids.hospital }));
  }
  const fix = (number: number, position: [number, number]) =>
    [
      testId('2', number),
      { unitId: testId('2', number), position, heading: null, speed: 0, observedAt: testNow, receivedAt: testNow },
    ] as const;
  const positions = new Map([fix(1, [-56.16, -34.9005]), fix(2, [-56.1, -34.85]), fix(3, [-56.16, -34.9])]);
  const seen = (mode: 'off' | 'suggest' | 'automatic') =>
    arrivalsSeen(createView(records), positions, { mode, metres: 150 }, testNow);
  expect(seen('suggest')).toEqual([
    { unitId: testId('2', 1), status: 'onScene' },
    { unitId: testId('2', 2), status: 'atDestination' },
  ]);
  expect([seen('off'), seen('automatic')]).toEqual([[], []]);
});
