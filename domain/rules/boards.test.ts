import { describe, expect, test } from 'vitest';
import type { Bed } from '../model/bed.ts';
import { recordKinds, recordSchema, type VigilRecord } from '../model/record.ts';
import { unitStatuses } from '../model/unit.ts';
import {
  buildAlarm,
  buildArea,
  buildAssignment,
  buildBed,
  buildCall,
  buildCapacitySample,
  buildCareNote,
  buildDevice,
  buildDisagreement,
  buildEncounter,
  buildFacility,
  buildHandover,
  buildHospital,
  buildIncident,
  buildInterfaceLink,
  buildMessage,
  buildPatient,
  buildSurge,
  buildTask,
  buildTriageAssessment,
  buildUnit,
  testId,
  testNow,
} from '../testing/builders.ts';
import { alarmCounts, alarmsInOrder } from './alarm-order.ts';
import { intervalsOf, noTimes, orderBreaks } from './assignment-times.ts';
import { capacity } from './bed-board.ts';
import { openIncidents, unansweredIncidents } from './incident-order.ts';
import { initialsOf } from './initials.ts';
import { projectForDisplay } from './projection.ts';
import { isFree, mayFollow, unitTransitions } from './unit-status.ts';

test('alarms: priority, then unanswered, then the oldest; what is over has left', () => {
  const alarm = (number: number, changes: Parameters<typeof buildAlarm>[0]) =>
    buildAlarm({ id: testId('4', number), ...changes });
  const alarms = [
    alarm(1, { priority: 'low' }),
    alarm(2, { onsetAt: testNow - 10 }),
    alarm(3, { onsetAt: testNow - 20 }),
    alarm(4, { onsetAt: testNow - 90, state: 'acknowledged' }),
    alarm(5, { priority: 'medium', state: 'returnedUnacknowledged' }),
    alarm(6, { state: 'normal' }),
    alarm(7, { priority: 'medium', state: 'shelved' }),
  ];
  expect(alarmsInOrder(alarms).map(({ id }) => id)).toEqual([3, 2, 4, 5, 7, 1].map((number) => testId('4', number)));
  expect(alarmCounts(alarms)).toEqual({ high: 3, medium: 1, low: 1, unacknowledged: 4 });
});

test('incidents: priority, then the longest since the call', () => {
  const incident = (number: number, changes: Parameters<typeof buildIncident>[0]) =>
    buildIncident({ id: testId('1', number), ...changes });
  const incidents = [
    incident(1, { priority: 3 }),
    incident(2, { callReceivedAt: testNow }),
    incident(3, {}),
    incident(4, { status: 'closed' }),
  ];
  expect(openIncidents(incidents).map(({ id }) => id)).toEqual([3, 2, 1].map((number) => testId('1', number)));
  const assignments = [
    buildAssignment({ incidentId: testId('1', 3) }),
    buildAssignment({ id: testId('3', 2), incidentId: testId('1', 2), times: { ...noTimes, cancelled: testNow } }),
  ];
  expect(unansweredIncidents(incidents, assignments).map(({ id }) => id)).toEqual([2, 1].map((number) => testId('1', number)));
});

describe('unit status', () => {
  test('free means one of two ids, never a part of a name', () => {
    expect(unitStatuses.filter(isFree)).toEqual(['availableAtStation', 'availableMobile']);
  });
  test('nothing follows itself, dispatched follows a dispatch only, every status can be left and come back to available', () => {
    for (const from of unitStatuses) {
      expect(mayFollow(from, from)).toBe(false);
      expect(unitTransitions[from]).not.toContain('dispatched');
      const reached = new Set<string>([from]);
      for (const status of reached) for (const next of unitTransitions[status as typeof from]) reached.add(next);
      expect(reached.has('availableMobile') && reached.has('availableAtStation')).toBe(true);
    }
  });
  test('a patient on board is handed over before the crew is free', () => {
    expect(unitTransitions.transporting).toEqual(['atDestination', 'offloading', 'clearing']);
  });
});

test('assignment times: a break is told, not mended', () => {
  const times = { ...noTimes, unitNotified: 100, enRoute: 90, onScene: 200, leftScene: 150, backInService: 300 };
  expect(orderBreaks(times)).toEqual([
    { earlier: 'unitNotified', later: 'enRoute' },
    { earlier: 'onScene', later: 'leftScene' },
  ]);
  expect(intervalsOf(40, times)).toEqual({
    processing: 60,
    turnout: null,
    travel: 110,
    response: 160,
    scene: null,
    transport: null,
    offload: null,
    turnaround: null,
  });
  expect(orderBreaks({ ...noTimes, unitNotified: 5, acknowledged: 5 })).toEqual([]);
});

test('the capacity strip', () => {
  const hour = 3_600_000;
  const statuses = [
    'occupied',
    'occupied',
    'available',
    'reserved',
    'contaminated',
    'cleaning',
    'cleaning',
    'blocked',
    'closed',
  ] as const;
  const encounters = [
    buildEncounter({
      id: testId('e', 1),
      bedId: testId('b', 0),
      admitDecidedAt: testNow - 3 * hour,
      expectedDepartureAt: testNow - hour,
    }),
    buildEncounter({ id: testId('e', 2), bedId: testId('b', 1), expectedDepartureAt: testNow + 5 * hour }),
    buildEncounter({ id: testId('e', 3), arrivedAt: testNow - 2 * hour }),
    buildEncounter({ id: testId('e', 4), departedAt: testNow, status: 'finished' }),
  ];
  const department = {
    beds: statuses.map((status, index) => buildBed({ id: testId('b', index), status })),
    encounters,
    inbound: 1,
  };
  expect(capacity(department, testNow)).toEqual({
    beds: 9,
    inReserve: 0,
    staffed: 7,
    occupied: 2,
    available: 1,
    reserved: 1,
    notReady: { total: 3, contaminated: 1, cleaning: 2 },
    outOfUse: { total: 2, blocked: 1, closed: 1 },
    boarders: 1,
    longestBoardingMs: 3 * hour,
    waiting: 1,
    longestWaitMs: 2 * hour,
    inbound: 1,
    expectedDepartures: 1,
  });
});

