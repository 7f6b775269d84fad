/**
 * Which of a unit's sources is believed. The vehicle, a crew's phone and a replayed track may all report one unit, each with
 * its own clock, pace and honesty. The newest sighting of each source is kept, and the best of them is shown: fresh before
 * old, then the source with the lowest priority number. What is shown of a unit never goes back in time and never claims
 * to be observed after it arrived, so a clock that runs ahead is noted and can freeze nothing.
 *
 * A sighting that cannot be true is refused with its reason. One that is too far away to have been driven to is held back
 * until the next one confirms it: a reflected signal is alone, a unit that was carried on a ferry is not.
 */
import type { UnitFix } from '../model/telemetry.ts';
import type { UnitType } from '../model/unit.ts';
import type { Id, Instant, Position } from '../model/values.ts';
import { type FreshnessState, freshness, skewTolerance } from './freshness.ts';

export type PositionSource = {
  readonly name: string;
  /** the lowest number is believed first */
  readonly priority: number;
  /** seconds that pass for it in a real one: above 1 where a day is played faster */
  readonly pace: number;
  /** made up by a simulator: counts only where nothing real has reported for as long as a fix takes to be lost */
  readonly invented: boolean;
};

/** One report of one source about one unit. */
export type Sighting = {
  readonly source: PositionSource;
  readonly position: Position;
  /** degrees clockwise from north */
  readonly heading: number | null;
  /** km/h */
  readonly speed: number | null;
  /** metres */
  readonly accuracy: number | null;
  /** the source's own clock */
  readonly claimedAt: Instant;
  /** server time */
  readonly receivedAt: Instant;
};

/** Why a sighting was not used. `jump`: held back until another confirms it. */
export const unusedReasons = ['outOfRange', 'nullIsland', 'tooOld', 'duplicate', 'outOfOrder', 'inaccurate', 'jump'] as const;
export type UnusedReason = (typeof unusedReasons)[number];

type Track = { readonly last: Sighting | null; readonly held: Sighting | null };
/** What is known of one unit's whereabouts. */
export type UnitPositions = {
  readonly tracks: ReadonlyMap<string, Track>;
  readonly shown: Sighting | null;
  /** When the desks were told that the last fix was observed: the next one is later, whatever a clock does. */
  readonly toldAt: Instant | null;
};

export type FusionLimits = {
  /** km/h that no unit of a type exceeds */
  readonly fastest: Readonly<Record<UnitType, number>>;
  /** metres of accuracy beyond which a sighting only counts where there is nothing better */
  readonly accurate: number;
};

const road = 250;
/** Shipped defaults: no road vehicle does 250 km/h, no rescue helicopter 400. */
export const fusionLimits: FusionLimits = {
  fastest: { als: road, bls: road, car: road, physician: road, supervisor: road, helicopter: 400 },
  accurate: 200,
};

/** A unit of which nothing is known yet. */
export const nowhere: UnitPositions = { tracks: new Map(), shown: null, toldAt: null };

/** A receiver without a signal reports the place where equator and prime meridian cross; degrees around it. */
const NULL_ISLAND = 0.01;
/** Further back than this is not a late fix but a wrong one: a receiver's calendar that began anew. */
const OLDEST_MS = 24 * 3_600_000;
/** With a clock that runs ahead the order of two sightings is believed only when they came this close together. */
const ORDER_BELIEVED_MS = 30_000;
/** Seconds that a jump is allowed besides the time between two sightings: rounding of both clocks, noise of the signal. */
const JUMP_SLACK = 3;
/** Metres that one sighting's own inaccuracy may excuse. */
const MOST_EXCUSED = 500;

const EARTH_RADIUS = 6_371_008.8;
const radians = (degrees: number) => (degrees * Math.PI) / 180;
const metresBetween = (from: Position, to: Position): number => {
  const sinLat = Math.sin(radians(to[1] - from[1]) / 2);
  const sinLon = Math.sin(radians(to[0] - from[0]) / 2);
  const chord = sinLat * sinLat + Math.cos(radians(from[1])) * Math.cos(radians(to[1])) * sinLon * sinLon;
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(chord)));
};

const observedAt = ({ claimedAt, receivedAt }: Sighting): Instant => Math.min(claimedAt, receivedAt);
const runsAhead = ({ claimedAt, receivedAt }: Sighting): boolean => claimedAt > receivedAt;
const stateOf = (sighting: Sighting, now: Instant): FreshnessState =>
  freshness('unitFix', { observedAt: observedAt(sighting), receivedAt: sighting.receivedAt }, now).state;
const isAccurate = ({ accuracy }: Sighting, limits: FusionLimits): boolean => accuracy === null || accuracy <= limits.accurate;

const impossible = ({ position: [longitude, latitude], claimedAt, receivedAt }: Sighting): UnusedReason | null => {
  if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) return 'outOfRange';
  if (Math.abs(longitude) < NULL_ISLAND && Math.abs(latitude) < NULL_ISLAND) return 'nullIsland';
  return receivedAt - claimedAt > OLDEST_MS ? 'tooOld' : null;
};

