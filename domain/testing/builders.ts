/**
 * One valid record of each kind, to be changed by the test that needs it. Ids are fixed and readable: `testId('b', 12)` is
 * the twelfth thing of the family `b`.
 */
import type { Alarm } from '../model/alarm.ts';
import type { Area } from '../model/area.ts';
import type { Assignment } from '../model/assignment.ts';
import type { Bed } from '../model/bed.ts';
import type { Call } from '../model/call.ts';
import type { CapacitySample } from '../model/capacity-sample.ts';
import type { CareNote } from '../model/care-note.ts';
import type { Device } from '../model/device.ts';
import type { Disagreement } from '../model/disagreement.ts';
import type { Encounter } from '../model/encounter.ts';
import type { Facility } from '../model/facility.ts';
import type { Grant } from '../model/grant.ts';
import type { Handover } from '../model/handover.ts';
import type { Hospital } from '../model/hospital.ts';
import type { Incident } from '../model/incident.ts';
import type { InterfaceLink } from '../model/interface-link.ts';
import type { Message } from '../model/message.ts';
import type { Patient } from '../model/patient.ts';
import type { Surge } from '../model/surge.ts';
import type { Task } from '../model/task.ts';
import type { TriageAssessment, Vitals } from '../model/triage-assessment.ts';
import type { Unit } from '../model/unit.ts';
import type { Id, Instant } from '../model/values.ts';
import { noTimes } from '../rules/assignment-times.ts';
import { newVisit } from '../rules/visit.ts';

/** Noon of a quiet day: the moment at which the built records stand. */
export const testNow: Instant = Date.UTC(2026, 10, 20, 12, 0, 0);

