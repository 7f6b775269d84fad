import { describe, expect, test } from 'vitest';
import type { Role } from '../model/grant.ts';
import type { RecordView, VigilRecord } from '../model/record.ts';
import { noTimes } from '../rules/assignment-times.ts';
import {
  buildAlarm,
  buildAssignment,
  buildBed,
  buildDevice,
  buildEncounter,
  buildFacility,
  buildGrant,
  buildIncident,
  buildPatient,
  buildUnit,
  buildVitals,
  ids,
  testId,
  testNow,
} from '../testing/builders.ts';
import { createView, viewWith } from '../testing/view.ts';
import { type Decision, decide } from './decide.ts';
import { derivedId } from './derived-id.ts';
import { type CommandInput, type CommandName, commands } from './registry.ts';

const commandId = testId('6', 1);
const author = { personId: ids.person, name: 'R. Ortiz' };
const { bed: bedId, encounter: encounterId, unit: unitId, incident: incidentId } = ids;
const give = <N extends CommandName>(
  records: readonly VigilRecord[] | RecordView,
  name: N,
  input: CommandInput<N>,
  issuedAt = testNow,
  ageMs = 0,
): Decision =>
  decide(
    'get' in records ? records : createView(records),
    { commandId, name, input, issuedAt, issuedAtError: 5, grant: 'signed' },
    buildGrant(),
    ageMs,
  );
const refusal = (decision: Decision): string => (decision.ok ? 'done' : `${decision.refusal.code}: ${decision.refusal.message}`);
const done = (...puts: VigilRecord[]): Decision => ({ ok: true, puts });

const waiting = buildEncounter();
const occupied = buildBed({ status: 'occupied', encounterId, since: testNow - 500 });
const lying = buildEncounter({ status: 'inProgress', bedId, bedAssignedAt: testNow - 500, place: null });
const bound = buildDevice({ encounterId });
const dirty = { status: 'contaminated', since: testNow, encounterId: null } as const;

describe('who, offline, how long: the table a clinician agreed to', () => {
  const day = 24 * 60;
  const nurses: readonly Role[] = ['chargeNurse', 'triageNurse'];
  const table: Record<CommandName, readonly [roles: readonly Role[], offline: number | null | 'refused']> = {
    registerPatient: [nurses, null],
    recordTriage: [nurses, null],
    assignBed: [nurses, day / 6],
    unassignBed: [nurses, day / 6],
    releaseBed: [nurses, day / 6],
    restoreToBed: [nurses, day / 6],
    cleanBed: [nurses, day / 6],
    blockBed: [['chargeNurse'], day / 6],
    unblockBed: [['chargeNurse'], day / 6],
    acknowledgeAlarm: [nurses, 30],
    createIncident: [['dispatcher'], null],
    setUnitStatus: [['dispatcher'], null],
    dispatchByVoice: [['dispatcher'], null],
    dispatchUnit: [['dispatcher'], 'refused'],
  };
  test.each(Object.entries(commands))('%s', (name, { roles, offline, ...rest }) => {
    const minutesKept =
      offline.whenOffline === 'refuse' ? 'refused' : offline.expiresAfter === null ? null : offline.expiresAfter / 60_000;
    expect([[...roles].sort(), minutesKept, rest.name]).toEqual([...table[name as CommandName], name]);
  });
  test('a dispatch says what to do instead', () => {
    expect(commands.dispatchUnit.offline).toEqual({
      whenOffline: 'refuse',
      instead: 'The crew has not been told: send by radio.',
    });
  });
});

