import type { RecordView } from '../model/record.ts';
import type { Id } from '../model/values.ts';
import { unitStatusLabels } from '../rules/unit-status.ts';
import { type CommandName, commands, type ParsedInput } from './registry.ts';

type Describe = { readonly [N in CommandName]: (view: RecordView, input: ParsedInput<N>) => string };

const bedLabel = (view: RecordView, id: Id): string => view.get('bed', id)?.label ?? 'a bed';
const callsign = (view: RecordView, id: Id): string => view.get('unit', id)?.callsign ?? 'a unit';

/** The family name, or the initials where the name is not held here. */
const nameOf = (view: RecordView, id: Id): string => {
  const patient = view.get('patient', id);
  return patient?.name?.family ?? patient?.initials ?? 'a patient';
};

const patientLabel = (view: RecordView, encounterId: Id): string => {
  const encounter = view.get('encounter', encounterId);
  return encounter ? nameOf(view, encounter.patientId) : 'a patient';
};

const hospitalName = (view: RecordView, id: Id): string => view.get('hospital', id)?.name ?? 'a hospital';

const incidentLabel = (view: RecordView, id: Id): string => {
  const incident = view.get('incident', id);
  return incident ? (incident.number ?? incident.address) : 'an incident';
};

const alarmLabel = (view: RecordView, id: Id): string => {
  const alarm = view.get('alarm', id);
  if (!alarm) return 'an alarm';
  return alarm.bedId === null ? alarm.label : `${alarm.label} ${bedLabel(view, alarm.bedId)}`;
};

const messageTo = (view: RecordView, id: Id): string => {
  const message = view.get('message', id);
  return message ? `the message of ${message.by.name}` : 'a message';
};

const moments: Readonly<Record<ParsedInput<'recordMoment'>['moment'], string>> = {
  unitNotified: 'unit notified',
  acknowledged: 'acknowledged',
  enRoute: 'en route',
  onScene: 'on scene',
  atPatient: 'at patient',
  careTransferred: 'care transferred',
  leftScene: 'left scene',
  atDestination: 'at destination',
  transferOfCare: 'transfer of care',
  backInService: 'back in service',
};

const cleaning = {
  request: 'Ask for cleaning of',
  start: 'Start cleaning',
  done: 'Finish cleaning',
  stop: 'Stop cleaning',
  withdraw: 'No cleaning of',
  resume: 'Go on cleaning',
} as const;
const destinations = {
  discharged: 'discharged',
  admitted: 'admitted',
  transferred: 'to another hospital',
  leftWithoutBeingSeen: 'left without being seen',
  leftAgainstAdvice: 'left against advice',
  died: 'died',
  waiting: 'back to waiting',
} as const;

