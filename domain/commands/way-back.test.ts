/**
 * Whatever can be taken back: the gesture and the way back from it leave every row as it stood, field by field. A command that is not
 * here says why it is not.
 */
import { expect, test } from 'vitest';
import { bedStatuses } from '../model/bed.ts';
import { type RecordView, recordSchema, type VigilRecord } from '../model/record.ts';
import { isSame } from '../rules/same.ts';
import {
  buildAssignment,
  buildBed,
  buildDevice,
  buildEncounter,
  buildFacility,
  buildGrant,
  buildPatient,
  buildTask,
  ids,
  testId,
  testNow,
} from '../testing/builders.ts';
import { createRandom, type Random } from '../testing/random.ts';
import { createView, recordsOf, viewWith } from '../testing/view.ts';
import { decide } from './decide.ts';
import { type CommandInput, type CommandName, commands } from './registry.ts';
import { takenBack, wayBack } from './way-back.ts';

const minute = 60_000;
const size = 8;
const numbers = Array.from({ length: size }, (_, index) => index + 1);

/** A department in which whatever a gesture may end or forget is there to be ended and forgotten. */
const department = (random: Random): RecordView => {
  const ago = (most: number) => testNow - random.int(1, most) * minute;
  const ahead = () => testNow + random.int(1, 90) * minute;
  const records: VigilRecord[] = [buildFacility(), buildTask(), buildAssignment({ incidentId: ids.incident })];
  for (const number of numbers) {
    const [bedId, encounterId] = [testId('b', number), testId('e', number)];
    const status = random.chance(0.4) ? 'occupied' : random.pick(bedStatuses);
    const lies = status === 'occupied';
    const since = ago(300);
    const reservation = {
      // One bed for each: a crew, and the visit before.
      ...(number === 1
        ? { encounterId: null, assignmentId: ids.assignment }
        : { encounterId: testId('e', number - 1), assignmentId: null }),
      reason: 'Red call',
      until: random.pick([ahead(), since + minute]),
    };
    const isOut = status === 'blocked' || status === 'closed';
    const isDirty = status === 'contaminated' || status === 'cleaning';
    const dirt = { dirtySince: since - minute, note: 'Deep clean' };
    records.push(
      buildBed({
        id: bedId,
        label: `B${number}`,
        status,
        since,
        encounterId: lies ? encounterId : null,
        ...(status === 'reserved' ? { reservation } : {}),
        ...(isOut ? { note: 'Leak', until: random.pick([null, ahead(), since + minute]) } : {}),
        ...(isDirty ? dirt : {}),
        ...(status === 'cleaning' ? { cleaner: 'Ana', until: random.pick([null, ahead()]) } : {}),
      }),
      buildPatient({ id: testId('c', number) }),
      buildDevice({ id: testId('d', number), bedId, encounterId: lies ? encounterId : null }),
    );
    const acuity = random.pick([null, 2, 3] as const);
    const waits = acuity === null ? ('arrived' as const) : ('triaged' as const);
    const hasLeft = !lies && random.chance(0.2);
    const isolated = random.chance(0.3);
    const admitDecidedAt = random.pick([null, ago(200)]);
    records.push(
      buildEncounter({
        id: encounterId,
        patientId: testId('c', number),
        acuity,
        incidentId: random.pick([null, ids.incident]),
        arrivalMode: 'ambulance',
        status: lies ? 'inProgress' : waits,
        bedAssignedAt: random.pick([null, ago(400)]),
        flags: isolated ? ['ISO', 'FALL'] : ['FALL'],
        flagNotes: [{ flag: 'FALL', text: 'Stick' }],
        isolation: isolated ? 'droplet' : null,
        ventilated: random.pick([null, false, true]),
        admitDecidedAt,
        admitTo: admitDecidedAt === null ? null : 'Ward 4',
        away: random.pick([null, { to: 'CT', since: ago(30), expectedBackAt: null }]),
        ...(lies ? { bedId, bedAssignedAt: since, place: null } : {}),
        ...(hasLeft
          ? { status: 'leftWithoutBeingSeen', disposition: 'leftWithoutBeingSeen', departedAt: ago(30), place: null, away: null }
          : {}),
      }),
    );
  }
  return createView(records);
};

