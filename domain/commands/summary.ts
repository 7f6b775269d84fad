import type { RecordView } from '../model/record.ts';
import type { Id } from '../model/values.ts';
import { unitStatusLabels } from '../rules/unit-status.ts';
import { type CommandInput, type CommandName, commands } from './registry.ts';

type Describe = { readonly [N in CommandName]: (view: RecordView, input: CommandInput<N>) => string };

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

const incidentLabel = (view: RecordView, id: Id): string => {
  const incident = view.get('incident', id);
  return incident ? (incident.number ?? incident.address) : 'an incident';
};

const alarmLabel = (view: RecordView, id: Id): string => {
  const alarm = view.get('alarm', id);
  if (!alarm) return 'an alarm';
  return alarm.bedId === null ? alarm.label : `${alarm.label} ${bedLabel(view, alarm.bedId)}`;
};

const destinations = { discharged: 'discharged', admitted: 'admitted', waiting: 'back to waiting' } as const;

const describe: Describe = {
  acknowledgeAlarm: (view, input) => `Acknowledge ${alarmLabel(view, input.alarmId)}`,
  assignBed: (view, input) => `Assign ${patientLabel(view, input.encounterId)} to ${bedLabel(view, input.bedId)}`,
  blockBed: (view, input) => `Block ${bedLabel(view, input.bedId)}: ${input.reason}`,
  cleanBed: (view, input) => `${input.stage === 'start' ? 'Start cleaning' : 'Finish cleaning'} ${bedLabel(view, input.bedId)}`,
  createIncident: (_view, input) => `New incident: ${input.category}, ${input.address}`,
  dispatchByVoice: (view, input) => `${callsign(view, input.unitId)} sent by voice to ${incidentLabel(view, input.incidentId)}`,
  dispatchUnit: (view, input) => `Dispatch ${callsign(view, input.unitId)} to ${incidentLabel(view, input.incidentId)}`,
  mergePatients: (view, input) => `Merge ${nameOf(view, input.mergedId)} into ${nameOf(view, input.survivorId)}`,
  recordTriage: (view, input) => `Triage ${patientLabel(view, input.encounterId)}: level ${input.acuity}`,
  registerPatient: (_view, input) =>
    `Register ${input.name?.family ?? `unknown ${input.sex === 'unknown' ? 'patient' : input.sex}`}`,
  releaseBed: (view, input) =>
    `Release ${bedLabel(view, input.bedId)}: ${patientLabel(view, input.encounterId)} ${destinations[input.disposition]}`,
  restoreToBed: (view, input) => `Undo: ${patientLabel(view, input.encounterId)} back in ${bedLabel(view, input.bedId)}`,
  setUnitStatus: (view, input) => `${callsign(view, input.unitId)}: ${unitStatusLabels[input.status].toLowerCase()}`,
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