describe('decide', () => {
  const input = { bedId, stage: 'start', expectedMinutes: null } as const;
  const envelope = { commandId, name: 'cleanBed', input, issuedAt: testNow, issuedAtError: 0, grant: 'signed' };
  const view = createView([buildBed({ status: 'contaminated' })]);
  const code = (changes: Partial<typeof envelope> | { input: unknown }, grant = buildGrant(), ageMs = 0) => {
    const decision = decide(view, { ...envelope, ...changes }, grant, ageMs);
    return decision.ok ? 'done' : decision.refusal.code;
  };
  test('refuses in the order: name, input, role, sign-in, age', () => {
    expect(code({})).toBe('done');
    expect(code({ name: 'toString' })).toBe('unknownCommand');
    expect(code({ input: { ...input, extra: 1 } })).toBe('malformed');
    expect(code({}, buildGrant({ roles: ['dispatcher', 'display'] }))).toBe('notAllowed');
    expect(code({}, buildGrant({ expiresAt: testNow - 1 }))).toBe('grantExpired');
    expect(code({}, buildGrant(), 4 * 3_600_000)).toBe('done');
    expect(code({}, buildGrant(), 4 * 3_600_000 + 1)).toBe('expired');
  });
});

describe('beds', () => {
  test('assign binds the monitor; a patient who had a bed leaves it contaminated', () => {
    const other = buildBed({ id: testId('b', 2), label: 'B2' });
    const moved = buildDevice({ id: testId('d', 2), bedId: other.id });
    expect(give([occupied, lying, other, bound, moved], 'assignBed', { bedId: other.id, encounterId })).toEqual(
      done(
        { ...other, status: 'occupied', since: testNow, encounterId },
        { ...lying, bedId: other.id, bedAssignedAt: testNow },
        { ...occupied, ...dirty },
        { ...moved, encounterId },
        { ...bound, encounterId: null },
      ),
    );
  });
  test('assign takes a bed held for this patient and no other', () => {
    const held = (forWhom: string | null) =>
      buildBed({ status: 'reserved', reservation: { encounterId: forWhom, reason: 'Inbound', until: null } });
    expect(give([held(encounterId), waiting], 'assignBed', { bedId, encounterId }).ok).toBe(true);
    expect(refusal(give([held(null), waiting], 'assignBed', { bedId, encounterId }))).toBe(
      'conflict: B1 is reserved, not available.',
    );
  });
  test.each([
    ['discharged', { status: 'finished', departedAt: testNow }],
    ['admitted', { status: 'finished', departedAt: testNow, admitDecidedAt: testNow }],
    ['waiting', { status: 'arrived', place: 'Waiting room' }],
  ] as const)('release, %s', (disposition, changes) => {
    expect(give([occupied, lying, bound], 'releaseBed', { bedId, encounterId, disposition })).toEqual(
      done({ ...occupied, ...dirty }, { ...lying, ...changes, bedId: null }, { ...bound, encounterId: null }),
    );
  });
  test('release is refused for another patient’s bed', () => {
    const input = { bedId, encounterId, disposition: 'discharged' } as const;
    expect(refusal(give([buildBed(), waiting], 'releaseBed', input))).toBe('alreadyDone: The patient is not in B1 any more.');
    expect(refusal(give([buildBed({ status: 'occupied', encounterId: testId('e', 9) }), lying], 'releaseBed', input))).toBe(
      'conflict: B1 is occupied and does not hold this patient.',
    );
  });
  test('clean: start, done, and nothing out of turn', () => {
    const contaminated = buildBed({ status: 'contaminated', note: 'Isolation clean' });
    const cleaning = { ...contaminated, status: 'cleaning', since: testNow, until: testNow + 1_200_000 } as const;
    expect(give([contaminated], 'cleanBed', { bedId, stage: 'start', expectedMinutes: 20 })).toEqual(done(cleaning));
    expect(give([cleaning], 'cleanBed', { bedId, stage: 'done', expectedMinutes: null }, testNow + 9)).toEqual(
      done({ ...cleaning, status: 'available', since: testNow + 9, note: null, until: null }),
    );
    expect(refusal(give([contaminated], 'cleanBed', { bedId, stage: 'done', expectedMinutes: null }))).toBe(
      'conflict: B1 is contaminated, not cleaning.',
    );
    expect(refusal(give([occupied], 'cleanBed', { bedId, stage: 'start', expectedMinutes: null }))).toBe(
      'conflict: B1 is occupied, not contaminated.',
    );
    expect(refusal(give([cleaning], 'cleanBed', { bedId, stage: 'start', expectedMinutes: null }))).toBe(
      'alreadyDone: B1 is already cleaning.',
    );
  });
  test('block takes an available bed alone, so that unblocking never calls a dirty one clean', () => {
    const input = { bedId, reason: 'Monitor broken', until: testNow + 60_000 };
    const blocked = buildBed({ status: 'blocked', since: testNow, note: 'Monitor broken', until: testNow + 60_000 });
    expect(give([buildBed()], 'blockBed', input)).toEqual(done(blocked));
    const statuses = ['occupied', 'reserved', 'contaminated', 'cleaning', 'closed', 'blocked'] as const;
    expect(statuses.map((status) => refusal(give([buildBed({ status })], 'blockBed', input)))).toEqual([
      'conflict: B1 is occupied. Release it before you block it.',
      'conflict: B1 is held for a patient. End the reservation before you block it.',
      'conflict: B1 is contaminated. Only an available bed can be blocked.',
      'conflict: B1 is cleaning. Only an available bed can be blocked.',
      'conflict: B1 is closed. Only an available bed can be blocked.',
      'alreadyDone: B1 is already blocked.',
    ]);
    expect(give([blocked], 'unblockBed', { bedId })).toEqual(done(buildBed({ since: testNow })));
    expect(refusal(give([buildBed({ status: 'contaminated' })], 'unblockBed', { bedId }))).toBe(
      'conflict: B1 is contaminated, not blocked.',
    );
  });
  test('undo of a release is refused when somebody has built on it', () => {
    const released = viewWith(createView([occupied, lying, bound]), [
      { ...occupied, ...dirty },
      { ...lying, bedId: null, status: 'finished', departedAt: testNow },
    ]);
    const input = { bedId, encounterId, releasedAt: testNow };
    const outcomeAfter = (...puts: VigilRecord[]) => refusal(give(viewWith(released, puts), 'restoreToBed', input, testNow + 5));
    expect(outcomeAfter()).toBe('done');
    expect(outcomeAfter({ ...occupied, status: 'cleaning', encounterId: null, since: testNow + 2 })).toBe(
      'conflict: B1 has been cleaning since another action: it cannot be taken back.',
    );
    expect(outcomeAfter({ ...occupied, ...dirty, since: testNow + 2 })).toMatch(/^conflict/);
    expect(outcomeAfter({ ...lying, bedId: testId('b', 2) })).toBe('conflict: The patient has another bed by now.');
    expect(outcomeAfter({ ...lying, bedId: null, departedAt: testNow + 3 })).toBe(
      'conflict: The patient has left the department.',
    );
    expect(outcomeAfter({ ...waiting })).toBe('conflict: This patient did not leave B1 then.');
  });
  test('undo of an assignment is refused when the bed does not hold the patient', () => {
    expect(refusal(give([buildBed({ status: 'cleaning' }), lying], 'unassignBed', { bedId, encounterId }))).toBe(
      'conflict: B1 is cleaning and does not hold this patient.',
    );
  });
});

