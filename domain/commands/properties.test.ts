/**
 * Laws that hold for every command on every department, tried on seeded sequences. A failing seed prints itself; it then
 * becomes a named test.
 */
import { expect, test } from 'vitest';
import { bedStatuses } from '../model/bed.ts';
import { hasLeft } from '../model/disagreement.ts';
import { bedCategories, emsTrafficStatuses } from '../model/hospital.ts';
import { type RecordView, recordSchema, type VigilRecord } from '../model/record.ts';
import { unitStatuses } from '../model/unit.ts';
import { noTimes, timeOrder } from '../rules/assignment-times.ts';
import { areaPlanOf, bedPlanOf, labelTwice } from '../rules/bed-arrangement.ts';
import {
  buildAlarm,
  buildArea,
  buildAssignment,
  buildBed,
  buildCall,
  buildDevice,
  buildDisagreement,
  buildEncounter,
  buildFacility,
  buildGrant,
  buildHandover,
  buildHospital,
  buildIncident,
  buildMessage,
  buildPatient,
  buildSurge,
  buildTask,
  buildUnit,
  buildVitals,
  ids,
  testId,
  testNow,
} from '../testing/builders.ts';
import { createRandom, type Random } from '../testing/random.ts';
import { createView, recordsOf, viewWith } from '../testing/view.ts';
import { decide } from './decide.ts';
import type { Envelope } from './envelope.ts';
import { type CommandInput, type CommandName, commands } from './registry.ts';
import { summarise } from './summary.ts';

const seeds = Array.from({ length: 40 }, (_, index) => index + 1);
const size = 6;

const department = (random: Random): RecordView => {
  const records: VigilRecord[] = [
    buildFacility(),
    buildArea(),
    buildArea({ id: testId('a', 2), code: 'C', name: 'Minors', order: 2 }),
    buildHospital(),
    buildCall(),
    buildMessage(),
    buildAssignment(),
    buildTask(),
    buildSurge(),
    buildHandover(),
    buildDisagreement({
      about: random.pick(['placement', 'departure', 'bedStatus', 'identity']),
      encounterId: testId('e', random.int(1, size)),
      bedId: testId('b', random.int(1, size)),
      theirs: random.pick([
        { bedId: testId('b', random.int(1, size)), text: 'blocked' },
        { bedId: null, text: hasLeft },
      ]),
    }),
  ];
  for (let number = 1; number <= size; number += 1) {
    const [bedId, encounterId] = [testId('b', number), testId('e', number)];
    const status = random.pick(bedStatuses);
    const lies = status === 'occupied';
    records.push(
      buildBed({ id: bedId, label: `B${number}`, status, encounterId: lies ? encounterId : null }),
      buildPatient({ id: testId('c', number) }),
      buildEncounter({
        id: encounterId,
        patientId: testId('c', number),
        acuity: random.pick([null, 2, 3]),
        ...(lies ? { bedId, bedAssignedAt: testNow - 900, status: 'inProgress' as const, place: null } : {}),
      }),
      buildDevice({ id: testId('d', number), bedId, encounterId: lies ? encounterId : null }),
      buildUnit({
        id: testId('2', number),
        callsign: `A0${number}`,
        status: random.pick(['availableAtStation', 'availableMobile', 'outOfService']),
      }),
      buildIncident({ id: testId('1', number) }),
      buildAlarm({
        id: testId('4', number),
        state: random.pick(['unacknowledged', 'returnedUnacknowledged', 'acknowledged', 'normal']),
      }),
    );
  }
  return createView(records);
};

const aUnit = (random: Random) => testId('2', random.int(1, size));
const aBed = (random: Random) => testId('b', random.int(1, size));
const aVisit = (random: Random) => testId('e', random.int(1, size));
const anAssignment = (random: Random) => random.pick([ids.assignment, testId('3', random.int(1, size))]);
const aNewBed = (random: Random) => ({
  label: `N${random.int(1, 20)}`,
  order: 9,
  cell: random.pick([null, { column: 1, line: 1 }]),
  space: random.pick(['bed', 'chair', 'capacity'] as const),
  single: random.chance(0.5),
});
const anIncident = (random: Random) => testId('1', random.int(1, size));