/** Whether a sighting adds nothing to an earlier one of its source, or comes from before it. */
const stale = (sighting: Sighting, earlier: Sighting): UnusedReason | null => {
  const samePlace = sighting.position[0] === earlier.position[0] && sighting.position[1] === earlier.position[1];
  const reason = samePlace && sighting.claimedAt === earlier.claimedAt ? 'duplicate' : 'outOfOrder';
  if (runsAhead(sighting) && runsAhead(earlier)) {
    const close = sighting.receivedAt - earlier.receivedAt < ORDER_BELIEVED_MS;
    return close && sighting.claimedAt <= earlier.claimedAt ? reason : null;
  }
  return observedAt(sighting) <= observedAt(earlier) ? reason : null;
};

const couldReach = (from: Sighting, to: Sighting, fastest: number): boolean => {
  const seconds = Math.max(0, observedAt(to) - observedAt(from)) / 1_000 + JUMP_SLACK;
  const excused = Math.min(from.accuracy ?? 0, MOST_EXCUSED) + Math.min(to.accuracy ?? 0, MOST_EXCUSED);
  return metresBetween(from.position, to.position) <= (fastest / 3.6) * seconds * to.source.pace + excused;
};

/** Takes one report about a unit of a type; `unused` says why it is not used. */
export const takeSighting = (
  known: UnitPositions,
  sighting: Sighting,
  type: UnitType,
  limits: FusionLimits = fusionLimits,
): { readonly known: UnitPositions; readonly unused: UnusedReason | null } => {
  const unused = (reason: UnusedReason) => ({ known, unused: reason });
  const wrong = impossible(sighting);
  if (wrong) return unused(wrong);
  const { last, held }: Track = known.tracks.get(sighting.source.name) ?? { last: null, held: null };
  const old = (last && stale(sighting, last)) ?? (held && stale(sighting, held));
  if (old) return unused(old);
  const better = () =>
    [...known.tracks.values()].some(
      ({ last: other }) => other && isAccurate(other, limits) && stateOf(other, sighting.receivedAt) === 'live',
    );
  if (!isAccurate(sighting, limits) && better()) return unused('inaccurate');
  const fastest = limits.fastest[type];
  const believed = !last || couldReach(last, sighting, fastest) || (held !== null && couldReach(held, sighting, fastest));
  const track: Track = believed ? { last: sighting, held: null } : { last, held: sighting };
  const tracks = new Map(known.tracks).set(sighting.source.name, track);
  return { known: { ...known, tracks }, unused: believed ? null : 'jump' };
};

const order: readonly FreshnessState[] = ['live', 'late', 'stale', 'lost'];

/** The sighting to believe at `now`, whether or not it has been shown. */
export const bestSighting = (known: UnitPositions, now: Instant, limits: FusionLimits = fusionLimits): Sighting | null => {
  const all = [...known.tracks.values()].flatMap(({ last }) => last ?? []);
  const state = new Map(all.map((sighting) => [sighting, order.indexOf(stateOf(sighting, now))]));
  const rank = (sighting: Sighting) => state.get(sighting) ?? order.length;
  const seen = all.some((sighting) => !sighting.source.invented && rank(sighting) < order.indexOf('lost'));
  const candidates = seen ? all.filter(({ source }) => !source.invented) : all;
  const [best] = candidates.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      Number(isAccurate(b, limits)) - Number(isAccurate(a, limits)) ||
      a.source.priority - b.source.priority ||
      observedAt(b) - observedAt(a),
  );
  return best ?? null;
};

/**
 * What is known once the hospital's own clock was found to have gone back by so many milliseconds: every arrival as the clock
 * would have dated it. What a source says of its own clock stands.
 */
export const setBack = (known: UnitPositions, by: number): UnitPositions => {
  const dated = <One extends Sighting | null>(sighting: One): One =>
    sighting && { ...sighting, receivedAt: sighting.receivedAt - by };
  const tracks = [...known.tracks].map(([name, { last, held }]) => [name, { last: dated(last), held: dated(held) }] as const);
  return { tracks: new Map(tracks), shown: dated(known.shown), toldAt: known.toldAt };
};

/**
 * The fix to show next: the best one, when it was observed after what is shown; null when there is nothing newer. Desks drop what is
 * not newer than what they have: after a clock went back a fix is told a millisecond later than the one before it.
 */
export const nextFix = (
  known: UnitPositions,
  unitId: Id,
  now: Instant,
  limits: FusionLimits = fusionLimits,
): { readonly known: UnitPositions; readonly fix: UnitFix } | null => {
  const best = bestSighting(known, now, limits);
  if (!best || (known.shown && observedAt(best) <= observedAt(known.shown))) return null;
  const { position, heading, speed, accuracy, claimedAt, receivedAt, source } = best;
  const skewMs = claimedAt - receivedAt;
  const toldAt = Math.max(observedAt(best), (known.toldAt ?? Number.NEGATIVE_INFINITY) + 1);
  return {
    known: { ...known, shown: best, toldAt },
    fix: {
      unitId,
      position: [position[0], position[1]],
      heading,
      speed,
      observedAt: toldAt,
      source: source.name,
      ...(skewMs > skewTolerance ? { skewMs } : {}),
      ...(accuracy === null ? {} : { accuracy }),
    },
  };
};

/** How old and how good what each source last said is, for those who look after the sources; best first at `now`. */
export const sourcesOf = (
  known: UnitPositions,
  now: Instant,
): readonly { readonly source: PositionSource; readonly last: Sighting; readonly state: FreshnessState }[] =>
  [...known.tracks.values()]
    .flatMap(({ last }) => (last ? [{ source: last.source, last, state: stateOf(last, now) }] : []))
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.source.priority - b.source.priority);
