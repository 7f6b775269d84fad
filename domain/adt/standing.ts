/**
 * Where the messages about a visit say that it stands. It is read from all of them in the order in which things happened, never
 * from the order in which they came: a message that is late, or comes twice, gives the same answer as one that was in time.
 *
 *   expected ─A01 A04─► present ─A03─► departed        A11 takes back an arrival and what followed it, or an admission alone,
 *                       A02 │ ▲ A12       │            A12 the last transfer, A13 the departure, A07 an admission by A06
 *                           └─┘◄───A13────┘
 */
import type { Instant } from '../model/values.ts';
import { type LocationName, type VisitEvent, type VisitTrigger, visitTriggers } from './event.ts';
import { type AdtSite, shown } from './locations.ts';

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
  /** Taken as an inpatient: when, and by which place or service; null while nobody said so. */
  readonly admission: { readonly at: Instant; readonly to: string | null } | null;
  /** How the visit ended, as the sender writes it. */
  readonly dispositionCode: string | null;
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
  admission: null,
  dispositionCode: null,
  decidedAt: 0,
  stay: 0,
};

/** What of a site a standing depends on. */
export type StandingRules = Pick<AdtSite, 'admission'> & {
  /** Whether a place is not of this department. */
  readonly isElsewhere: (location: LocationName) => boolean;
  /** Whether people here had registered the patient by then, of whom the interface had said nothing. */
  readonly isHereAt: (at: Instant) => boolean;
};

/** No visit here is so long: what lies further back is the beginning of something else. */
const LONGEST_VISIT = 7 * 24 * 60 * 60_000;

/** When an arrival was: PV1-44 where it can be that, else when it happened. */
const arrivalOf = ({ visit: { admittedAt }, occurredAt }: VisitEvent): Instant =>
  admittedAt === null || admittedAt > occurredAt || admittedAt < occurredAt - LONGEST_VISIT ? occurredAt : admittedAt;

/** What a message says of its moments that cannot be, as sentences. */
export const unbelieved = (event: VisitEvent, standing: Standing): readonly string[] => {
  const { admittedAt, dischargedAt } = event.visit;
  const begins = (event.trigger === 'A01' || event.trigger === 'A04') && standing.arrivedAt === event.occurredAt;
  const ends = event.trigger === 'A03' && standing.departedAt === event.occurredAt;
  return [
    ...(begins && admittedAt !== null && admittedAt !== event.occurredAt
      ? ['PV1-44 is no moment of this arrival and was not believed.']
      : []),
    ...(ends && dischargedAt !== null && dischargedAt !== event.occurredAt
      ? ['PV1-45 lies before the arrival, or is still to come, and was not believed.']
      : []),
  ];
};

const rank = (trigger: VisitTrigger): number => visitTriggers.indexOf(trigger);

/** Before (negative) or after, by when it happened, was entered, by trigger, and last by name, so that any two have one order. */
export const compareEvents = (one: VisitEvent, other: VisitEvent): number =>
  one.occurredAt - other.occurredAt ||
  one.recordedAt - other.recordedAt ||
  rank(one.trigger) - rank(other.trigger) ||
  (one.controlId < other.controlId ? -1 : one.controlId > other.controlId ? 1 : 0);

/** What says that a patient is here. */
const arrivals: readonly VisitTrigger[] = ['A01', 'A04', 'A02', 'A06'];

const lastOf = (events: readonly VisitEvent[], ...triggers: readonly VisitTrigger[]): number =>
  events.findLastIndex(({ trigger }) => triggers.includes(trigger));

/** The events that still count after those that were taken back, and whether the arrival itself was. */
const stillCounting = (
  rules: StandingRules,
  ordered: readonly VisitEvent[],
): { readonly counting: readonly VisitEvent[]; readonly isStruck: boolean } => {
  const counting: VisitEvent[] = [];
  let isStruck = false;
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
      const reached = counting.reduce((standing, one) => after(rules, standing, one), nothingKnown);
      if (location !== null && reached.location !== location) counting.push({ ...event, trigger: 'A02' });
    } else if (event.trigger === 'A11') {
      const last = lastOf(counting, 'A01', 'A04');
      const arrival = counting[last];
      const wasHere =
        arrival?.trigger === 'A01' &&
        (counting.slice(begun(), last).some(({ trigger }) => arrivals.includes(trigger)) ||
          (admits(rules, arrival) && rules.isHereAt(arrival.occurredAt)));
      // Who was here before was admitted by it, and is here all the same when that is taken back.
      if (wasHere) counting.splice(last, 1);
      else if (last >= begun()) counting.splice(last);
      isStruck ||= !wasHere;
    } else counting.push(event);
  }
  return { counting, isStruck };
};

