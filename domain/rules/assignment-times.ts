import type { AssignmentTimes } from '../model/assignment.ts';
import type { Instant } from '../model/values.ts';

/** An assignment of which nothing has happened yet. */
export const noTimes: AssignmentTimes = {
  unitNotified: null,
  acknowledged: null,
  enRoute: null,
  onScene: null,
  atPatient: null,
  careTransferred: null,
  leftScene: null,
  atDestination: null,
  transferOfCare: null,
  backInService: null,
  cancelled: null,
};

/** The moments in the order in which they must happen (NEMSIS 3.5 eTimes.03 to .13); a cancellation stands outside it. */
export const timeOrder = [
  'unitNotified',
  'acknowledged',
  'enRoute',
  'onScene',
  'atPatient',
  'careTransferred',
  'leftScene',
  'atDestination',
  'transferOfCare',
  'backInService',
] as const satisfies readonly (keyof AssignmentTimes)[];

export type OrderBreak = { readonly earlier: keyof AssignmentTimes; readonly later: keyof AssignmentTimes };

/** Pairs of neighbouring known moments that stand in the wrong order. They are shown, never swapped. */
export const orderBreaks = (times: AssignmentTimes): readonly OrderBreak[] => {
  const breaks: OrderBreak[] = [];
  let last: { readonly name: keyof AssignmentTimes; readonly at: Instant } | null = null;
  for (const name of timeOrder) {
    const at = times[name];
    if (at === null) continue;
    if (last && at < last.at) breaks.push({ earlier: last.name, later: name });
    last = { name, at };
  }
  return breaks;
};

export type Intervals = {
  readonly processing: number | null;
  readonly turnout: number | null;
  readonly travel: number | null;
  readonly response: number | null;
  readonly scene: number | null;
  readonly transport: number | null;
  readonly offload: number | null;
  readonly turnaround: number | null;
};

/** The intervals of one assignment in milliseconds; null where an end is unknown or the two stand in the wrong order. */
export const intervalsOf = (callReceivedAt: Instant, times: AssignmentTimes): Intervals => {
  const between = (from: Instant | null, to: Instant | null): number | null =>
    from === null || to === null || to < from ? null : to - from;
  return {
    processing: between(callReceivedAt, times.unitNotified),
    turnout: between(times.unitNotified, times.enRoute),
    travel: between(times.enRoute, times.onScene),
    response: between(callReceivedAt, times.onScene),
    scene: between(times.onScene, times.leftScene),
    transport: between(times.leftScene, times.atDestination),
    offload: between(times.atDestination, times.transferOfCare),
    turnaround: between(times.atDestination, times.backInService),
  };
};
