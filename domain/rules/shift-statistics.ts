/**
 * The figures of a span of time at a dispatch desk. A mean and a 90th centile are of what is over; what still runs stands apart,
 * so that a long one is not hidden by being unfinished.
 */
import type { Assignment } from '../model/assignment.ts';
import type { Incident, IncidentPriority } from '../model/incident.ts';
import type { Unit } from '../model/unit.ts';
import type { Id, Instant } from '../model/values.ts';
import { type Intervals, intervalsOf, orderBreaks } from './assignment-times.ts';
import { gathered } from './gathered.ts';

/** Count, mean and 90th centile of some milliseconds; null where there are none. */
export type Spread = { readonly count: number; readonly mean: number | null; readonly centile90: number | null };

/** The nearest-rank centile of values: the smallest that at least `percent` of them do not exceed; null of none. */
export const centile = (values: readonly number[], percent: number): number | null => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? null;
};

const spreadOf = (values: readonly number[]): Spread => ({
  count: values.length,
  mean: values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length,
  centile90: centile(values, 90),
});

export type PriorityFigures = {
  readonly priority: IncidentPriority;
  readonly calls: number;
  /** Milliseconds from the call to the first unit on scene, of those that were reached. */
  readonly response: Spread;
  /** Open and not reached. */
  readonly waiting: number;
  /** Milliseconds since the call of the one that waits longest; null when none does. */
  readonly longestWaiting: number | null;
};

export type UnitFigures = {
  readonly unitId: Id;
  readonly callsign: string;
  readonly missions: number;
  readonly transports: number;
  /** Milliseconds on missions within the span. */
  readonly busy: number;
  /** Share of the time on shift within the span, 0 to 1; null when it was not on shift. */
  readonly utilisation: number | null;
};

export type ShiftFigures = {
  readonly calls: number;
  readonly cancelled: number;
  readonly merged: number;
  readonly open: number;
  readonly priorities: readonly PriorityFigures[];
  readonly intervals: Readonly<Record<keyof Intervals, Spread>>;
  /** Missions whose times stand in the wrong order: they are in no interval. */
  readonly outOfOrder: number;
  /** Calls received in each hour of the span, oldest first, empty hours too. */
  readonly hours: readonly { readonly from: Instant; readonly calls: number; readonly urgent: number }[];
  readonly units: readonly UnitFigures[];
};

const HOUR = 3_600_000;
const priorities: readonly IncidentPriority[] = [1, 2, 3, 4, 5];
const intervalNames = [
  'processing',
  'turnout',
  'travel',
  'response',
  'scene',
  'transport',
  'offload',
  'turnaround',
] as const satisfies readonly (keyof Intervals)[];

const firstOnScene = (missions: readonly Assignment[]): Instant | null => {
  const reached = missions.flatMap(({ times }) => times.onScene ?? []);
  return reached.length === 0 ? null : Math.min(...reached);
};

const overlap = (from: Instant, to: Instant, start: Instant, end: Instant): number =>
  Math.max(0, Math.min(to, end) - Math.max(from, start));

/** Figures of the calls received in [from, to) and of the units on shift in it, as things stand at `to`. */
export const shiftFigures = (
  records: {
    readonly incidents: Iterable<Incident>;
    readonly assignments: Iterable<Assignment>;
    readonly units: Iterable<Unit>;
  },
  from: Instant,
  to: Instant,
): ShiftFigures => {
  const incidents = [...records.incidents].filter(({ callReceivedAt }) => callReceivedAt >= from && callReceivedAt < to);
  const assignments = [...records.assignments];
  const byIncident = gathered(assignments, ({ incidentId }) => incidentId);
  const byUnit = gathered(assignments, ({ unitId }) => unitId);
  // A merged call is counted once, by the one that stands for it.
  const counted = incidents.filter(({ status }) => status !== 'merged');
  const missionsOf = (incident: Incident): readonly Assignment[] => byIncident.get(incident.id) ?? [];

  const ofPriority = (priority: IncidentPriority): PriorityFigures => {
    const calls = counted.filter((incident) => incident.priority === priority);
    const responses: number[] = [];
    const waits: number[] = [];
    for (const incident of calls) {
      const reached = firstOnScene(missionsOf(incident));
      if (reached !== null && reached >= incident.callReceivedAt) responses.push(reached - incident.callReceivedAt);
      else if (reached === null && incident.status === 'open') waits.push(to - incident.callReceivedAt);
    }
    return {
      priority,
      calls: calls.length,
      response: spreadOf(responses),
      waiting: waits.length,
      longestWaiting: waits.length === 0 ? null : Math.max(...waits),
    };
  };

  const missions = counted.flatMap((incident) => missionsOf(incident).map((assignment) => ({ incident, assignment })));
  const inOrder = missions.filter(({ assignment }) => orderBreaks(assignment.times).length === 0);
  const measured = inOrder.map(({ incident, assignment }) => intervalsOf(incident.callReceivedAt, assignment.times));
  const intervals = Object.fromEntries(
    intervalNames.map((name) => [name, spreadOf(measured.flatMap((intervals) => intervals[name] ?? []))]),
  ) as Record<keyof Intervals, Spread>;

  const firstHour = Math.floor(from / HOUR) * HOUR;
  const hours = Array.from({ length: Math.max(0, Math.ceil((to - firstHour) / HOUR)) }, (_none, index) => {
    const start = firstHour + index * HOUR;
    const within = counted.filter(({ callReceivedAt }) => callReceivedAt >= start && callReceivedAt < start + HOUR);
    return { from: start, calls: within.length, urgent: within.filter(({ priority }) => priority <= 2).length };
  });

  const units = [...records.units].map((unit): UnitFigures => {
    const own = (byUnit.get(unit.id) ?? []).filter(({ times }) => times.unitNotified !== null);
    const worked = own.map(({ times }) =>
      overlap(times.unitNotified ?? to, times.backInService ?? times.cancelled ?? to, from, to),
    );
    const busy = worked.reduce((sum, part) => sum + part, 0);
    const onShift = overlap(unit.shiftStartedAt, unit.shiftEndsAt ?? to, from, to);
    return {
      unitId: unit.id,
      callsign: unit.callsign,
      missions: worked.filter((part) => part > 0).length,
      transports: own.filter(({ times }) => times.leftScene !== null && times.leftScene >= from && times.leftScene < to).length,
      busy,
      utilisation: onShift > 0 ? Math.min(1, busy / onShift) : null,
    };
  });

  return {
    calls: counted.length,
    cancelled: counted.filter(({ status }) => status === 'cancelled').length,
    merged: incidents.length - counted.length,
    open: counted.filter(({ status }) => status === 'open').length,
    priorities: priorities.map(ofPriority),
    intervals,
    outOfOrder: missions.length - inOrder.length,
    hours,
    units: units.sort((a, b) => (b.utilisation ?? -1) - (a.utilisation ?? -1) || (a.callsign < b.callsign ? -1 : 1)),
  };
};