type Aimed = { readonly [N in CommandName]?: (random: Random, view: RecordView) => CommandInput<N> };
const aBed = (random: Random) => testId('b', random.int(1, size));
const aVisit = (random: Random) => testId('e', random.int(1, size));
const aPair = (random: Random) => {
  const number = random.int(1, size);
  return { bedId: testId('b', number), encounterId: testId('e', number) };
};
const aimed: Aimed = {
  assignBed: (random) => ({ bedId: aBed(random), encounterId: aVisit(random), override: anyway }),
  swapBeds: (random) => {
    const { bedId: otherBedId, encounterId: otherEncounterId } = aPair(random);
    return { ...aPair(random), otherBedId, otherEncounterId, override: anyway };
  },
  releaseBed: (random) => ({
    ...aPair(random),
    disposition: random.pick([
      'discharged',
      'admitted',
      'transferred',
      'leftWithoutBeingSeen',
      'leftAgainstAdvice',
      'died',
      'waiting',
    ]),
  }),
  cleanBed: (random) => ({
    bedId: aBed(random),
    stage: random.pick(['request', 'start', 'done']),
    expectedMinutes: 20,
    cleaner: 'Bo',
    note: 'Floor',
  }),
  openBed: (random) => ({ bedId: aBed(random), open: random.chance(0.5), reason: 'Night', until: null }),
  blockBed: (random) => ({ bedId: aBed(random), reason: 'Leak', until: null }),
  unblockBed: (random) => ({ bedId: aBed(random) }),
  reserveBed: (random) => ({
    bedId: aBed(random),
    ...random.pick([
      { encounterId: null, assignmentId: ids.assignment },
      { encounterId: aVisit(random), assignmentId: null },
    ]),
    reason: 'Red',
    until: testNow + minute,
  }),
  endReservation: (random, view) => ({
    bedId: random.pick(
      [...view.list('bed')]
        .filter(({ status }) => status === 'reserved')
        .map(({ id }) => id)
        .concat(aBed(random)),
    ),
  }),
  setAway: (random) => ({ encounterId: aVisit(random), away: random.pick([null, { to: 'MRI', expectedBackAt: testNow + 9 }]) }),
  recordLeft: (random) => ({ encounterId: aVisit(random) }),
  returnToWaiting: (random) => ({ encounterId: aVisit(random), place: 'Waiting room' }),
  decideAdmission: (random) => ({ encounterId: aVisit(random), admit: random.chance(0.5), admitTo: random.pick([null, 'ICU']) }),
  expectDeparture: (random) => ({ encounterId: aVisit(random), at: random.pick([null, testNow + minute]) }),
  updateCare: (random) =>
    random.pick<CommandInput<'updateCare'>>([
      { encounterId: aVisit(random), isolation: null },
      { encounterId: aVisit(random), isolation: 'contact' },
      { encounterId: aVisit(random), flags: ['NIV'] },
      { encounterId: aVisit(random), ventilated: true, nextStep: 'CT', nurse: 'RD' },
    ]),
  endTask: () => ({ taskId: ids.task, outcome: 'done' }),
};
const anyway: NonNullable<CommandInput<'assignBed'>['override']> = {
  concerns: ['isolation', 'sex'],
  reason: 'No other bed',
};