const gestures: { readonly [N in CommandName]: (random: Random, view: RecordView) => CommandInput<N> } = {
  writeHandover: (random) => ({
    handoverId: random.pick([null, ids.handover]),
    summary: 'Quiet',
    points: [{ about: 'patient', id: aVisit(random), text: 'Chest pain', change: 'new' }],
  }),
  markSpoken: (random) => ({
    handoverId: ids.handover,
    writtenAt: testNow - 1_800_000,
    points: [random.int(0, 1)],
    spoken: random.chance(0.5),
  }),
  signHandover: (random) => ({
    handoverId: ids.handover,
    writtenAt: testNow - 1_800_000,
    part: random.pick(['given', 'taken']),
    signed: random.chance(0.7),
  }),
  endSurge: () => ({ surgeId: ids.surge, value: 60 }),
  takeBackSurgeAction: () => ({ actionId: ids.surge, reason: '' }),
  reopenSurge: () => ({ surgeId: ids.surge }),
  recordSurgeAction: (random) => ({ code: random.pick(['SEVERE', 'NONE']), value: 150, action: 'Wards told' }),
  updateCare: (random) => ({
    encounterId: aVisit(random),
    ...(random.chance(0.5) ? { isolation: random.pick([null, 'contact' as const]) } : {}),
    ...(random.chance(0.5) ? { flags: random.pick([[], ['FALL' as const, 'INT' as const]]) } : {}),
    nextStep: random.pick(['CT', null, undefined]),
  }),
  swapBeds: (random) => ({
    bedId: aBed(random),
    encounterId: aVisit(random),
    otherBedId: aBed(random),
    otherEncounterId: aVisit(random),
  }),
  setAway: (random) => ({ encounterId: aVisit(random), away: random.pick([null, { to: 'CT', expectedBackAt: null }]) }),
  returnToWaiting: (random) => ({ encounterId: aVisit(random), place: 'Waiting room' }),
  recordLeft: (random) => ({ encounterId: aVisit(random) }),
  addArea: (random) => ({
    area: { name: `New ${random.int(1, 3)}`, code: `N${random.int(1, 3)}`, layout: 'free', sex: 'any' },
    beds: [aNewBed(random)],
  }),
  arrangeArea: (random, view) => {
    const area = view.get('area', testId('a', random.int(1, 2))) ?? buildArea();
    const beds = [...view.list('bed')]
      .filter((bed) => bed.areaId === area.id && (!bed.retired || random.chance(0.5)))
      .map(bedPlanOf);
    const moved = random.chance(0.3)
      ? [...view.list('bed')]
          .filter((bed) => bed.areaId !== area.id)
          .slice(0, 1)
          .map(bedPlanOf)
      : [];
    const seen = [...beds, ...moved];
    return {
      areaId: area.id,
      // Now and then what was seen is old.
      seen: { area: areaPlanOf(area), beds: random.chance(0.1) ? seen.slice(1) : seen },
      becomes: {
        area: { ...areaPlanOf(area), layout: random.pick(['grid', 'free']) },
        beds: [...beds.slice(0, random.int(0, 3)), ...moved].map((bed) => ({
          ...bed,
          areaId: area.id,
          cell: random.pick([null, { column: random.int(0, 3), line: random.int(0, 2) }]),
          label: random.pick([bed.label, `B${random.int(1, 9)}`]),
          space: random.pick(['bed', 'corridor', 'capacity']),
          retired: random.chance(0.3),
          ...(random.chance(0.5) ? { comeback: { open: true, monitors: [testId('d', random.int(1, size))] } } : {}),
        })),
        added: random.chance(0.2) ? [aNewBed(random)] : [],
      },
    };
  },
  openBed: (random) => ({ bedId: aBed(random), open: random.chance(0.5), reason: null, until: null }),
  expectDeparture: (random) => ({ encounterId: aVisit(random), at: random.pick([null, testNow + 60_000]) }),
  endTask: (random) => ({ taskId: ids.task, outcome: random.pick(['done', 'cancelled', null]) }),
  decideAdmission: (random) => ({
    encounterId: aVisit(random),
    admit: random.chance(0.6),
    admitTo: random.pick([null, 'Ward 4']),
  }),
  addTask: (random) => ({ encounterId: random.pick([null, aVisit(random)]), text: 'Troponin', owner: null, dueAt: null }),
  addCareNote: (random) => ({ encounterId: aVisit(random), text: 'Slept' }),
  acknowledgeAlarm: (random) => ({ alarmId: testId('4', random.int(1, size)) }),
  acknowledgeMessage: (random) => ({
    messageId: ids.message,
    recipient: random.pick([
      { to: 'role', role: 'dispatcher' },
      { to: 'unit', unitId: aUnit(random) },
    ]),
  }),
  addIncidentNote: (random) => ({ incidentId: anIncident(random), text: 'Third floor' }),
  answerCall: () => ({ callId: ids.call }),
  answerRollCall: (random) => ({ unitId: aUnit(random) }),
  cancelDispatch: (random) => ({ unitId: aUnit(random), reason: 'Not needed' }),
  cancelDispatchByVoice: (random) => ({ assignmentId: anAssignment(random), reason: 'Not needed', voiceNote: 'Radio 2' }),
  cancelIncident: (random) => ({ incidentId: anIncident(random), reason: 'Caller rang back' }),
  correctIncident: (random) => ({
    incidentId: anIncident(random),
    priority: random.pick([1, 2, 3, 4, 5, undefined]),
    place: random.pick([undefined, { address: 'Rambla 2', position: [-56.11, -34.9] }]),
  }),
  divertUnit: (random) => ({ unitId: aUnit(random), incidentId: anIncident(random), reason: 'More urgent' }),
  endCall: (random) => ({ callId: ids.call, incidentId: random.pick([null, anIncident(random)]), reason: 'Wrong number' }),
  mergeIncidents: (random) => ({ incidentId: anIncident(random), mergedIncidentId: anIncident(random) }),
  recordMoment: (random) => ({
    assignmentId: ids.assignment,
    moment: random.pick(timeOrder),
    at: testNow + random.int(-500, 500),
  }),
  recordPrealert: (random) => ({
    unitId: aUnit(random),
    urgency: random.pick(['red', 'amber', 'green']),
    age: '60 F',
    time: null,
    mechanism: 'Fall',
    injuries: null,
    signs: null,
    treatment: null,
  }),
  refuseDispatch: (random) => ({ unitId: aUnit(random), reason: 'Vehicle fault' }),
  reopenIncident: (random) => ({ incidentId: anIncident(random), reason: 'Called again' }),
  sendMessage: (random) => ({
    text: 'Bridge closed',
    urgent: random.chance(0.5),
    incidentId: null,
    recipients: [{ to: 'unit', unitId: aUnit(random) }],
  }),
  setDestination: (random) => ({ unitId: aUnit(random), hospitalId: ids.hospital }),
  setEmergency: (random) => ({ unitId: aUnit(random), emergency: random.chance(0.5), reason: 'Button' }),
  setHospitalCapacity: (random) => ({
    hospitalId: ids.hospital,
    category: random.pick(bedCategories),
    available: random.pick([null, 0, 4]),
  }),
  setHospitalStatus: (random) => ({
    hospitalId: ids.hospital,
    emsTrafficStatus: random.pick(emsTrafficStatuses),
    emsOffload: 'normal',
    offloadDelayMinutes: null,
    divert: random.pick([null, { reason: 'CT broken', until: testNow + 3_600_000 }]),
  }),
  splitIncident: (random) => ({
    incidentId: anIncident(random),
    category: 'Fall',
    priority: 3,
    address: 'Rambla 3',
    position: [-56.12, -34.9],
    patientSummary: null,
    unitIds: random.pick([[], [aUnit(random)]]),
  }),
  resolveDisagreement: (random) => ({
    disagreementId: ids.disagreement,
    choice: random.pick(['theirs', 'theirs', 'ours']),
    reason: 'Seen there',
  }),
  assignBed: (random) => ({ bedId: aBed(random), encounterId: aVisit(random) }),
  blockBed: (random) => ({ bedId: aBed(random), reason: 'Monitor broken', until: null }),
  takeBackMerge: (random) => ({
    incidentId: anIncident(random),
    mergedIncidentId: anIncident(random),
    assignmentIds: [],
    stood: { priority: random.pick([1, 3]), callReceivedAt: testNow - 120_000, patientSummary: null, caller: null },
    ended: { status: 'open', closedAt: null },
  }),
  takeBackSplit: (random) => ({ incidentId: anIncident(random), splitIncidentId: anIncident(random) }),
  cleanBed: (random) => ({
    bedId: aBed(random),
    stage: random.pick(['request', 'start', 'done', 'stop', 'withdraw', 'resume']),
    expectedMinutes: random.pick([null, 20]),
  }),
  createIncident: () => ({
    category: 'Fall',
    determinant: null,
    priority: 2,
    address: 'Rambla 1',
    position: [-56.1, -34.9],
    patientSummary: null,
  }),
  dispatchByVoice: (random) => ({
    incidentId: testId('1', random.int(1, size)),
    unitId: testId('2', random.int(1, size)),
    voiceNote: 'Radio 2',
    instead: random.pick([null, undefined, { assignmentId: anAssignment(random), reason: 'More urgent' }]),
  }),
  dispatchUnit: (random) => ({ incidentId: testId('1', random.int(1, size)), unitId: testId('2', random.int(1, size)) }),
  mergePatients: (random) => ({
    survivorId: testId('c', random.int(1, size)),
    mergedId: testId('c', random.int(1, size)),
    allergies: random.pick([null, [], ['Latex']]),
    acuity: random.pick([null, 2]),
  }),
  recordTriage: (random) => ({
    encounterId: aVisit(random),
    complaint: 'Fever',
    vitals: buildVitals(),
    spo2Scale: 1,
    acuity: random.pick([1, 2, 3, 4, 5]),
    note: null,
    allergies: random.pick([null, [], ['Latex']]),
  }),
  registerPatient: (random) => ({
    name: random.pick([null, { family: 'Idris', given: 'Hana' }]),
    mrn: null,
    birthDate: null,
    ageYears: random.pick([null, 4, 70]),
    ageEstimated: true,
    sex: 'unknown',
    allergies: null,
    arrivalMode: 'walkIn',
    complaint: null,
    place: null,
    incidentId: null,
  }),
  releaseBed: (random) => ({
    bedId: aBed(random),
    encounterId: aVisit(random),
    disposition: random.pick(['discharged', 'admitted', 'waiting', 'died', 'transferred', 'leftWithoutBeingSeen']),
  }),
  reserveBed: (random) => ({
    bedId: aBed(random),
    encounterId: random.pick([null, aVisit(random)]),
    assignmentId: random.pick([null, ids.assignment]),
    reason: 'Pre-alert',
    until: testNow + random.int(-100, 100_000),
  }),
  endReservation: (random) => ({ bedId: aBed(random) }),
  restoreToBed: (random) => ({
    bedId: aBed(random),
    encounterId: aVisit(random),
    releasedAt: testNow + random.int(1, 200),
  }),
  setUnitStatus: (random) => ({
    unitId: testId('2', random.int(1, size)),
    status: random.pick(unitStatuses),
    reason: random.pick([null, 'Flat tyre']),
  }),
  unassignBed: (random) => ({
    bedId: aBed(random),
    encounterId: aVisit(random),
    ...(random.chance(0.3) ? { backTo: { bedId: aBed(random), leftAt: testNow + random.int(1, 200) } } : {}),
  }),
  unblockBed: (random) => ({ bedId: aBed(random) }),
};
const names = Object.keys(commands) as CommandName[];

