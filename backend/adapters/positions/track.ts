/**
 * A recorded drive that can be played again. Recordings are odd: points without a time, times that go back, nights between two
 * days. What was done about it is said in a sentence, and what is left is a row of places with milliseconds from the start.
 */
import type { Instant, Position } from '#domain/model/values.ts';
import { bearingDegrees, haversineMetres } from '#geo/coordinates.ts';

/** One recorded place; what the file did not say is null. */
export type RawPoint = {
  readonly position: Position;
  readonly at: Instant | null;
  /** km/h */
  readonly speed: number | null;
  /** degrees clockwise from north */
  readonly heading: number | null;
};
export type TrackPoint = Omit<RawPoint, 'at'> & { readonly atMs: number };
export type Track = { readonly points: readonly TrackPoint[]; readonly durationMs: number };
/** `notes`: what whoever gave the file should know, each a part of a sentence. */
export type LaidOut = { readonly track: Track | null; readonly notes: readonly string[] };

/** A pause in a recording, a night or a tunnel, is played as at most so long. */
const LONGEST_PAUSE_MS = 300_000;
/** What a recording without times is driven at, km/h. */
const CONSTANT_SPEED = 50;
const IMPOSSIBLE_KMH = 400;
const NULL_ISLAND = 0.01;
/** A recording that never leaves its place. */
const SHORTEST_MS = 10_000;

const isPlace = ([longitude, latitude]: Position): boolean =>
  Math.abs(longitude) <= 180 &&
  Math.abs(latitude) <= 90 &&
  !(Math.abs(longitude) < NULL_ISLAND && Math.abs(latitude) < NULL_ISLAND);

const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

type Timed = RawPoint & { readonly at: Instant };

const byTimes = (points: readonly Timed[]): { readonly points: TrackPoint[]; readonly notes: string[] } => {
  const kept: TrackPoint[] = [];
  let back = 0;
  let shortened = 0;
  let impossible = 0;
  let before: Timed | undefined;
  let atMs = 0;
  for (const point of points) {
    const passed = before ? point.at - before.at : 0;
    if (before && passed <= 0) {
      back++;
      continue;
    }
    if (before && haversineMetres(before.position, point.position) / (passed / 3_600) > IMPOSSIBLE_KMH) impossible++;
    if (passed > LONGEST_PAUSE_MS) shortened++;
    atMs += Math.min(passed, LONGEST_PAUSE_MS);
    kept.push({ position: point.position, speed: point.speed, heading: point.heading, atMs });
    before = point;
  }
  return {
    points: kept,
    notes: [
      ...(back > 0 ? [`${many(back, 'point')} left out that repeat a moment or go back in time`] : []),
      ...(shortened > 0 ? [`${many(shortened, 'pause')} shortened to ${LONGEST_PAUSE_MS / 60_000} min`] : []),
      ...(impossible > 0 ? [`${many(impossible, 'step')} over ${IMPOSSIBLE_KMH} km/h, as recorded`] : []),
    ],
  };
};

const atConstantSpeed = (points: readonly RawPoint[]): TrackPoint[] => {
  let atMs = 0;
  return points.map(({ position, heading }, index) => {
    const before = points[index - 1];
    if (before) atMs += (haversineMetres(before.position, position) / CONSTANT_SPEED) * 3_600;
    return { position, heading, speed: null, atMs: Math.round(atMs) };
  });
};

/** Makes a track of what was recorded, in its order; none when nothing is left of it. */
export const layOut = (recorded: readonly RawPoint[]): LaidOut => {
  const places = recorded.filter(({ position }) => isPlace(position));
  const notes: string[] = [];
  const nowhere = recorded.length - places.length;
  if (nowhere > 0) notes.push(`${many(nowhere, 'point')} left out that are at no place`);
  const timed = places.filter((point): point is Timed => point.at !== null);
  const hasTimes = timed.length >= 2 && timed.length * 2 >= places.length;
  if (hasTimes && timed.length < places.length)
    notes.push(`${many(places.length - timed.length, 'point')} left out that have no time`);
  const laid = hasTimes ? byTimes(timed) : { points: atConstantSpeed(places), notes: [] };
  notes.push(...laid.notes);
  if (laid.points.length < 2) return { track: null, notes };
  if (!hasTimes) notes.push(`no times: driven at a constant ${CONSTANT_SPEED} km/h`);
  return { track: { points: laid.points, durationMs: Math.max(SHORTEST_MS, laid.points.at(-1)?.atMs ?? 0) }, notes };
};

/** Length in metres of what is driven. */
export const lengthOf = ({ points }: Track): number =>
  points.reduce((sum, { position }, index) => sum + haversineMetres(points[index - 1]?.position ?? position, position), 0);

/** Degrees of longitude between -180 and 180. */
const wrapped = (degrees: number): number => ((degrees + 540) % 360) - 180;

/** Between two places, the short way round the earth. */
const between = (from: Position, to: Position, share: number): Position => [
  wrapped(from[0] + wrapped(to[0] - from[0]) * share),
  from[1] + (to[1] - from[1]) * share,
];

/** The same drive elsewhere: its start at a place, every turn and distance as it was. */
export const movedTo = (track: Track, [longitude, latitude]: Position): Track => {
  const from = track.points[0]?.position ?? [longitude, latitude];
  const cosine = (degrees: number) => Math.cos((degrees * Math.PI) / 180);
  const widening = cosine(from[1]) / Math.max(0.01, cosine(latitude));
  const move = ([east, north]: Position): Position => [
    wrapped(longitude + wrapped(east - from[0]) * widening),
    Math.max(-90, Math.min(90, latitude + north - from[1])),
  ];
  return { ...track, points: track.points.map((point) => ({ ...point, position: move(point.position) })) };
};

const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

/** Where a track is so many milliseconds after its start; held at its end. */
export const placeAt = (track: Track, ms: number): Omit<RawPoint, 'at'> => {
  const { points } = track;
  let [low, high] = [0, points.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((points[middle] as TrackPoint).atMs <= ms) low = middle;
    else high = middle - 1;
  }
  const from = points[low] as TrackPoint;
  const to = points[low + 1];
  if (!to) return { position: from.position, heading: null, speed: 0 };
  const share = Math.max(0, ms - from.atMs) / (to.atMs - from.atMs);
  const [longitude, latitude] = between(from.position, to.position, share);
  const metres = haversineMetres(from.position, to.position);
  const moves = metres >= 1;
  return {
    position: [rounded(longitude), rounded(latitude)],
    heading: moves ? (from.heading ?? Math.round(bearingDegrees(from.position, to.position)) % 360) : null,
    speed: from.speed ?? Math.round((metres / (to.atMs - from.atMs)) * 3_600),
  };
};
