/**
 * Which units to send, and why. Nothing is hidden: every unit is either a candidate with its reasons, or could be diverted, or
 * is left out with the reason. An arrival time that is not known is null, never 0; such a candidate stands behind those that
 * have one. The weights below put candidates in order and are this project's working assumption; the reasons are what a
 * dispatcher decides on.
 */
import type { RunCard } from '../model/dispatch-settings.ts';
import type { Incident, IncidentPriority } from '../model/incident.ts';
import type { UnitFix } from '../model/telemetry.ts';
import type { Capability, Unit } from '../model/unit.ts';
import type { Id, Instant } from '../model/values.ts';
import { capabilitiesOf } from './capabilities.ts';
import { type Drive, straightMetres } from './drive.ts';
import { clockAheadMs, type Freshness, freshness } from './freshness.ts';
import { isBeforeScene, isFree } from './unit-status.ts';

/** Why a unit is not a candidate; for each `value` says how much: seconds of age or of driving, metres, or the moment it ends. */
export const leftOutCodes = [
  'alreadyOnIt',
  'refusedIt',
  'crewEmergency',
  'outOfService',
  'notFree',
  'notStaffed',
  'resting',
  'noPosition',
  'positionLost',
  'offRoad',
  'noWay',
  'outsideRadius',
] as const;
export type LeftOutCode = (typeof leftOutCodes)[number];

/** What speaks for or against a candidate; for each `value` says how much: seconds, metres, or nothing. */
export const reasonCodes = [
  'coversAll',
  'coversSome',
  'coversNothing',
  'atStation',
  'mobile',
  'byAir',
  'arrivalUnknown',
  'positionLate',
  'positionStale',
  'clockSkewed',
  'farFromRoad',
  'shiftEndsSoon',
  'delayed',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];
export type Reason = { readonly code: ReasonCode; readonly speaks: 'for' | 'against' | 'neither'; readonly value: number | null };

/** What the recommendation comes to as a whole: units were found, or why there is none. */
export const verdicts = [
  'found',
  'noCandidates',
  'outsideRadius',
  'locationsTooStale',
  'notStaffed',
  'resting',
  'noneFree',
] as const;
export type Verdict = (typeof verdicts)[number];

export type Candidate = {
  readonly unitId: Id;
  readonly callsign: string;
  readonly type: Unit['type'];
  readonly status: Unit['status'];
  /** Until it arrives, seconds; null when not known. */
  readonly etaSeconds: number | null;
  /** By road; null when not known. */
  readonly metres: number | null;
  readonly straightMetres: number;
  readonly position: { readonly state: Freshness['state']; readonly ageSeconds: number; readonly skewed: boolean };
  /** What it brings of what is still needed. */
  readonly covers: readonly Capability[];
  readonly reasons: readonly Reason[];
};
/** A unit on its way to something less urgent. */
export type Diversion = Candidate & {
  readonly from: { readonly incidentId: Id; readonly priority: IncidentPriority; readonly address: string };
  /** Sooner than the first candidate, seconds; null when either is not known. */
  readonly soonerSeconds: number | null;
};
export type LeftOut = {
  readonly unitId: Id;
  readonly callsign: string;
  readonly why: LeftOutCode;
  readonly value: number | null;
};

/** One line of the run card: how many are needed, are on it already, would come by the suggestion, and are missing even then. */
export type NeedCount = {
  readonly what: Capability;
  readonly count: number;
  readonly onIt: number;
  readonly suggested: number;
  readonly missing: number;
};

export type Recommendation = {
  readonly verdict: Verdict;
  /** Best first. */
  readonly candidates: readonly Candidate[];
  /** Soonest first. */
  readonly diversions: readonly Diversion[];
  readonly leftOut: readonly LeftOut[];
  /** Units that together bring what the run card needs, as far as the candidates go. */
  readonly suggestion: readonly { readonly unitId: Id; readonly callsign: string; readonly brings: readonly Capability[] }[];
  readonly needs: readonly NeedCount[];
};