const envelopeOf = (name: CommandName, input: unknown, issuedAt: number, random: Random): Envelope => ({
  commandId: random.id(),
  name,
  input,
  issuedAt,
  issuedAtError: 5,
  grant: 'signed',
});

/** What must be true of every department, told as a list of what is not. */
const broken = (view: RecordView): readonly string[] => [
  ...[...view.list('bed')]
    .filter((bed) => (bed.status === 'occupied') !== (bed.encounterId !== null))
    .map((bed) => `${bed.label} is ${bed.status} with ${bed.encounterId}`),
  ...[...view.list('bed')]
    .filter((bed) => bed.encounterId !== null && view.get('encounter', bed.encounterId)?.bedId !== bed.id)
    .map((bed) => `${bed.label} holds one who is elsewhere`),
  ...[...view.list('encounter')]
    .filter((visit) => visit.bedId !== null && view.get('bed', visit.bedId)?.encounterId !== visit.id)
    .map((visit) => `${visit.id} is in a bed that is not theirs`),
  ...[...view.list('encounter')]
    .filter((visit) => visit.departedAt !== null && visit.bedId !== null)
    .map((visit) => `${visit.id} left and has a bed`),
  ...[...view.list('device')]
    .filter(
      (device) => device.encounterId !== (device.bedId === null ? null : (view.get('bed', device.bedId)?.encounterId ?? null)),
    )
    .map((device) => `${device.id} measures the wrong patient`),
  ...[...view.list('bed')]
    .filter((bed) => bed.retired && bed.status !== 'closed' && bed.status !== 'blocked')
    .map((bed) => `${bed.label} is retired and ${bed.status}`),
  ...[...view.list('device')]
    .filter((device) => device.bedId !== null && view.get('bed', device.bedId)?.retired)
    .map((device) => `${device.id} stands at a bed that is no more`),
  ...[labelTwice(view.list('bed'), new Set([...view.list('bed')].map(({ label }) => label.toLowerCase())))]
    .filter((label) => label !== undefined)
    .map((label) => `two beds ${label}`),
  ...[...view.list('unit')]
    .filter(
      (unit) => (unit.assignmentId !== null) === ['availableAtStation', 'availableMobile', 'outOfService'].includes(unit.status),
    )
    .map((unit) => `${unit.callsign} is ${unit.status} with ${unit.assignmentId}`),
];