const cameBack = ({ visit }: VisitEvent, standing: Standing): boolean =>
  visit.temporaryLocation === null ||
  visit.temporaryLocation === standing.location ||
  (visit.location !== null &&
    visit.location === standing.location &&
    (visit.priorTemporaryLocation ?? visit.priorLocation) !== null);

/** Whether a message says that somebody is an inpatient. */
const admits = (rules: StandingRules, { trigger, visit: { location, patientClass } }: VisitEvent): boolean =>
  trigger === 'A06' ||
  (trigger === 'A01' && patientClass === 'I') ||
  (location !== null && (trigger === 'A01' || trigger === 'A02') && rules.isElsewhere(location));

/** Whether somebody who is here is given a place elsewhere, and waits here for it. */
const isOnlyAssigned = (rules: StandingRules, standing: Standing, { trigger, visit, occurredAt }: VisitEvent): boolean =>
  rules.admission === 'boards' &&
  (trigger === 'A01' || trigger === 'A06') &&
  visit.location !== null &&
  rules.isElsewhere(visit.location) &&
  (standing.phase === 'present'
    ? standing.location === null || !rules.isElsewhere(standing.location)
    : standing.phase !== 'departed' && rules.isHereAt(occurredAt));

/** PV1-44 of an admission is its moment where it is not that of the arrival. */
const admissionAfter = (
  rules: StandingRules,
  { admission }: Standing,
  event: VisitEvent,
  arrivedAt: Instant,
): Standing['admission'] => {
  if (!admits(rules, event)) return admission;
  const { trigger, visit, occurredAt } = event;
  const { admittedAt } = visit;
  const elsewhere = visit.location !== null && rules.isElsewhere(visit.location) ? shown(visit.location) : null;
  const isOwn = trigger !== 'A02' && admittedAt !== null && admittedAt > arrivedAt && admittedAt <= occurredAt;
  return {
    at: admission?.at ?? (isOwn ? admittedAt : occurredAt),
    to: elsewhere ?? (visit.pendingLocation ? shown(visit.pendingLocation) : null) ?? visit.service ?? admission?.to ?? null,
  };
};

const placed = (rules: StandingRules, standing: Standing, event: VisitEvent): Standing => {
  const { visit, occurredAt } = event;
  const wasHere = standing.phase === 'present' || standing.phase === 'departed';
  const arrivedAt = wasHere ? standing.arrivedAt : arrivalOf(event);
  const stays =
    visit.location === null ||
    (visit.location === standing.location && standing.phase === 'present') ||
    isOnlyAssigned(rules, standing, event);
  return {
    ...standing,
    phase: 'present',
    departedAt: null,
    dispositionCode: null,
    arrivedAt,
    admission: admissionAfter(rules, standing, event, arrivedAt),
    ...(stays
      ? { since: standing.location === null ? occurredAt : standing.since }
      : { location: visit.location, since: occurredAt, away: null }),
  };
};

/** When a departure was: PV1-45 where it can be that, else when it happened. */
const departureOf = ({ phase, arrivedAt }: Standing, { visit: { dischargedAt }, occurredAt }: VisitEvent): Instant => {
  const earliest = phase === 'present' ? arrivedAt : occurredAt - LONGEST_VISIT;
  return dischargedAt === null || dischargedAt < earliest || dischargedAt > occurredAt ? occurredAt : dischargedAt;
};

const after = (rules: StandingRules, standing: Standing, event: VisitEvent): Standing => {
  const { visit, occurredAt } = event;
  switch (event.trigger) {
    case 'A05':
      return standing.phase === 'unknown' ? { ...standing, phase: 'expected', arrivedAt: occurredAt } : standing;
    case 'A01':
    case 'A04':
      return placed(rules, standing.phase === 'departed' ? { ...nothingKnown, stay: standing.stay + 1 } : standing, event);
    case 'A02':
    case 'A06':
      return placed(rules, standing, event);
    case 'A07':
      return { ...placed(rules, standing, event), admission: null };
    case 'A03':
      return {
        ...standing,
        phase: 'departed',
        departedAt: departureOf(standing, event),
        dispositionCode: visit.dispositionCode ?? null,
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
export const standingOf = (events: readonly VisitEvent[], rules: StandingRules): Standing => {
  const ordered = events.toSorted(compareEvents);
  const moving = ordered.filter(({ trigger }) => trigger !== 'A08' && trigger !== 'A16');
  const { counting, isStruck } = stillCounting(rules, ordered);
  const reached = counting.reduce((standing, event) => after(rules, standing, event), nothingKnown);
  // Somebody who was expected and came by mistake is not here either.
  const isNowhere = reached.phase === 'unknown' || reached.phase === 'expected';
  return {
    ...reached,
    phase: isNowhere && isStruck ? 'cancelled' : reached.phase,
    decidedAt: moving.at(-1)?.occurredAt ?? 0,
  };
};