/** What nobody takes back on the bed board, and why. */
const noWayBack: Partial<Record<CommandName, string>> = {
  unassignBed: 'is a way back',
  restoreToBed: 'is a way back',
  takeBackSurgeAction: 'is a way back, and stays to be read',
  takeBackMerge: 'is a way back: dispatch-desk.test.ts',
  takeBackSplit: 'is a way back: dispatch-desk.test.ts',
  arrangeArea: 'its own inverse: arrangement.test.ts',
  addArea: 'its beds are retired by arranging it',
  recordSurgeAction: 'takeBackSurgeAction, and stays to be read: what was done in a crowded department is evidence',
  endSurge: 'reopenSurge goes on with the same row',
  reopenSurge: 'endSurge ends it again',
  writeHandover: 'a draft that is written on',
  markSpoken: 'itself, with spoken: false',
  signHandover: 'itself, with signed: false',
  addTask: 'endTask, as not wanted: that it was asked for stays',
  addCareNote: 'a note in a record stays',
  recordTriage: 'an assessment stays; the next one counts',
  registerPatient: 'who was registered stays',
  mergePatients: 'two records became one',
  resolveDisagreement: 'a decision with its reason stays',
  acknowledgeAlarm: 'what was seen stays seen',
  acknowledgeMessage: 'what was seen stays seen',
  sendMessage: 'what was sent stays',
  addIncidentNote: 'a note in a record stays',
  answerCall: 'what was said stays',
  answerRollCall: 'what was said stays',
  endCall: 'what was said stays',
  createIncident: 'cancelIncident, with a reason',
  cancelIncident: 'reopenIncident, with a reason',
  reopenIncident: 'cancelIncident, with a reason',
  correctIncident: 'itself, with what stood: dispatch-desk.test.ts',
  mergeIncidents: 'takeBackMerge: dispatch-desk.test.ts',
  splitIncident: 'takeBackSplit: dispatch-desk.test.ts',
  dispatchUnit: 'cancelDispatch: a crew was told',
  dispatchByVoice: 'cancelDispatchByVoice: a crew was told',
  divertUnit: 'a crew was told',
  cancelDispatch: 'a crew was told',
  cancelDispatchByVoice: 'a crew was told',
  refuseDispatch: 'a crew said it',
  setUnitStatus: 'a crew said it',
  setDestination: 'itself, with what stood',
  setEmergency: 'itself, with a reason',
  recordMoment: 'itself, with what stood',
  recordPrealert: 'the next one counts',
  setHospitalStatus: 'itself, with what stood',
  setHospitalCapacity: 'itself, with what stood',
};

test('every command has a way back or says why it has none', () => {
  const reasons = Object.keys(noWayBack);
  expect(reasons.filter((name) => takenBack.has(name))).toEqual([]);
  expect([...takenBack, ...reasons].toSorted()).toEqual(Object.keys(commands).toSorted());
  expect(Object.keys(aimed).toSorted()).toEqual([...takenBack].toSorted());
});

/** The whole rows but for what is new by its nature: the moves and changes of a visit, which are logs, and from when on a monitor speaks for whom. */
const rowsOf = (view: RecordView) =>
  recordsOf(view).map((record) => {
    if (record.kind === 'device') return { ...record, boundAt: null };
    return record.kind === 'encounter' ? { ...record, moves: [], changes: [] } : record;
  });

const done = (view: RecordView, name: CommandName, input: unknown, at: number, random: Random) => {
  const envelope = { commandId: random.id(), name, input, issuedAt: at, issuedAtError: 5, grant: 'signed' };
  return decide(view, envelope, buildGrant(), 0);
};

test.each([...takenBack] as CommandName[])('%s and its way back leave every row whole', (name) => {
  let count = 0;
  for (let seed = 1; seed <= 40; seed += 1) {
    const random = createRandom(seed);
    const view = department(random);
    for (let attempt = 0; attempt < 40; attempt += 1) {
      const input = aimed[name]?.(random, view);
      const decision = done(view, name, input, testNow, random);
      const back = wayBack(view, name, input as never, 'Taken back');
      if (!decision.ok || !back) continue;
      const after = viewWith(view, decision.puts);
      const way = back(after, testNow);
      if (!way) throw new Error(`${name} of seed ${seed} has no way back`);
      const undone = done(after, way.name, way.input, testNow + 9, random);
      if (!undone.ok) throw new Error(`${name} of seed ${seed}: ${undone.refusal.message}`);
      for (const put of undone.puts) expect(recordSchema.parse(put)).toEqual(put);
      expect(rowsOf(viewWith(after, undone.puts))).toEqual(rowsOf(view));
      count += 1;
    }
  }
  expect(count).toBeGreaterThan(20);
});

