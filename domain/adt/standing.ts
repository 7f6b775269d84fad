/**
 * Where the messages about a visit say that it stands. It is read from all of them in the order in which things happened, never
 * from the order in which they came: a message that is late, or comes twice, gives the same answer as one that was in time.
 *
 *   expected ─A01 A04─► present ─A03─► departed        A11 takes back an arrival and what followed it,
 *                       A02 │ ▲ A12       │            A12 the last transfer, A13 the departure
 *                           └─┘◄───A13────┘
 */
import type { Instant } from '../model/values.ts';
import { type LocationName, type VisitEvent, type VisitTrigger, visitTriggers } from './event.ts';

export type Standing = {
  readonly phase: 'unknown' | 'expected' | 'present' | 'departed' | 'cancelled';
  /** Where the patient's place is; null when nobody said. */
  readonly location: LocationName | null;
  /** Since when. */
  readonly since: Instant;
  readonly arrivedAt: Instant;
  readonly departedAt: Instant | null;
  /** Out of the own place, which is kept. */
  readonly away: { readonly to: LocationName | null; readonly since: Instant } | null;
  readonly expectedDepartureAt: Instant | null;
  /** When the newest of what says this happened, takings back included. */
  readonly decidedAt: Instant;
  /** Which stay under this name it is: after a departure an arrival begins another. */
  readonly stay: number;
};

export const nothingKnown: Standing = {
  phase: 'unknown',
  location: null,
  since: 0,
  arrivedAt: 0,
  departedAt: null,
  away: null,
  expectedDepartureAt: null,
  decidedAt: 0,
  stay: 0,
};

const rank = (trigger: VisitTrigger): number => visitTriggers.indexOf(trigger);

/** Before (negative) or after, by when it happened, was entered, by trigger, and last by name, so that any two have one order. */
export const compareEvents = (one: VisitEvent, other: VisitEvent): number =>
  one.occurredAt - other.occurredAt ||
  one.recordedAt - other.recordedAt ||
  rank(one.trigger) - rank(other.trigger) ||
  (one.controlId < other.controlId ? -1 : one.controlId > other.controlId ? 1 : 0);

const lastOf = (events: readonly VisitEvent[], ...triggers: readonly VisitTrigger[]): number =>
  events.findLastIndex(({ trigger }) => triggers.includes(trigger));

/** The events that still count after those that were taken back. */
const stillCounting = (ordered: readonly VisitEvent[]): readonly VisitEvent[] => {
  const counting: VisitEvent[] = [];
  const begun = (): number => Math.max(0, lastOf(counting, 'A03') + 1);
  for (const event of ordered) {
    if (event.trigger === 'A12') {
      const transfer = lastOf(counting, 'A02');
      if (transfer >= begun()) counting.splice(transfer, 1);
      // Of a transfer that nobody told of, this says at least where the patient is.
      else if (event.visit.location !== null) counting.push({ ...event, trigger: 'A02' });
    } else if (event.trigger === 'A13') {
      const departure = lastOf(counting, 'A03');
      if (departure >= 0) counting.splice(departure, 1);
      // Back in the department is not always back in the same bed.
      const { location } = event.visit;
      if (location !== null && counting.reduce(after, nothingKnown).location !== location)
        counting.push({ ...event, trigger: 'A02' });
    } else if (event.trigger === 'A11') {
      const arrival = lastOf(counting, 'A01', 'A04');
      if (arrival >= begun()) counting.splice(arrival);
    } else counting.push(event);
  }
  return counting;
};

const cameBack = ({ visit }: VisitEvent, standing: Standing): boolean =>
  visit.temporaryLocation === null ||
  visit.temporaryLocation === standing.location ||
  (visit.location !== null &&
    visit.location === standing.location &&
    (visit.priorTemporaryLocation ?? visit.priorLocation) !== null);

const placed = (standing: Standing, { visit, occurredAt }: VisitEvent): Standing => ({
  ...standing,
  phase: 'present',
  departedAt: null,
  arrivedAt:
    standing.phase === 'present' || standing.phase === 'departed'
      ? standing.arrivedAt
      : Math.min(visit.admittedAt ?? occurredAt, occurredAt),
  ...(visit.location === null || (visit.location === standing.location && standing.phase === 'present')
    ? { since: standing.location === null ? occurredAt : standing.since }
    : { location: visit.location, since: occurredAt, away: null }),
});

const after = (standing: Standing, event: VisitEvent): Standing => {
  const { visit, occurredAt } = event;
  switch (event.trigger) {
    case 'A05':
      return standing.phase === 'unknown' ? { ...standing, phase: 'expected', arrivedAt: occurredAt } : standing;
    case 'A01':
    case 'A04':
      return placed(standing.phase === 'departed' ? { ...nothingKnown, stay: standing.stay + 1 } : standing, event);
    case 'A02':
      return placed(standing, event);
    case 'A03':
      return {
        ...standing,
        phase: 'departed',
        departedAt: Math.min(visit.dischargedAt ?? occurredAt, occurredAt),
        arrivedAt: standing.phase === 'unknown' ? occurredAt : standing.arrivedAt,
        away: null,
      };
    case 'A09':
      return {
        ...standing,
        away: {
          to: visit.temporaryLocation ?? (visit.location === standing.location ? null : visit.location),
          since: occurredAt,
        },
      };
    case 'A10':
      return { ...standing, away: cameBack(event, standing) ? null : { to: visit.temporaryLocation, since: occurredAt } };
    case 'A16':
      return { ...standing, expectedDepartureAt: visit.expectedDischargeAt ?? standing.expectedDepartureAt };
    default:
      return standing;
  }
};

/** Where a visit stands by all that was said of it, in whatever order it came. */
export const standingOf = (events: readonly VisitEvent[]): Standing => {
  const ordered = events.toSorted(compareEvents);
  const moving = ordered.filter(({ trigger }) => trigger !== 'A08' && trigger !== 'A16');
  const counting = stillCounting(ordered);
  const reached = counting.reduce(after, nothingKnown);
  // Somebody who was expected and came by mistake is not here either.
  const isNowhere = reached.phase === 'unknown' || reached.phase === 'expected';
  const wasTakenBack = isNowhere && ordered.some(({ trigger }) => trigger === 'A11');
  return {
    ...reached,
    phase: wasTakenBack ? 'cancelled' : reached.phase,
    decidedAt: moving.at(-1)?.occurredAt ?? 0,
  };
};