/** One unit with what is known of it; `mission` is the incident it is on, `refused` that its crew said no to this one. */
export type UnitAtHand = {
  readonly unit: Unit;
  readonly fix: (UnitFix & { readonly receivedAt: Instant }) | null;
  readonly mission: Incident | null;
  readonly refused: boolean;
  readonly drive: Drive;
};

/** A drive longer than this is outside the radius, seconds; where driving is not known, this far in a straight line, metres. */
const RADIUS = { seconds: 45 * 60, metres: 40_000 };
const SHIFT_ENDS_SOON = 30 * 60_000;
const FAR_FROM_ROAD = 150;
/** A helicopter flies straight once its rotors turn. */
const FLIGHT = { startSeconds: 180, metresPerSecond: 55 };
/** Seconds that count against a candidate in the order. */
const HANDICAP: Readonly<Partial<Record<ReasonCode, number>>> = {
  positionStale: 120,
  positionLate: 15,
  shiftEndsSoon: 60,
  delayed: 60,
  coversNothing: 1_200,
};
/** Sending one unit fewer is worth this wait, for each thing that is needed, seconds. */
const WORTH_OF_A_NEED = 300;

/** Whether a unit's position is good enough to ask for its drive. */
export const isWorthAsking = ({ unit, fix }: Pick<UnitAtHand, 'unit' | 'fix'>, now: Instant): boolean =>
  fix !== null &&
  unit.type !== 'helicopter' &&
  (isFree(unit.status) || isBeforeScene(unit.status)) &&
  freshness('unitFix', fix, now).state !== 'lost';

const obstacleOf = (
  { unit, mission, refused }: UnitAtHand,
  incident: Incident,
  now: Instant,
): Omit<LeftOut, 'unitId' | 'callsign'> | null => {
  if (mission?.id === incident.id) return { why: 'alreadyOnIt', value: null };
  if (refused) return { why: 'refusedIt', value: null };
  if (unit.emergency) return { why: 'crewEmergency', value: unit.emergencySince };
  if (unit.status === 'outOfService') return { why: 'outOfService', value: null };
  const isDivertible = isBeforeScene(unit.status) && mission !== null && mission.priority > incident.priority;
  if (!isDivertible && (!isFree(unit.status) || unit.assignmentId !== null)) return { why: 'notFree', value: unit.statusSince };
  if (unit.shiftStartedAt > now || (unit.shiftEndsAt !== null && unit.shiftEndsAt <= now)) {
    return { why: 'notStaffed', value: unit.shiftStartedAt > now ? unit.shiftStartedAt : unit.shiftEndsAt };
  }
  if (unit.restingUntil !== null && unit.restingUntil > now) return { why: 'resting', value: unit.restingUntil };
  return null;
};

const distanceObstacle = (hand: UnitAtHand, incident: Incident, now: Instant): Omit<LeftOut, 'unitId' | 'callsign'> | null => {
  const { fix, drive, unit } = hand;
  if (fix === null) return { why: 'noPosition', value: null };
  const { state, ageMs } = freshness('unitFix', fix, now);
  if (state === 'lost') return { why: 'positionLost', value: Math.round(ageMs / 1000) };
  const straight = straightMetres(fix.position, incident.position);
  if (unit.type === 'helicopter') return straight > RADIUS.metres ? { why: 'outsideRadius', value: straight } : null;
  if (drive.state === 'offRoad') return { why: 'offRoad', value: null };
  if (drive.state === 'noWay') return { why: 'noWay', value: null };
  if (drive.state === 'reached')
    return drive.seconds > RADIUS.seconds ? { why: 'outsideRadius', value: Math.round(drive.seconds) } : null;
  return straight > RADIUS.metres ? { why: 'outsideRadius', value: straight } : null;
};

const reason = (code: ReasonCode, speaks: Reason['speaks'], value: number | null = null): Reason => ({ code, speaks, value });

