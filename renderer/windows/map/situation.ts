/** What the records say about incidents and the units on them, arranged for the board. Pure; the store's tables go in. */
import type { Assignment } from '#domain/model/assignment.ts';
import type { Incident } from '#domain/model/incident.ts';
import type { RecordKind } from '#domain/model/record.ts';
import type { Unit, UnitStatus } from '#domain/model/unit.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { isComing } from '#domain/rules/inbound.ts';
import { compareIncidents } from '#domain/rules/incident-order.ts';
import type { RecordTables } from '../../state/store.ts';

/** What the map board draws of the records. */
export const mapKinds: readonly RecordKind[] = ['facility', 'hospital', 'unit', 'incident', 'assignment'];

export type Mission = { readonly assignment: Assignment; readonly unit: Unit; readonly pending: boolean };
export type IncidentRow = { readonly incident: Incident; readonly pending: boolean; readonly missions: readonly Mission[] };

/** The missions that still run, by incident. */
const runningMissions = (records: RecordTables): ReadonlyMap<Id, readonly Mission[]> => {
  const byIncident = new Map<Id, Mission[]>();
  for (const { record: unit, pending } of records.unit.values()) {
    const shown = unit.assignmentId === null ? undefined : records.assignment.get(unit.assignmentId);
    if (!shown) continue;
    const missions = byIncident.get(shown.record.incidentId) ?? [];
    missions.push({ assignment: shown.record, unit, pending: pending || shown.pending });
    byIncident.set(shown.record.incidentId, missions);
  }
  return byIncident;
};

/** Open incidents by priority, then age, each with the units that are on it. */
export const incidentRows = (records: RecordTables): readonly IncidentRow[] => {
  const missions = runningMissions(records);
  return [...records.incident.values()]
    .filter(({ record }) => record.status === 'open')
    .map(({ record, pending }) => ({ incident: record, pending, missions: missions.get(record.id) ?? [] }))
    .toSorted((left, right) => compareIncidents(left.incident, right.incident));
};

/** How many units bring someone to each hospital now. */
export const inboundByHospital = (records: RecordTables): ReadonlyMap<Id, number> => {
  const inbound = new Map<Id, number>();
  for (const { record: unit } of records.unit.values()) {
    const mission = unit.assignmentId === null ? undefined : records.assignment.get(unit.assignmentId)?.record;
    if (!mission || !isComing(unit, mission)) continue;
    const { hospitalId } = mission;
    if (hospitalId) inbound.set(hospitalId, (inbound.get(hospitalId) ?? 0) + 1);
  }
  return inbound;
};

const seconds = (count: number): number => count * 1000;
/**
 * How long a unit may be in a status before someone should look, milliseconds; null has no limit of its own.
 * Turnout 60 s and travel 480 s after NFPA 1710, handover 15 min; processing 64 s stands below.
 */
export const statusLimits: Readonly<Partial<Record<UnitStatus, number>>> = {
  dispatched: seconds(60),
  acknowledged: seconds(60),
  enRoute: seconds(480),
  offloading: seconds(900),
};
/** From call to the first unit told (NFPA 1710, 90 % within 64 s). */
export const processingLimit = seconds(64);

export type IncidentClock = {
  readonly since: Instant;
  readonly limit: number | null;
  /** The unit whose status it is; null while nobody is sent. */
  readonly lead: Mission | null;
};

const progress: readonly UnitStatus[] = [
  'atPatient',
  'onScene',
  'transporting',
  'atDestination',
  'offloading',
  'clearing',
  'enRoute',
  'staging',
  'acknowledged',
  'dispatched',
];

/** The clock of an incident: since the call while nobody is sent, else the time in status of the unit that is furthest. */
export const incidentClock = ({ incident, missions }: IncidentRow): IncidentClock => {
  const lead = missions.toSorted((left, right) => progress.indexOf(left.unit.status) - progress.indexOf(right.unit.status))[0];
  if (!lead) return { since: incident.callReceivedAt, limit: processingLimit, lead: null };
  return { since: lead.unit.statusSince, limit: statusLimits[lead.unit.status] ?? null, lead };
};

/** What stands for an incident on the radio: the digits after the dash, or a dash while it has no number. */
export const shortNumber = (incident: Incident): string => incident.number?.split('-').at(-1) ?? '–';