const describe: Describe = {
  writeHandover: (_view, input) => `Handover of ${input.points.length} points`,
  markSpoken: (_view, input) => `Handover: ${input.points.length} points ${input.spoken ? '' : 'not '}spoken through`,
  signHandover: (_view, input) =>
    `Handover ${input.part === 'given' ? 'given' : 'taken'}: ${input.signed ? 'signature' : 'signature taken back'}`,
  endSurge: (view, input) => `${view.get('surge', input.surgeId)?.name ?? 'A surge'} is over`,
  recordSurgeAction: (_view, input) => `Surge: ${input.action}`,
  takeBackSurgeAction: () => 'Surge: what was recorded is taken back',
  reopenSurge: (view, input) => `${view.get('surge', input.surgeId)?.name ?? 'A surge'} is not over`,
  updateCare: (view, input) => `Care of ${patientLabel(view, input.encounterId)}`,
  swapBeds: (view, input) => `Swap ${bedLabel(view, input.bedId)} and ${bedLabel(view, input.otherBedId)}`,
  setAway: (view, input) => `${patientLabel(view, input.encounterId)} ${input.away ? `to ${input.away.to}` : 'is back'}`,
  returnToWaiting: (view, input) => `${patientLabel(view, input.encounterId)} is there after all`,
  recordLeft: (view, input) => `${patientLabel(view, input.encounterId)} left without being seen`,
  openBed: (view, input) => `${input.open ? 'Open' : 'Close'} ${bedLabel(view, input.bedId)}`,
  expectDeparture: (view, input) => `Expected departure of ${patientLabel(view, input.encounterId)}`,
  endTask: (view, input) =>
    `Task ${input.outcome ?? 'open again'}: ${view.get('task', input.taskId)?.text.slice(0, 60) ?? 'a task'}`,
  decideAdmission: (view, input) => `${input.admit ? 'Admit' : 'Do not admit'} ${patientLabel(view, input.encounterId)}`,
  addTask: (view, input) =>
    `Task${input.encounterId === null ? '' : ` for ${patientLabel(view, input.encounterId)}`}: ${input.text.slice(0, 60)}`,
  addArea: (_view, input) => `New area ${input.area.name}, ${input.beds.length === 1 ? '1 bed' : `${input.beds.length} beds`}`,
  addCareNote: (view, input) => `Note on ${patientLabel(view, input.encounterId)}: ${input.text.slice(0, 60)}`,
  acknowledgeAlarm: (view, input) => `Acknowledge ${alarmLabel(view, input.alarmId)}`,
  acknowledgeMessage: (view, input) => `Acknowledge ${messageTo(view, input.messageId)}`,
  addIncidentNote: (view, input) => `Note on ${incidentLabel(view, input.incidentId)}: ${input.text.slice(0, 60)}`,
  answerCall: (view, input) => `Answer the call of ${view.get('call', input.callId)?.phone ?? 'a withheld number'}`,
  answerRollCall: (view, input) => `${callsign(view, input.unitId)} answered the roll-call`,
  arrangeArea: (_view, input) => `Arrange the beds of ${input.becomes.area.name}`,
  assignBed: (view, input) => `Assign ${patientLabel(view, input.encounterId)} to ${bedLabel(view, input.bedId)}`,
  blockBed: (view, input) => `Block ${bedLabel(view, input.bedId)}: ${input.reason}`,
  cancelDispatch: (view, input) => `Call back ${callsign(view, input.unitId)}: ${input.reason}`,
  cancelDispatchByVoice: (view, input) =>
    `${callsign(view, view.get('assignment', input.assignmentId)?.unitId ?? '')} called back by voice: ${input.reason}`,
  cancelIncident: (view, input) => `Cancel ${incidentLabel(view, input.incidentId)}: ${input.reason}`,
  cleanBed: (view, input) => `${cleaning[input.stage]} ${bedLabel(view, input.bedId)}`,
  correctIncident: (view, input) => `Correct ${incidentLabel(view, input.incidentId)}`,
  createIncident: (_view, input) => `New incident: ${input.category}, ${input.address}`,
  dispatchByVoice: (view, input) =>
    `${callsign(view, input.unitId)} ${input.instead === null ? 'sent' : 'diverted'} by voice to ${incidentLabel(view, input.incidentId)}`,
  dispatchUnit: (view, input) => `Dispatch ${callsign(view, input.unitId)} to ${incidentLabel(view, input.incidentId)}`,
  divertUnit: (view, input) => `Divert ${callsign(view, input.unitId)} to ${incidentLabel(view, input.incidentId)}`,
  endCall: (view, input) => `End the call of ${view.get('call', input.callId)?.phone ?? 'a withheld number'}: ${input.reason}`,
  endReservation: (view, input) => `Give ${bedLabel(view, input.bedId)} back`,
  mergeIncidents: (view, input) =>
    `Merge ${incidentLabel(view, input.mergedIncidentId)} into ${incidentLabel(view, input.incidentId)}`,
  mergePatients: (view, input) => `Merge ${nameOf(view, input.mergedId)} into ${nameOf(view, input.survivorId)}`,
  recordMoment: (view, input) =>
    `${callsign(view, view.get('assignment', input.assignmentId)?.unitId ?? '')}: time of ${moments[input.moment]}`,
  recordPrealert: (view, input) => `Pre-alert of ${callsign(view, input.unitId)}: ${input.urgency}`,
  recordTriage: (view, input) => `Triage ${patientLabel(view, input.encounterId)}: level ${input.acuity}`,
  refuseDispatch: (view, input) => `${callsign(view, input.unitId)} refused: ${input.reason}`,
  registerPatient: (_view, input) =>
    `Register ${input.name?.family ?? `unknown ${input.sex === 'unknown' ? 'patient' : input.sex}`}`,
  releaseBed: (view, input) =>
    `Release ${bedLabel(view, input.bedId)}: ${patientLabel(view, input.encounterId)} ${destinations[input.disposition]}`,
  reopenIncident: (view, input) => `Reopen ${incidentLabel(view, input.incidentId)}: ${input.reason}`,
  reserveBed: (view, input) => `Hold ${bedLabel(view, input.bedId)}: ${input.reason}`,
  resolveDisagreement: (view, input) => {
    const one = view.get('disagreement', input.disagreementId);
    return one ? `${one.source} or here: ${one[input.choice].text.slice(0, 60)}` : 'Decide a disagreement';
  },
  restoreToBed: (view, input) => `Undo: ${patientLabel(view, input.encounterId)} back in ${bedLabel(view, input.bedId)}`,
  sendMessage: (_view, input) => `Message: ${input.text.slice(0, 80)}`,
  setDestination: (view, input) => `${callsign(view, input.unitId)} goes to ${hospitalName(view, input.hospitalId)}`,
  setEmergency: (view, input) =>
    `${callsign(view, input.unitId)}: ${input.emergency ? 'emergency' : 'emergency over'}, ${input.reason}`,
  setHospitalCapacity: (view, input) =>
    `${hospitalName(view, input.hospitalId)}: ${input.available ?? 'unknown'} free ${input.category}`,
  setHospitalStatus: (view, input) => `${hospitalName(view, input.hospitalId)}: ${input.emsTrafficStatus}`,
  setUnitStatus: (view, input) => `${callsign(view, input.unitId)}: ${unitStatusLabels[input.status].toLowerCase()}`,
  splitIncident: (view, input) => `Split ${incidentLabel(view, input.incidentId)}: ${input.category}, ${input.address}`,
  takeBackMerge: (view, input) =>
    `Undo: ${incidentLabel(view, input.mergedIncidentId)} is not ${incidentLabel(view, input.incidentId)}`,
  takeBackSplit: (view, input) =>
    `Undo: ${incidentLabel(view, input.splitIncidentId)} back into ${incidentLabel(view, input.incidentId)}`,
  unassignBed: (view, input) => `Undo: ${patientLabel(view, input.encounterId)} out of ${bedLabel(view, input.bedId)}`,
  unblockBed: (view, input) => `Unblock ${bedLabel(view, input.bedId)}`,
};

/**
 * One line a person reads in a list of unsent or impossible commands, such as `Assign Moreau to B12`. Never throws: an
 * unknown name or an input that does not parse gives the name itself.
 */
export const summarise = (view: RecordView, name: string, input: unknown): string => {
  if (!Object.hasOwn(commands, name)) return name;
  const parsed = commands[name as CommandName].input.safeParse(input);
  // The name and the input belong together; the table of functions cannot say so to the compiler.
  return parsed.success
    ? (describe[name as CommandName] as (view: RecordView, input: unknown) => string)(view, parsed.data)
    : name;
};