const candidateOf = (hand: UnitAtHand, incident: Incident, needed: readonly Capability[], now: Instant): Candidate => {
  const { unit, drive } = hand;
  const fix = hand.fix as NonNullable<UnitAtHand['fix']>;
  const fresh = freshness('unitFix', fix, now);
  const age = Math.round(fresh.ageMs / 1000);
  const straight = straightMetres(fix.position, incident.position);
  const isAir = unit.type === 'helicopter';
  const reached = drive.state === 'reached' && !isAir ? drive : null;
  const etaSeconds = isAir
    ? Math.round(FLIGHT.startSeconds + straight / FLIGHT.metresPerSecond)
    : reached && Math.round(reached.seconds);
  const can = capabilitiesOf(unit);
  const covers = needed.filter((what) => can.has(what));
  const cover: ReasonCode = covers.length === needed.length ? 'coversAll' : covers.length > 0 ? 'coversSome' : 'coversNothing';
  const reasons: readonly (Reason | false)[] = [
    needed.length > 0 && reason(cover, cover === 'coversNothing' ? 'against' : 'for'),
    unit.status === 'availableAtStation' && reason('atStation', 'neither'),
    unit.status === 'availableMobile' && reason('mobile', 'for'),
    isAir && reason('byAir', 'neither'),
    etaSeconds === null && reason('arrivalUnknown', 'against'),
    fresh.state === 'late' && reason('positionLate', 'against', age),
    fresh.state === 'stale' && reason('positionStale', 'against', age),
    fresh.skewed && reason('clockSkewed', 'against', Math.round(clockAheadMs(fix) / 1000)),
    reached !== null && reached.offRoad > FAR_FROM_ROAD && reason('farFromRoad', 'against', reached.offRoad),
    unit.shiftEndsAt !== null &&
      unit.shiftEndsAt - now < SHIFT_ENDS_SOON &&
      reason('shiftEndsSoon', 'against', Math.round((unit.shiftEndsAt - now) / 1000)),
    unit.delayed && reason('delayed', 'against'),
  ];
  return {
    unitId: unit.id,
    callsign: unit.callsign,
    type: unit.type,
    status: unit.status,
    etaSeconds,
    metres: reached && Math.round(reached.metres),
    straightMetres: straight,
    position: { state: fresh.state, ageSeconds: age, skewed: fresh.skewed },
    covers,
    reasons: reasons.filter((each) => each !== false),
  };
};

const handicap = ({ reasons }: Candidate): number => reasons.reduce((sum, { code }) => sum + (HANDICAP[code] ?? 0), 0);

/** Known arrivals before unknown ones, then by arrival with what counts against it, then by distance and name. */
const byMerit = (a: Candidate, b: Candidate): number => {
  if ((a.etaSeconds === null) !== (b.etaSeconds === null)) return a.etaSeconds === null ? 1 : -1;
  const merit = (a.etaSeconds ?? 0) + handicap(a) - (b.etaSeconds ?? 0) - handicap(b);
  return merit || a.straightMetres - b.straightMetres || (a.callsign < b.callsign ? -1 : 1);
};

type Short = { readonly what: Capability; readonly left: number };

const shortOf = (needs: RunCard['needs'], units: readonly { readonly can: ReadonlySet<Capability> }[]): Short[] =>
  needs.map(({ what, count }) => ({ what, left: Math.max(0, count - units.filter(({ can }) => can.has(what)).length) }));

/**
 * Units that together bring what is short. Each step takes the one whose arrival, less the worth of what it brings, is the
 * least; in the end whoever became superfluous goes, the latest first.
 */
const together = (short: RunCard['needs'], candidates: readonly Candidate[], canOf: ReadonlyMap<Id, ReadonlySet<Capability>>) => {
  const can = ({ unitId }: Candidate): ReadonlySet<Capability> => canOf.get(unitId) ?? new Set();
  const of = (units: readonly Candidate[]) =>
    shortOf(
      short,
      units.map((unit) => ({ can: can(unit) })),
    ).reduce((sum, { left }) => sum + left, 0);
  const chosen: Candidate[] = [];
  for (let left = of(chosen); left > 0; left = of(chosen)) {
    const cost = (one: Candidate): number => {
      const brings = left - of([...chosen, one]);
      if (brings === 0) return Number.POSITIVE_INFINITY;
      return (one.etaSeconds ?? one.straightMetres / 5) + handicap(one) - WORTH_OF_A_NEED * brings;
    };
    let best: Candidate | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const one of candidates) {
      if (chosen.includes(one)) continue;
      const price = cost(one);
      if (price < least) [best, least] = [one, price];
    }
    if (!best) break;
    chosen.push(best);
  }
  const least = of(chosen);
  for (const unit of [...chosen].sort((a, b) => (b.etaSeconds ?? 1e6) - (a.etaSeconds ?? 1e6))) {
    const without = chosen.filter((each) => each !== unit);
    if (of(without) === least) chosen.splice(chosen.indexOf(unit), 1);
  }
  return chosen.sort(byMerit);
};

