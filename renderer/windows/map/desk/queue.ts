/** Which rows of the queue are shown, and what needs someone besides them. Pure. */
import type { ArrivalMoment } from '#domain/model/assignment.ts';
import type { DispatchSettings } from '#domain/model/dispatch-settings.ts';
import type { RecordView } from '#domain/model/record.ts';
import type { Unit } from '#domain/model/unit.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { missionOf } from '#domain/rules/dispatching.ts';
import { arrivalAt, goalOf } from '#domain/rules/geofence.ts';
import { type RollCall, rollCallOf } from '#domain/rules/roll-call.ts';
import type { ReceivedFix } from '../../../state/store.ts';
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

export type Arrival = { readonly unitId: Id; readonly status: ArrivalMoment };
/** Units whose position says that they have arrived, in the order of their callsigns; none where the hospital notes them by itself. */
export const arrivalsSeen = (
  view: RecordView,
  positions: ReadonlyMap<Id, ReceivedFix>,
  settings: DispatchSettings['geofence'],
  now: Instant,
): readonly Arrival[] => {
  if (settings.mode !== 'suggest') return [];
  const found: (Arrival & { readonly callsign: string })[] = [];
  for (const unit of view.list('unit')) {
    const fix = positions.get(unit.id);
    const assignment = missionOf(view, unit);
    if (!fix || !assignment) continue;
    const status = arrivalAt(unit, fix, goalOf(view, assignment), settings.metres, now);
    if (status !== null) found.push({ unitId: unit.id, status, callsign: unit.callsign });
  }
  return found.sort((a, b) => a.callsign.localeCompare(b.callsign)).map(({ unitId, status }) => ({ unitId, status }));
};
