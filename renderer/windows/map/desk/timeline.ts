/** Everything that happened on an incident, in the order of its times. What stands in the wrong order is said, never swapped. Pure. */
import type { Assignment, AssignmentTimes } from '#domain/model/assignment.ts';
import type { Incident, IncidentEvent } from '#domain/model/incident.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { orderBreaks, timeOrder } from '#domain/rules/assignment-times.ts';

type Moment = keyof AssignmentTimes;

/** The NEMSIS eTimes numbers. */
export const eTimes: Readonly<Record<Moment, string>> = {
  unitNotified: '03',
  acknowledged: '04',
  enRoute: '05',
  onScene: '06',
  atPatient: '07',
  careTransferred: '08',
  leftScene: '09',
  atDestination: '11',
  transferOfCare: '12',
  backInService: '13',
  cancelled: '14',
};

export type TimelineEntry = { readonly at: Instant; readonly key: string } & (
  | { readonly kind: 'call'; readonly what: 'received' | 'notified' | 'closed' }
  | {
      readonly kind: 'moment';
      readonly moment: Moment;
      readonly unitId: Id;
      readonly byVoice: boolean;
      readonly text: string | null;
      /** The source of the positions that told it; null when a person did. */
      readonly seenBy: string | null;
      /** The moment that should have come before and stands after it. */
      readonly before: Moment | null;
    }
  | { readonly kind: 'refused' | 'diverted'; readonly unitId: Id; readonly text: string }
  | { readonly kind: 'voice'; readonly unitId: Id; readonly by: string; readonly text: string }
  | { readonly kind: 'event'; readonly what: IncidentEvent['what']; readonly by: string; readonly text: string }
  | { readonly kind: 'note'; readonly by: string; readonly text: string }
);

const ofMission = (assignment: Assignment): readonly TimelineEntry[] => {
  const { id, unitId, times, how, voiceNote, refusal, endReason, divertedTo, endedByVoice, seenArrivals } = assignment;
  const broken = new Map(orderBreaks(times).map(({ earlier, later }) => [later, earlier]));
  const entries: TimelineEntry[] = [];
  for (const moment of [...timeOrder, 'cancelled' as const]) {
    const at = times[moment];
    if (at === null) continue;
    entries.push({
      at,
      key: `${id} ${moment}`,
      kind: 'moment',
      moment,
      unitId,
      byVoice: moment === 'unitNotified' && how === 'voice',
      seenBy: seenArrivals.find((seen) => seen.moment === moment)?.source ?? null,
      text: moment === 'cancelled' && refusal === null ? endReason : null,
      before: broken.get(moment) ?? null,
    });
  }
  if (voiceNote !== null && times.unitNotified !== null)
    entries.push({
      at: times.unitNotified,
      key: `${id} voice`,
      kind: 'voice',
      unitId,
      by: assignment.dispatchedBy.name,
      text: voiceNote,
    });
  if (refusal) entries.push({ at: refusal.at, key: `${id} refused`, kind: 'refused', unitId, text: refusal.reason });
  if (divertedTo !== null && times.cancelled !== null)
    entries.push({ at: times.cancelled, key: `${id} diverted`, kind: 'diverted', unitId, text: endReason ?? '' });
  if (endedByVoice && times.cancelled !== null)
    entries.push({
      at: times.cancelled,
      key: `${id} ended by voice`,
      kind: 'voice',
      unitId,
      by: endedByVoice.by.name,
      text: endedByVoice.note,
    });
  return entries;
};

/** The whole timeline, oldest first; of one moment, in the order in which it is told. */
export const timelineOf = (incident: Incident, missions: readonly Assignment[]): readonly TimelineEntry[] => {
  const entries: TimelineEntry[] = [
    { at: incident.callReceivedAt, key: 'received', kind: 'call', what: 'received' },
    ...(incident.dispatchNotifiedAt === null
      ? []
      : [{ at: incident.dispatchNotifiedAt, key: 'notified', kind: 'call' as const, what: 'notified' as const }]),
    ...missions.flatMap(ofMission),
    ...incident.events.map(
      (event, index): TimelineEntry => ({
        at: event.at,
        key: `event ${index}`,
        kind: 'event',
        what: event.what,
        by: event.by.name,
        text: event.text,
      }),
    ),
    ...incident.notes.map(
      (note, index): TimelineEntry => ({
        at: note.at,
        key: `note ${index}`,
        kind: 'note',
        by: note.by.name,
        text: note.text,
      }),
    ),
    ...(incident.status === 'closed' && incident.closedAt !== null
      ? [{ at: incident.closedAt, key: 'closed', kind: 'call' as const, what: 'closed' as const }]
      : []),
  ];
  return entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => a.entry.at - b.entry.at || a.index - b.index)
    .map(({ entry }) => entry);
};

/**
 * The moment that a typed clock, `1204`, `12:04` or `12:04:30`, means: the last such time before `now`. `clockOf` says the clock of
 * an instant at the site, `[hours, minutes, seconds]`. Null for what is no time of day.
 */
export const momentTyped = (
  typed: string,
  now: Instant,
  clockOf: (at: Instant) => readonly [number, number, number],
): Instant | null => {
  const parts = /^(\d{1,2}):?(\d{2})(?::?(\d{2}))?$/.exec(typed.trim());
  if (!parts) return null;
  const [hours, minutes, seconds] = [Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  const second = Math.floor(now / 1000) * 1000;
  const here = clockOf(second);
  const back = (here[0] - hours) * 3600 + (here[1] - minutes) * 60 + (here[2] - seconds);
  return second - ((back + 86_400) % 86_400) * 1000;
};
