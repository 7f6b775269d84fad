/** A place on the ground: longitude and latitude in degrees, WGS 84, in that order. */
export type Position = readonly [lon: number, lat: number];

/** A rectangle in degrees: west, south, east, north. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** The mean radius of the earth in metres (IUGG R1). */
export const EARTH_RADIUS_METRES = 6_371_008.8;

/** Coordinates are stored as whole numbers of this fraction of a degree: about 1 cm on the ground. */
export const STEPS_PER_DEGREE = 1e7;

const RADIANS = Math.PI / 180;

/** Great-circle distance in metres between two positions. */
export function haversineMetres(from: Position, to: Position): number {
  const sinLat = Math.sin(((to[1] - from[1]) * RADIANS) / 2);
  const sinLon = Math.sin(((to[0] - from[0]) * RADIANS) / 2);
  const chord = sinLat * sinLat + Math.cos(from[1] * RADIANS) * Math.cos(to[1] * RADIANS) * sinLon * sinLon;
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** Initial bearing in degrees clockwise from true north, 0 to below 360; 0 when both positions are the same. */
export function bearingDegrees(from: Position, to: Position): number {
  const fromLat = from[1] * RADIANS;
  const toLat = to[1] * RADIANS;
  const turn = (to[0] - from[0]) * RADIANS;
  const y = Math.sin(turn) * Math.cos(toLat);
  const x = Math.cos(fromLat) * Math.sin(toLat) - Math.sin(fromLat) * Math.cos(toLat) * Math.cos(turn);
  return (Math.atan2(y, x) / RADIANS + 360) % 360;
}

/** Length in metres of a polyline; 0 for fewer than two positions. */
export function lengthMetres(path: readonly Position[]): number {
  let metres = 0;
  for (let i = 1; i < path.length; i++) metres += haversineMetres(path[i - 1] as Position, path[i] as Position);
  return metres;
}

/**
 * Where one stands after so many metres along a polyline, and the bearing in degrees of the piece one stands on;
 * held at the ends; undefined for an empty polyline.
 */
export function pointAlong(
  path: readonly Position[],
  metres: number,
): { readonly position: Position; readonly bearing: number } | undefined {
  const first = path[0];
  if (first === undefined) return undefined;
  let left = Math.max(0, metres);
  let bearing = 0;
  for (let i = 1; i < path.length; i++) {
    const from = path[i - 1] as Position;
    const to = path[i] as Position;
    const length = haversineMetres(from, to);
    if (length === 0) continue;
    bearing = bearingDegrees(from, to);
    if (left <= length) {
      const share = left / length;
      return { position: [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share], bearing };
    }
    left -= length;
  }
  return { position: path.at(-1) ?? first, bearing };
}