describe('patients', () => {
  const registration: CommandInput<'registerPatient'> = {
    name: null,
    mrn: null,
    birthDate: null,
    ageYears: 50,
    ageEstimated: true,
    sex: 'male',
    allergies: null,
    arrivalMode: 'ambulance',
    complaint: null,
    place: 'Desk 2',
    incidentId,
  };
  const [patientId, visitId] = [derivedId(commandId, 0), derivedId(commandId, 1)];
  test('a person without a name', () => {
    expect(give([], 'registerPatient', registration)).toEqual(
      done(
        buildPatient({
          id: patientId,
          mrn: null,
          name: null,
          initials: '?',
          birthDate: null,
          ageYears: 50,
          ageEstimated: true,
          sex: 'male',
        }),
        buildEncounter({
          id: visitId,
          patientId,
          arrivedAt: testNow,
          arrivalMode: 'ambulance',
          complaint: null,
          place: 'Desk 2',
          incidentId,
        }),
      ),
    );
  });
  test('a birth date gives the age and ends the estimate; flags follow', () => {
    const decision = give([], 'registerPatient', {
      ...registration,
      name: { family: 'Idris', given: 'Hana' },
      birthDate: '2016-11-21',
      allergies: ['Penicillin'],
    });
    expect(decision.ok && decision.puts).toMatchObject([
      { initials: 'HI', ageYears: 9, ageEstimated: false },
      { flags: ['ALG', 'CHILD'] },
    ]);
    expect(refusal(give([], 'registerPatient', { ...registration, birthDate: '1826-01-01' }))).toBe(
      'malformed: The birth date is more than 130 years ago.',
    );
  });
  const triage: CommandInput<'recordTriage'> = {
    encounterId,
    complaint: 'Chest pain',
    vitals: buildVitals(),
    spo2Scale: 1,
    acuity: 2,
    note: null,
    allergies: ['Penicillin'],
  };
  test('triage writes the assessment, the level with its clocks, the allergy with its flag', () => {
    const given = buildEncounter({ flags: ['FALL'] });
    expect(give([buildFacility(), given, buildPatient()], 'recordTriage', triage)).toEqual(
      done(
        {
          kind: 'triageAssessment',
          id: derivedId(commandId, 0),
          encounterId,
          at: testNow,
          by: author,
          complaint: 'Chest pain',
          vitals: buildVitals(),
          spo2Scale: 1,
          acuity: 2,
          note: null,
        },
        { ...given, acuity: 2, triagedAt: testNow, retriageDueAt: testNow + 600_000, status: 'triaged', flags: ['ALG', 'FALL'] },
        buildPatient({ allergies: ['Penicillin'] }),
      ),
    );
  });
  test('triage leaves a list alone that nobody asked about, and clears the flag when none are known', () => {
    const records = [
      buildFacility(),
      { ...lying, flags: ['ALG', 'ISO'] as ('ALG' | 'ISO')[] },
      buildPatient({ allergies: ['Latex'] }),
    ];
    const changed = (allergies: string[] | null) => {
      const decision = give(records, 'recordTriage', { ...triage, allergies });
      return decision.ok && decision.puts.slice(1);
    };
    expect(changed(null)).toMatchObject([{ status: 'inProgress', flags: ['ALG', 'ISO'] }]);
    expect(changed([])).toMatchObject([{ flags: ['ISO'] }, { allergies: [] }]);
  });
  test('triage never overwrites a later one, nor one who left', () => {
    expect(
      refusal(
        give([buildFacility(), buildEncounter({ triagedAt: testNow + 1, acuity: 4 }), buildPatient()], 'recordTriage', triage),
      ),
    ).toBe('conflict: This patient was triaged again after this. Compare both and decide.');
    expect(
      refusal(give([buildFacility(), buildEncounter({ departedAt: testNow, status: 'finished' })], 'recordTriage', triage)),
    ).toBe('conflict: This patient has left the department.');
    expect(refusal(give([waiting, buildPatient()], 'recordTriage', triage))).toBe(
      'notFound: The triage targets of this department are not known yet.',
    );
  });
});

