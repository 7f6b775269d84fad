/** What the records say about incidents and the units on them, arranged for the board. Pure; the store's tables go in. */
import type { Assignment } from '#domain/model/assignment.ts';
import type { DispatchSettings } from '#domain/model/dispatch-settings.ts';
import type { Incident, IncidentPriority } from '#domain/model/incident.ts';
import type { RecordKind } from '#domain/model/record.ts';
import type { Unit, UnitStatus } from '#domain/model/unit.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { shippedDispatchSettings } from '#domain/rules/dispatch-defaults.ts';
import { isComing } from '#domain/rules/inbound.ts';
import { compareIncidents } from '#domain/rules/incident-order.ts';
import type { RecordTables } from '../../state/store.ts';

/** What the map board draws of the records. */
export const mapKinds: readonly RecordKind[] = ['facility', 'hospital', 'unit', 'incident', 'assignment', 'call'];

export type Mission = { readonly assignment: Assignment; readonly unit: Unit; readonly pending: boolean };
export type IncidentRow = {
  readonly incident: Incident;
  readonly pending: boolean;
  readonly missions: readonly Mission[];
  /** The site's, so that a row alone says when it is late. */
  readonly settings: DispatchSettings;
};

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
  const settings = settingsOf(records);
  return [...records.incident.values()]
    .filter(({ record }) => record.status === 'open')
    .map(({ record, pending }) => ({ incident: record, pending, missions: missions.get(record.id) ?? [], settings }))
    .toSorted((left, right) => compareIncidents(left.incident, right.incident));
};

/** Incidents that ended since a moment, the last first. */
export const endedRows = (records: RecordTables, since: Instant): readonly IncidentRow[] => {
  const settings = settingsOf(records);
  return [...records.incident.values()]
    .filter(({ record }) => record.status !== 'open' && (record.closedAt ?? 0) >= since)
    .map(({ record, pending }) => ({ incident: record, pending, missions: [], settings }))
    .toSorted((left, right) => (right.incident.closedAt ?? 0) - (left.incident.closedAt ?? 0));
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

/** Milliseconds after which something warns, then alerts. */
export type Limits = { readonly warn: number; readonly alert: number };
const limitsOf = (found: Limits | undefined): Limits | null =>
  found === undefined ? null : { warn: found.warn * 60_000, alert: found.alert * 60_000 };
/** How long a unit may be in a status before someone should look; null has no limit of its own. */
export const statusLimits = (settings: DispatchSettings, status: UnitStatus): Limits | null =>
  limitsOf(settings.statusLimits.find((one) => one.status === status));
/** How long an incident of a priority may be without a unit. */
export const waitLimits = (settings: DispatchSettings, priority: IncidentPriority): Limits | null =>
  limitsOf(settings.waitLimits.find((one) => one.priority === priority));

/** How the site of these records dispatches. */
export const settingsOf = (records: Pick<RecordTables, 'facility'> | null): DispatchSettings => {
  for (const { record } of records?.facility.values() ?? []) if (record.dispatch) return record.dispatch;
  return shippedDispatchSettings;
};

export type IncidentClock = {
  readonly since: Instant;
  readonly limits: Limits | null;
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
export const incidentClock = ({ incident, missions, settings }: IncidentRow): IncidentClock => {
  const lead = missions.toSorted((left, right) => progress.indexOf(left.unit.status) - progress.indexOf(right.unit.status))[0];
  if (!lead) return { since: incident.callReceivedAt, limits: waitLimits(settings, incident.priority), lead: null };
  return { since: lead.unit.statusSince, limits: statusLimits(settings, lead.unit.status), lead };
};

/** What stands for an incident on the radio: the digits after the dash, or a dash while it has no number. */
export const shortNumber = (incident: Incident): string => incident.number?.split('-').at(-1) ?? '–';