/** A fixed, format-valid id; `family` is one hexadecimal digit. */
export const testId = (family: string, number: number): Id =>
  `0000000${family}-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

export const ids = {
  facility: testId('f', 1),
  area: testId('a', 1),
  bed: testId('b', 1),
  patient: testId('c', 1),
  encounter: testId('e', 1),
  triageAssessment: testId('7', 1),
  incident: testId('1', 1),
  unit: testId('2', 1),
  assignment: testId('3', 1),
  device: testId('d', 1),
  alarm: testId('4', 1),
  hospital: testId('5', 1),
  call: testId('6', 101),
  message: testId('6', 102),
  careNote: testId('6', 103),
  task: testId('6', 104),
  capacitySample: testId('6', 105),
  surge: testId('6', 106),
  handover: testId('6', 107),
  disagreement: testId('6', 108),
  interfaceLink: testId('6', 109),
  person: testId('9', 1),
} as const;

export const buildFacility = (changes: Partial<Facility> = {}): Facility => ({
  kind: 'facility',
  id: ids.facility,
  name: 'Test Hospital',
  timeZone: 'America/Montevideo',
  position: [-56.16, -34.89],
  hospitalBeds: 300,
  triageTargetMinutes: [0, 10, 60, 120, 240],
  stayTargetMinutes: 240,
  dispatch: null,
  board: null,
  ...changes,
});

export const buildArea = (changes: Partial<Area> = {}): Area => ({
  kind: 'area',
  id: ids.area,
  facilityId: ids.facility,
  name: 'Majors',
  code: 'B',
  order: 1,
  layout: 'grid',
  sex: 'any',
  ...changes,
});

export const buildBed = (changes: Partial<Bed> = {}): Bed => ({
  kind: 'bed',
  id: ids.bed,
  areaId: ids.area,
  label: 'B1',
  order: 1,
  status: 'available',
  since: testNow - 3_600_000,
  encounterId: null,
  reservation: null,
  note: null,
  until: null,
  equipment: [],
  space: 'bed',
  single: false,
  cleaner: null,
  dirtySince: null,
  cell: null,
  retired: false,
  ...changes,
});

export const buildPatient = (changes: Partial<Patient> = {}): Patient => ({
  kind: 'patient',
  id: ids.patient,
  mrn: 'M000001',
  name: { family: 'Moreau', given: 'Lea' },
  initials: 'LM',
  birthDate: '1980-05-04',
  ageYears: 46,
  ageEstimated: false,
  sex: 'female',
  allergies: null,
  mergedInto: null,
  ...changes,
});

export const buildEncounter = (changes: Partial<Encounter> = {}): Encounter =>
  newVisit({
    id: ids.encounter,
    patientId: ids.patient,
    arrivalMode: 'walkIn',
    arrivedAt: testNow - 1_800_000,
    complaint: 'Chest pain',
    place: 'Waiting room',
    ventilated: false,
    ...changes,
  });

/** Of a patient who was looked at and of whom nothing was measured. */
export const nothingMeasured: Vitals = {
  respiratoryRate: null,
  spo2: null,
  oxygen: null,
  systolic: null,
  diastolic: null,
  heartRate: null,
  consciousness: null,
  temperature: null,
  pain: null,
  glucose: null,
};

export const buildVitals = (changes: Partial<Vitals> = {}): Vitals => ({
  respiratoryRate: 16,
  spo2: 97,
  oxygen: 'air',
  systolic: 120,
  diastolic: 75,
  heartRate: 80,
  consciousness: 'A',
  temperature: 37,
  pain: 2,
  glucose: null,
  ...changes,
});

export const buildTriageAssessment = (changes: Partial<TriageAssessment> = {}): TriageAssessment => ({
  kind: 'triageAssessment',
  id: ids.triageAssessment,
  encounterId: ids.encounter,
  at: testNow,
  by: { personId: ids.person, name: 'R. Ortiz' },
  complaint: 'Chest pain',
  vitals: buildVitals(),
  spo2Scale: 1,
  acuity: 3,
  note: null,
  ...changes,
});

export const buildIncident = (changes: Partial<Incident> = {}): Incident => ({
  kind: 'incident',
  id: ids.incident,
  number: '2611-0001',
  category: 'Chest pain',
  determinant: null,
  priority: 1,
  address: 'Avenida 18 de Julio 1234',
  position: [-56.18, -34.9],
  patientSummary: 'Woman, about 60',
  caller: null,
  status: 'open',
  callReceivedAt: testNow - 120_000,
  dispatchNotifiedAt: testNow - 90_000,
  closedAt: null,
  endReason: null,
  mergedInto: null,
  splitFrom: null,
  notes: [],
  events: [],
  ...changes,
});

export const buildUnit = (changes: Partial<Unit> = {}): Unit => ({
  kind: 'unit',
  id: ids.unit,
  callsign: 'A01',
  type: 'als',
  stationName: 'Centro',
  status: 'availableAtStation',
  statusSince: testNow - 600_000,
  outOfServiceReason: null,
  assignmentId: null,
  shiftStartedAt: testNow - 7_200_000,
  restingUntil: null,
  shiftEndsAt: null,
  capabilities: [],
  delayed: false,
  emergency: false,
  emergencySince: null,
  emergencyReason: null,
  rollCallAnsweredAt: null,
  ...changes,
});

export const buildAssignment = (changes: Partial<Assignment> = {}): Assignment => ({
  kind: 'assignment',
  id: ids.assignment,
  incidentId: ids.incident,
  unitId: ids.unit,
  dispatchedBy: { personId: ids.person, name: 'R. Ortiz' },
  how: 'console',
  voiceNote: null,
  times: { ...noTimes, unitNotified: testNow - 60_000 },
  refusal: null,
  endReason: null,
  endedByVoice: null,
  divertedTo: null,
  hospitalId: null,
  etaAt: null,
  prealert: null,
  seenArrivals: [],
  ...changes,
});

export const buildDevice = (changes: Partial<Device> = {}): Device => ({
  kind: 'device',
  id: ids.device,
  label: 'Monitor B1',
  bedId: ids.bed,
  encounterId: null,
  boundAt: null,
  parameters: ['heartRate', 'spo2'],
  ...changes,
});

export const buildAlarm = (changes: Partial<Alarm> = {}): Alarm => ({
  kind: 'alarm',
  id: ids.alarm,
  deviceId: ids.device,
  bedId: ids.bed,
  encounterId: ids.encounter,
  priority: 'high',
  category: 'physiological',
  label: 'SpO2 low',
  parameter: 'spo2',
  value: 84,
  limit: { kind: 'below', value: 88 },
  state: 'unacknowledged',
  onsetAt: testNow - 30_000,
  refreshedAt: testNow - 1_000,
  acknowledgedBy: null,
  acknowledgedAt: null,
  acknowledgementExpiresAt: null,
  returnedAt: null,
  ...changes,
});

export const buildHospital = (changes: Partial<Hospital> = {}): Hospital => ({
  kind: 'hospital',
  id: ids.hospital,
  name: 'Test Hospital',
  position: [-56.16, -34.89],
  emsTrafficStatus: 'normal',
  emsOffload: 'normal',
  offloadDelayMinutes: null,
  statusSince: testNow - 3_600_000,
  divert: null,
  clinicalStatus: null,
  facilityStatus: null,
  capacity: [],
  services: [],
  facilityId: ids.facility,
  ...changes,
});

export const buildCall = (changes: Partial<Call> = {}): Call => ({
  kind: 'call',
  id: ids.call,
  receivedAt: testNow - 20_000,
  phone: '099 123 456',
  subscriber: null,
  address: null,
  location: null,
  locatedAt: null,
  status: 'ringing',
  answeredBy: null,
  answeredAt: null,
  endedAt: null,
  endReason: null,
  incidentId: null,
  ...changes,
});

export const buildMessage = (changes: Partial<Message> = {}): Message => ({
  kind: 'message',
  id: ids.message,
  sentAt: testNow - 60_000,
  by: { personId: ids.person, name: 'R. Ortiz' },
  text: 'Avenida Italia is closed at Comercio.',
  urgent: false,
  incidentId: null,
  recipients: [{ recipient: { to: 'unit', unitId: ids.unit }, acknowledged: null }],
  ...changes,
});

const buildAuthor = { personId: ids.person, name: 'R. Ortiz' };

export const buildCareNote = (changes: Partial<CareNote> = {}): CareNote => ({
  kind: 'careNote',
  id: ids.careNote,
  encounterId: ids.encounter,
  at: testNow - 600_000,
  by: buildAuthor,
  text: 'Pain eased after paracetamol.',
  ...changes,
});

export const buildTask = (changes: Partial<Task> = {}): Task => ({
  kind: 'task',
  id: ids.task,
  encounterId: ids.encounter,
  text: 'Second troponin',
  owner: null,
  dueAt: testNow + 1_800_000,
  createdAt: testNow - 600_000,
  by: buildAuthor,
  ended: null,
  ...changes,
});

export const buildCapacitySample = (changes: Partial<CapacitySample> = {}): CapacitySample => ({
  kind: 'capacitySample',
  id: ids.capacitySample,
  at: testNow - 900_000,
  staffed: 30,
  occupied: 24,
  present: 34,
  waiting: 10,
  boarders: 3,
  inbound: 2,
  nedocs: 88.4,
  arrivals: 3,
  departures: 2,
  ...changes,
});

export const buildSurge = (changes: Partial<Surge> = {}): Surge => ({
  kind: 'surge',
  id: ids.surge,
  code: 'OVERCROWDED',
  name: 'Overcrowded',
  measure: 'nedocs',
  value: 112,
  startedAt: testNow - 1_200_000,
  actions: [{ at: testNow - 1_200_000, by: buildAuthor, text: 'Bed meeting called', id: testId('6', 206), takenBack: null }],
  ended: null,
  ...changes,
});

export const buildHandover = (changes: Partial<Handover> = {}): Handover => ({
  kind: 'handover',
  id: ids.handover,
  writtenAt: testNow - 1_800_000,
  by: buildAuthor,
  since: null,
  summary: 'Two boarders go up at one.',
  points: [
    {
      about: 'patient',
      id: ids.encounter,
      text: 'Second troponin at one.',
      spoken: false,
      note: '',
      change: 'new',
      reasons: [],
      stood: null,
    },
  ],
  given: null,
  taken: null,
  ...changes,
});

export const buildDisagreement = (changes: Partial<Disagreement> = {}): Disagreement => ({
  kind: 'disagreement',
  id: ids.disagreement,
  at: testNow - 300_000,
  happenedAt: testNow - 300_000,
  source: 'ADT',
  about: 'placement',
  encounterId: ids.encounter,
  bedId: ids.bed,
  theirs: { bedId: ids.bed, text: 'B1' },
  ours: { bedId: null, text: 'Waiting room' },
  messageControlId: '1001',
  ended: null,
  ...changes,
});

export const buildInterfaceLink = (changes: Partial<InterfaceLink> = {}): InterfaceLink => ({
  kind: 'interfaceLink',
  id: ids.interfaceLink,
  name: 'ADT',
  direction: 'in',
  state: 'connected',
  since: testNow - 3_600_000,
  lastMessageAt: testNow - 10_000,
  trouble: null,
  unresolved: 0,
  queued: 0,
  ...changes,
});

export const buildGrant = (changes: Partial<Grant> = {}): Grant => ({
  grantId: testId('8', 1),
  personId: ids.person,
  name: 'R. Ortiz',
  roles: ['dispatcher', 'chargeNurse', 'triageNurse'],
  facilityId: ids.facility,
  expiresAt: testNow + 43_200_000,
  ...changes,
});