test.each([...takenBack] as CommandName[])('%s taken back leaves what a colleague did to the same meanwhile', (name) => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const random = createRandom(seed);
    const view = department(random);
    for (let attempt = 0; attempt < 40; attempt += 1) {
      const [mine, theirs] = [aimed[name]?.(random, view), aimed[name]?.(random, view)];
      const decision = done(view, name, mine, testNow, random);
      const back = wayBack(view, name, mine as never, 'Taken back');
      if (!decision.ok || !back) continue;
      const after = viewWith(view, decision.puts);
      const second = done(after, name, theirs, testNow + 5, random);
      if (!second.ok) continue;
      const both = viewWith(after, second.puts);
      // Who says what stands already has done nothing.
      if (isSame(rowsOf(both), rowsOf(after))) continue;
      const way = back(both, testNow);
      const undone = way && done(both, way.name, way.input, testNow + 9, random);
      if (!undone?.ok) continue;
      const alone = done(view, name, theirs, testNow + 5, random);
      if (!alone.ok) throw new Error(`${name} of seed ${seed} took back what ${JSON.stringify(theirs)} did`);
      expect(rowsOf(viewWith(both, undone.puts))).toEqual(rowsOf(viewWith(view, alone.puts)));
    }
  }
});

test('who has cleaned a bed does not take back that a colleague cleaned it again', () => {
  const random = createRandom(1);
  const bedId = testId('b', 1);
  const clean = (stage: CommandInput<'cleanBed'>['stage']) => ({ bedId, stage, expectedMinutes: 20 });
  let view = createView([buildFacility(), buildBed({ id: bedId, status: 'cleaning', since: testNow - minute })]);
  const back = wayBack(view, 'cleanBed', clean('done'), '');
  for (const [index, stage] of (['done', 'request', 'start', 'done'] as const).entries()) {
    const decision = done(view, 'cleanBed', clean(stage), testNow + index, random);
    if (!decision.ok) throw new Error(decision.refusal.message);
    view = viewWith(view, decision.puts);
  }
  const way = back?.(view, testNow);
  expect(done(view, 'cleanBed', way?.input, testNow + 9, random)).toMatchObject({ ok: false, refusal: { code: 'conflict' } });
});

test('a hold that went to another meanwhile, and one made anew elsewhere, are not overwritten by an undo', () => {
  const [b1, b2, b3] = [1, 2, 3].map((number) => testId('b', number)) as [string, string, string];
  const whom = { encounterId: ids.encounter, assignmentId: null };
  const reservation = { ...whom, reason: 'Returns', until: testNow + minute };
  const view = createView([
    buildFacility(),
    buildPatient(),
    buildEncounter(),
    buildEncounter({ id: testId('e', 2) }),
    buildBed({ id: b1, label: 'B1' }),
    buildBed({ id: b2, label: 'B2', status: 'reserved', reservation }),
    buildBed({ id: b3, label: 'B3' }),
  ]);
  const random = createRandom(1);
  const give = (from: RecordView, name: CommandName, input: unknown, at: number) => {
    const decision = done(from, name, input, at, random);
    if (!decision.ok) throw new Error(decision.refusal.message);
    return viewWith(from, decision.puts);
  };
  const input = { bedId: b1, encounterId: ids.encounter };
  const back = wayBack(view, 'assignBed', input, '');
  const assigned = give(view, 'assignBed', input, testNow);
  const undo = (from: RecordView) => {
    const way = back?.(from, testNow);
    const after = give(from, way?.name as CommandName, way?.input, testNow + 9);
    return [b1, b2, b3].map((id) => [after.get('bed', id)?.status, after.get('bed', id)?.reservation?.encounterId ?? null]);
  };
  const hold = (bedId: string, encounterId: string) =>
    give(assigned, 'reserveBed', { ...reservation, bedId, encounterId }, testNow + 5);
  const free = ['available', null];
  expect([undo(assigned), undo(hold(b2, testId('e', 2))), undo(hold(b3, ids.encounter))]).toEqual([
    [free, ['reserved', ids.encounter], free],
    [free, ['reserved', testId('e', 2)], free],
    [free, free, ['reserved', ids.encounter]],
  ]);
});