test('a retired bed is counted nowhere, and a space for a full house only while it is open', () => {
  const counted = (beds: readonly Partial<Bed>[]) => {
    const all = beds.map((changes, index) => buildBed({ id: testId('b', index), ...changes }));
    const { staffed, inReserve, available, outOfUse } = capacity({ beds: all, encounters: [], inbound: 0 }, testNow);
    return { staffed, inReserve, available, closed: outOfUse.closed };
  };
  expect(
    counted([
      { status: 'closed' },
      { retired: true },
      { status: 'occupied', retired: true },
      { space: 'capacity', status: 'closed' },
      { space: 'corridor', status: 'closed' },
      { space: 'capacity' },
      { space: 'chair' },
    ]),
  ).toEqual({ staffed: 2, inReserve: 2, available: 2, closed: 1 });
});

test('initials', () => {
  expect(
    [{ family: 'Moreau', given: 'Lea' }, { family: 'o’Neil', given: '' }, { family: 'ßu', given: '𝒜da' }, null].map(initialsOf),
  ).toEqual(['LM', 'O', '𝒜SS', '?']);
});

test('a display holds no name and nothing a person wrote about a patient', () => {
  const canary = 'Kestrelwing';
  const author = { personId: testId('9', 1), name: canary };
  const records: readonly VigilRecord[] = [
    buildFacility(),
    buildArea(),
    buildHospital({ divert: { reason: canary, by: author, until: testNow } }),
    buildCall({ phone: canary, subscriber: canary, address: canary }),
    buildMessage({ text: canary, by: author }),
    buildUnit({ outOfServiceReason: canary, emergencyReason: canary }),
    buildDevice(),
    buildAlarm({ acknowledgedBy: author }),
    buildCareNote({ text: canary, by: author }),
    buildTask({ text: canary, by: author }),
    buildCapacitySample(),
    buildSurge({
      actions: [{ at: testNow, by: author, text: canary, id: null, takenBack: { at: testNow, by: author, reason: canary } }],
      ended: { at: testNow, by: author, value: null },
    }),
    buildHandover({
      summary: canary,
      by: author,
      points: [
        { about: 'patient', id: null, text: canary, spoken: true, note: canary, change: 'same', reasons: [], stood: null },
      ],
    }),
    buildDisagreement({ theirs: { bedId: null, text: canary }, ours: { bedId: null, text: canary } }),
    buildInterfaceLink({ trouble: canary }),
    buildBed({
      status: 'reserved',
      note: canary,
      cleaner: canary,
      reservation: { encounterId: null, assignmentId: null, reason: canary, until: null },
    }),
    buildPatient({ mrn: canary, name: { family: canary, given: canary }, allergies: [canary] }),
    buildEncounter({
      complaint: canary,
      nextStep: canary,
      place: canary,
      nurse: canary,
      doctor: canary,
      flagNotes: [{ flag: 'ALG', text: canary }],
      away: { to: canary, since: testNow, expectedBackAt: null },
      admitTo: canary,
      visitNumber: canary,
      moves: [{ at: testNow, bedId: null, place: canary, by: canary, note: canary }],
      changes: [
        { what: 'back', at: testNow, by: canary, to: canary, since: testNow },
        { what: 'flag', at: testNow, by: canary, flag: 'ALG', isSet: true, note: canary },
      ],
    }),
    buildTriageAssessment({ complaint: canary, note: canary }),
    buildIncident({
      address: canary,
      patientSummary: canary,
      caller: { name: canary, phone: canary, location: null },
      endReason: canary,
      notes: [{ at: testNow, by: author, text: canary }],
      events: [{ at: testNow, by: author, what: 'address', text: canary }],
    }),
    buildAssignment({
      voiceNote: canary,
      dispatchedBy: author,
      refusal: { at: testNow, reason: canary },
      endReason: canary,
      prealert: {
        at: testNow,
        by: author,
        urgency: 'red',
        age: canary,
        time: canary,
        mechanism: canary,
        injuries: canary,
        signs: canary,
        treatment: canary,
      },
    }),
  ];
  expect([...records.map(({ kind }) => kind)].sort()).toEqual([...recordKinds].sort());
  const held = records.map((record) => projectForDisplay(record, 'initials'));
  expect(JSON.stringify(held)).not.toContain(canary);
  expect(JSON.stringify(held)).not.toContain('1980-05-04');
  expect(held.filter((record) => record === undefined)).toHaveLength(7);
  for (const record of held) if (record) expect(recordSchema.parse(record)).toEqual(record);
  const bare = { mrn: null, name: null, birthDate: null, allergies: null };
  expect([projectForDisplay(buildPatient(), 'initials'), projectForDisplay(buildPatient(), 'nobody')]).toEqual([
    buildPatient(bare),
    buildPatient({ ...bare, initials: '' }),
  ]);
});