describe('dispatch', () => {
  const assigned = buildAssignment({ id: derivedId(commandId, 0), times: { ...noTimes, unitNotified: testNow } });
  const sent = buildUnit({ status: 'dispatched', statusSince: testNow, assignmentId: assigned.id });
  test('a free unit to an open incident', () => {
    expect(give([buildIncident(), buildUnit()], 'dispatchUnit', { incidentId, unitId })).toEqual(done(assigned, sent));
  });
  test('by voice: the same fact, with how', () => {
    expect(give([buildIncident(), buildUnit()], 'dispatchByVoice', { incidentId, unitId, voiceNote: 'Radio 2' })).toEqual(
      done({ ...assigned, how: 'voice', voiceNote: 'Radio 2' }, sent),
    );
  });
  test('by voice after an unanswered dispatch that was done after all: one mission, with the note', () => {
    expect(give([buildIncident(), sent, assigned], 'dispatchByVoice', { incidentId, unitId, voiceNote: 'Radio 2' })).toEqual(
      done({ ...assigned, voiceNote: 'Radio 2' }),
    );
  });
  test('refusals', () => {
    const of = (...records: VigilRecord[]) => refusal(give(records, 'dispatchUnit', { incidentId, unitId }));
    expect(of(buildUnit())).toBe('notFound: This incident is not known.');
    expect(of(buildIncident())).toBe('notFound: This unit is not known.');
    expect(of(buildIncident({ status: 'closed' }), buildUnit())).toBe('conflict: This incident is closed.');
    expect(of(buildIncident(), buildUnit({ status: 'outOfService' }))).toBe('conflict: A01 is not free: out of service.');
    expect(of(buildIncident(), sent, assigned)).toBe('alreadyDone: A01 is already on this incident.');
    expect(of(buildIncident(), sent, { ...assigned, incidentId: testId('1', 2) })).toBe('conflict: A01 is not free: dispatched.');
  });
  test('a new incident waits for its number', () => {
    const input = {
      category: 'Fall',
      determinant: null,
      priority: 3,
      address: 'Rambla 1',
      position: [-56.1, -34.9] as [number, number],
      patientSummary: null,
    } as const;
    expect(give([], 'createIncident', input)).toEqual(
      done(
        buildIncident({
          id: derivedId(commandId, 0),
          number: null,
          ...input,
          position: [...input.position],
          callReceivedAt: testNow,
        }),
      ),
    );
  });
});

