/** Which rows of the queue are shown, and what needs someone besides them. Pure. */
import type { Assignment } from '#domain/model/assignment.ts';
import type { DispatchSettings } from '#domain/model/dispatch-settings.ts';
import type { Unit } from '#domain/model/unit.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { arrivalAt } from '#domain/rules/geofence.ts';
import { type RollCall, rollCallOf } from '#domain/rules/roll-call.ts';
import type { ReceivedFix, RecordTables } from '../../../state/store.ts';
import { type IncidentRow, incidentClock, type Mission } from '../situation.ts';

export const queueFilters = ['all', 'noUnit', 'late'] as const;
export type QueueFilter = (typeof queueFilters)[number];

/** Whether a row is over the limit at which its clock warns. */
const isLate = (row: IncidentRow, now: Instant): boolean => {
  const { since, limits } = incidentClock(row);
  return limits !== null && now - since >= limits.warn;
};

/** The rows that a filter lets through, in their order. */
export const filtered = (rows: readonly IncidentRow[], filter: QueueFilter, now: Instant): readonly IncidentRow[] =>
  filter === 'all' ? rows : rows.filter((row) => (filter === 'noUnit' ? row.missions.length === 0 : isLate(row, now)));

/** Missions whose crew was paged and has said nothing for so long that it has to be told by radio. */
export const unansweredMissions = (
  missions: readonly Mission[],
  settings: Pick<DispatchSettings, 'unansweredSeconds'>,
  now: Instant,
): readonly Mission[] =>
  missions.filter(
    ({ unit, assignment: { how, voiceNote, times } }) =>
      unit.status === 'dispatched' &&
      how === 'console' &&
      voiceNote === null &&
      times.acknowledged === null &&
      times.unitNotified !== null &&
      now - times.unitNotified > settings.unansweredSeconds * 1_000,
  );

export type Asked = { readonly unit: Unit; readonly rollCall: RollCall };
/** Crews that a roll-call asks or that missed one, those that missed the most first, then those with the least time left. */
export const rollCallsDue = (units: Iterable<Unit>, settings: DispatchSettings['rollCall'], now: Instant): readonly Asked[] =>
  [...units]
    .map((unit) => ({ unit, rollCall: rollCallOf(unit, settings, now) }))
    .filter(({ rollCall: { state } }) => state === 'asked' || state === 'askedAgain' || state === 'missed')
    .sort(
      (a, b) =>
        b.rollCall.missedCycles - a.rollCall.missedCycles ||
        (a.rollCall.until ?? 0) - (b.rollCall.until ?? 0) ||
        a.unit.callsign.localeCompare(b.unit.callsign),
    );

export type Arrival = { readonly unitId: Id; readonly status: 'onScene' | 'atDestination' };
/** Units whose position says that they have arrived, in the order of their callsigns. */
export const arrivalsSeen = (
  records: Pick<RecordTables, 'unit' | 'assignment' | 'incident' | 'hospital'>,
  positions: ReadonlyMap<Id, ReceivedFix>,
  settings: DispatchSettings['geofence'],
  now: Instant,
): readonly Arrival[] => {
  if (settings.mode === 'off') return [];
  const found: (Arrival & { readonly callsign: string })[] = [];
  for (const { record: unit } of records.unit.values()) {
    if (unit.assignmentId === null) continue;
    const fix = positions.get(unit.id);
    const assignment: Assignment | undefined = records.assignment.get(unit.assignmentId)?.record;
    if (!fix || !assignment) continue;
    const goal = {
      scene: records.incident.get(assignment.incidentId)?.record.position ?? null,
      hospital: assignment.hospitalId === null ? null : (records.hospital.get(assignment.hospitalId)?.record.position ?? null),
    };
    const status = arrivalAt(unit, fix, goal, settings.metres, now);
    if (status !== null) found.push({ unitId: unit.id, status, callsign: unit.callsign });
  }
  return found.sort((a, b) => a.callsign.localeCompare(b.callsign)).map(({ unitId, status }) => ({ unitId, status }));
};