const verdictOf = (candidates: readonly Candidate[], leftOut: readonly LeftOut[]): Verdict => {
  if (candidates.length > 0) return 'found';
  const free = leftOut.filter(
    ({ why }) => !['alreadyOnIt', 'refusedIt', 'crewEmergency', 'outOfService', 'notFree'].includes(why),
  );
  if (free.length === 0) return leftOut.some(({ why }) => why === 'notFree') ? 'noneFree' : 'noCandidates';
  const count = (...codes: readonly LeftOutCode[]): number => free.filter(({ why }) => codes.includes(why)).length;
  const told: readonly (readonly [verdict: Verdict, count: number])[] = [
    ['locationsTooStale', count('positionLost', 'noPosition')],
    ['outsideRadius', count('outsideRadius', 'offRoad', 'noWay')],
    ['resting', count('resting')],
    ['notStaffed', count('notStaffed')],
  ];
  // What keeps most of the free units away is what a dispatcher can do something about.
  return told.reduce((a, b) => (b[1] > a[1] ? b : a))[0];
};

/** Ranks all units for an incident by what its run card (undefined: none) needs. */
export const recommendUnits = (
  incident: Incident,
  card: Pick<RunCard, 'needs'> | undefined,
  hands: readonly UnitAtHand[],
  now: Instant,
): Recommendation => {
  const canOf = new Map(hands.map(({ unit }) => [unit.id, capabilitiesOf(unit)]));
  const onIt = hands.filter(({ mission }) => mission?.id === incident.id).map(({ unit }) => ({ can: capabilitiesOf(unit) }));
  const needs = card?.needs ?? [];
  const short = shortOf(needs, onIt);
  const needed = short.filter(({ left }) => left > 0).map(({ what }) => what);

  const candidates: Candidate[] = [];
  const diversions: Omit<Diversion, 'soonerSeconds'>[] = [];
  const leftOut: LeftOut[] = [];
  for (const hand of hands) {
    const { unit, mission } = hand;
    const obstacle = obstacleOf(hand, incident, now) ?? distanceObstacle(hand, incident, now);
    if (obstacle) leftOut.push({ unitId: unit.id, callsign: unit.callsign, ...obstacle });
    else {
      const candidate = candidateOf(hand, incident, needed, now);
      if (mission === null) candidates.push(candidate);
      else
        diversions.push({ ...candidate, from: { incidentId: mission.id, priority: mission.priority, address: mission.address } });
    }
  }
  candidates.sort(byMerit);
  const first = candidates[0]?.etaSeconds ?? null;
  const chosen = together(
    short.map(({ what, left }) => ({ what, count: left })),
    candidates,
    canOf,
  );
  const chosenCan = chosen.map(({ unitId }) => ({ can: canOf.get(unitId) ?? new Set<Capability>() }));
  return {
    verdict: verdictOf(candidates, leftOut),
    candidates,
    diversions: diversions.sort(byMerit).map((one) => ({
      ...one,
      soonerSeconds: first === null || one.etaSeconds === null ? null : first - one.etaSeconds,
    })),
    leftOut: leftOut.sort(
      (a, b) => leftOutCodes.indexOf(a.why) - leftOutCodes.indexOf(b.why) || (a.callsign < b.callsign ? -1 : 1),
    ),
    suggestion: chosen.map(({ unitId, callsign, covers }) => ({ unitId, callsign, brings: covers })),
    needs: needs.map(({ what, count }) => {
      const here = onIt.filter(({ can }) => can.has(what)).length;
      const coming = chosenCan.filter(({ can }) => can.has(what)).length;
      return { what, count, onIt: here, suggested: coming, missing: Math.max(0, count - here - coming) };
    }),
  };
};