describe('unit status', () => {
  const step = 60_000;
  const start = [
    buildIncident(),
    buildUnit({ status: 'dispatched', statusSince: testNow, assignmentId: ids.assignment }),
    buildAssignment({ times: { ...noTimes, unitNotified: testNow } }),
  ];
  const run = (
    statuses: readonly CommandInput<'setUnitStatus'>['status'][],
    records: readonly VigilRecord[] = start,
  ): RecordView =>
    statuses.reduce((view, status, index) => {
      const decision = give(view, 'setUnitStatus', { unitId, status, reason: 'Flat tyre' }, testNow + (index + 1) * step);
      if (!decision.ok) throw new Error(decision.refusal.message);
      return viewWith(view, decision.puts);
    }, createView(records));
  test('a whole mission sets its times, frees the unit and closes the incident', () => {
    const view = run([
      'acknowledged',
      'enRoute',
      'onScene',
      'atPatient',
      'transporting',
      'atDestination',
      'offloading',
      'clearing',
      'availableMobile',
    ]);
    expect([view.get('assignment', ids.assignment)?.times, view.get('unit', unitId), view.get('incident', incidentId)]).toEqual([
      {
        unitNotified: testNow,
        acknowledged: testNow + step,
        enRoute: testNow + 2 * step,
        onScene: testNow + 3 * step,
        atPatient: testNow + 4 * step,
        leftScene: testNow + 5 * step,
        atDestination: testNow + 6 * step,
        transferOfCare: testNow + 8 * step,
        backInService: testNow + 9 * step,
        cancelled: null,
      },
      buildUnit({ status: 'availableMobile', statusSince: testNow + 9 * step }),
      buildIncident({ status: 'closed', closedAt: testNow + 9 * step }),
    ]);
  });
  test('turned back before the scene: cancelled, and the incident still waits for someone', () => {
    const view = run(['enRoute', 'availableMobile']);
    expect([view.get('assignment', ids.assignment)?.times, view.get('incident', incidentId)?.status]).toEqual([
      {
        ...noTimes,
        unitNotified: testNow,
        enRoute: testNow + step,
        cancelled: testNow + 2 * step,
        backInService: testNow + 2 * step,
      },
      'open',
    ]);
  });
  test('broken down on the way: cancelled, not back in service', () => {
    const view = run(['enRoute', 'outOfService']);
    expect([view.get('assignment', ids.assignment)?.times, view.get('unit', unitId)]).toEqual([
      { ...noTimes, unitNotified: testNow, enRoute: testNow + step, cancelled: testNow + 2 * step },
      buildUnit({ status: 'outOfService', statusSince: testNow + 2 * step, outOfServiceReason: 'Flat tyre' }),
    ]);
  });
  test('an incident stays open while another unit is on it', () => {
    const second = [
      buildUnit({ id: testId('2', 2), status: 'onScene', assignmentId: testId('3', 2) }),
      buildAssignment({ id: testId('3', 2), unitId: testId('2', 2) }),
    ];
    expect(run(['onScene', 'clearing', 'availableMobile'], [...start, ...second]).get('incident', incidentId)?.status).toBe(
      'open',
    );
  });
  test('treated on scene: no handover of care is claimed', () => {
    expect(run(['onScene', 'clearing']).get('assignment', ids.assignment)?.times.transferOfCare).toBeNull();
  });
  test('a late report fills its time and leaves the newer status', () => {
    const later = run(['onScene']);
    const assignment = later.get('assignment', ids.assignment);
    expect(give(later, 'setUnitStatus', { unitId, status: 'enRoute', reason: null }, testNow + 30_000)).toEqual(
      done({ ...assignment, times: { ...assignment?.times, enRoute: testNow + 30_000 } } as VigilRecord),
    );
    expect(refusal(give(later, 'setUnitStatus', { unitId, status: 'onScene', reason: null }, testNow + 30_000))).toBe(
      'conflict: A01 has reported since: on scene.',
    );
  });
  test('refusals', () => {
    const of = (status: CommandInput<'setUnitStatus'>['status'], reason: string | null = null) =>
      refusal(give([buildUnit()], 'setUnitStatus', { unitId, status, reason }));
    expect(of('transporting')).toBe('conflict: A01 cannot go from available at station to transporting.');
    expect(of('dispatched')).toBe('conflict: A unit becomes dispatched by a dispatch, not by a status.');
    expect(of('outOfService', ' ')).toBe('malformed: Say why the unit is out of service.');
    expect(of('availableAtStation')).toBe('alreadyDone: A01 is already available at station.');
  });
});