test.each(seeds)('seed %d: same answer twice, nothing changed in place, every put valid, every department whole', (seed) => {
  const random = createRandom(seed);
  let view = department(random);
  let doneCount = 0;
  for (let step = 1; step <= 200; step += 1) {
    const name = random.pick(names);
    const envelope = envelopeOf(name, gestures[name](random, view), testNow + step, random);
    const before = JSON.stringify(recordsOf(view));
    const decision = decide(view, envelope, buildGrant(), 0);
    expect(decide(createView(JSON.parse(before)), structuredClone(envelope), buildGrant(), 0)).toEqual(decision);
    expect(JSON.stringify(recordsOf(view)) === before).toBe(true);
    expect(summarise(view, name, envelope.input)).not.toBe(name);
    if (!decision.ok) {
      expect(decision.refusal.message).toMatch(/^[A-Z].*[.!?]$/);
      continue;
    }
    doneCount += 1;
    for (const put of decision.puts) expect(recordSchema.parse(put)).toEqual(put);
    expect(new Set(decision.puts.map((put) => `${put.kind} ${put.id}`)).size).toBe(decision.puts.length);
    view = viewWith(view, decision.puts);
    expect(broken(view)).toEqual([]);
  }
  expect(doneCount).toBeGreaterThan(20);
});

test('a summary names people and places, and never throws', () => {
  const view = createView([
    buildBed({ id: testId('b', 1), label: 'B12' }),
    buildEncounter(),
    buildPatient(),
    buildUnit(),
    buildIncident(),
    buildAlarm(),
    { ...buildIncident({ id: testId('1', 2), number: null }) },
  ]);
  expect([
    summarise(view, 'assignBed', { bedId: testId('b', 1), encounterId: testId('e', 1) }),
    summarise(view, 'dispatchByVoice', { incidentId: testId('1', 2), unitId: testId('2', 1), voiceNote: 'Radio' }),
    summarise(view, 'setUnitStatus', { unitId: testId('2', 1), status: 'onScene', reason: null }),
    summarise(view, 'acknowledgeAlarm', { alarmId: testId('4', 1) }),
    summarise(view, 'assignBed', { nonsense: noTimes }),
    summarise(view, 'constructor', null),
  ]).toEqual([
    'Assign Moreau to B12',
    'A01 sent by voice to Avenida 18 de Julio 1234',
    'A01: on scene',
    'Acknowledge SpO2 low B12',
    'assignBed',
    'constructor',
  ]);
});
