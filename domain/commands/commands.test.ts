import { describe, expect, test } from 'vitest';
import type { Role } from '../model/grant.ts';
import { buildAlarm, buildBed, buildGrant, ids, testNow } from '../testing/builders.ts';
import { done, give, givenCommandId, refusalOf } from '../testing/giving.ts';
import { createView } from '../testing/view.ts';
import { decide } from './decide.ts';
import { type CommandName, commands } from './registry.ts';

const author = { personId: ids.person, name: 'R. Ortiz' };
const bedId = ids.bed;

describe('who, offline, how long: the table a clinician agreed to', () => {
  const day = 24 * 60;
  const desks: readonly Role[] = ['chargeNurse', 'dispatcher', 'triageNurse'];
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
    reserveBed: [nurses, day / 6],
    endReservation: [nurses, day / 6],
    swapBeds: [nurses, day / 6],
    resolveDisagreement: [nurses, day / 6],
    openBed: [['chargeNurse'], day / 6],
    addArea: [['chargeNurse'], day / 6],
    arrangeArea: [['chargeNurse'], day / 6],
    setAway: [nurses, day / 6],
    recordLeft: [nurses, null],
    returnToWaiting: [nurses, null],
    decideAdmission: [nurses, null],
    expectDeparture: [nurses, null],
    updateCare: [nurses, null],
    addCareNote: [nurses, null],
    addTask: [nurses, null],
    recordSurgeAction: [['chargeNurse'], null],
    endSurge: [['chargeNurse'], null],
    takeBackSurgeAction: [['chargeNurse'], null],
    reopenSurge: [['chargeNurse'], null],
    endTask: [nurses, null],
    writeHandover: [nurses, null],
    markSpoken: [nurses, null],
    signHandover: [nurses, null],
    mergePatients: [nurses, day / 6],
    acknowledgeAlarm: [nurses, 30],
    createIncident: [['dispatcher'], null],
    setUnitStatus: [['dispatcher'], null],
    dispatchByVoice: [['dispatcher'], null],
    cancelDispatchByVoice: [['dispatcher'], null],
    dispatchUnit: [['dispatcher'], 'refused'],
    divertUnit: [['dispatcher'], 'refused'],
    cancelDispatch: [['dispatcher'], 'refused'],
    cancelIncident: [['dispatcher'], 'refused'],
    sendMessage: [desks, 'refused'],
    acknowledgeMessage: [desks, null],
    addIncidentNote: [desks, null],
    recordPrealert: [desks, null],
    answerCall: [['dispatcher'], 5],
    endCall: [['dispatcher'], null],
    correctIncident: [['dispatcher'], null],
    reopenIncident: [['dispatcher'], day / 6],
    mergeIncidents: [['dispatcher'], 30],
    splitIncident: [['dispatcher'], 30],
    takeBackMerge: [['dispatcher'], 30],
    takeBackSplit: [['dispatcher'], 30],
    refuseDispatch: [['dispatcher'], null],
    setDestination: [['dispatcher'], null],
    recordMoment: [['dispatcher'], null],
    answerRollCall: [['dispatcher'], null],
    setEmergency: [['dispatcher'], null],
    setHospitalStatus: [['chargeNurse', 'dispatcher'], 30],
    setHospitalCapacity: [['chargeNurse', 'dispatcher'], 30],
  };
  test.each(Object.entries(commands))('%s', (name, { roles, offline, ...rest }) => {
    const minutesKept =
      offline.whenOffline === 'refuse' ? 'refused' : offline.expiresAfter === null ? null : offline.expiresAfter / 60_000;
    expect([[...roles].sort(), minutesKept, rest.name]).toEqual([...table[name as CommandName], name]);
  });
  test('a dispatch says what to do instead', () => {
    expect(commands.dispatchUnit.offline).toEqual({
      whenOffline: 'refuse',
      instead: 'instead.dispatch',
    });
  });
});

describe('decide', () => {
  const input = { bedId, stage: 'start', expectedMinutes: null } as const;
  const envelope = { commandId: givenCommandId, name: 'cleanBed', input, issuedAt: testNow, issuedAtError: 0, grant: 'signed' };
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
      refusalOf(give([buildAlarm(changes)], 'acknowledgeAlarm', { alarmId: ids.alarm }));
    expect(of({ state: 'acknowledged', acknowledgedBy: author })).toBe(
      'alreadyDone: SpO2 low is already acknowledged by R. Ortiz.',
    );
    expect(of({ state: 'normal' })).toBe('alreadyDone: SpO2 low is over.');
    expect(of({ state: 'shelved' })).toBe('conflict: SpO2 low is shelved.');
    expect(of({ onsetAt: testNow + 1 })).toBe('conflict: SpO2 low has come again since. Look at it.');
  });
});