describe('alarms', () => {
  const taken = { acknowledgedBy: author, acknowledgedAt: testNow } as const;
  test('taking one holds for 15 minutes; a latched one is over', () => {
    expect(give([buildAlarm()], 'acknowledgeAlarm', { alarmId: ids.alarm })).toEqual(
      done(buildAlarm({ state: 'acknowledged', ...taken, acknowledgementExpiresAt: testNow + 900_000 })),
    );
    const latched = buildAlarm({ state: 'returnedUnacknowledged', returnedAt: testNow - 1 });
    expect(give([latched], 'acknowledgeAlarm', { alarmId: ids.alarm })).toEqual(done({ ...latched, state: 'normal', ...taken }));
  });
  test('refusals', () => {
    const of = (changes: Parameters<typeof buildAlarm>[0]) =>
      refusal(give([buildAlarm(changes)], 'acknowledgeAlarm', { alarmId: ids.alarm }));
    expect(of({ state: 'acknowledged', acknowledgedBy: author })).toBe(
      'alreadyDone: SpO2 low is already acknowledged by R. Ortiz.',
    );
    expect(of({ state: 'normal' })).toBe('alreadyDone: SpO2 low is over.');
    expect(of({ state: 'shelved' })).toBe('conflict: SpO2 low is shelved.');
    expect(of({ onsetAt: testNow + 1 })).toBe('conflict: SpO2 low has come again since. Look at it.');
  });
});
