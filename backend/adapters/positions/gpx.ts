/** Reads GPX as it comes: the recorded points of tracks, or of routes where there is no track. */
import { SaxesParser } from 'saxes';
import type { Position } from '#domain/model/values.ts';
import { momentOf } from './osmand.ts';
import { courseOf, kmhOf } from './speed.ts';
import type { RawPoint } from './track.ts';

export type GpxRead = {
  readonly points: readonly RawPoint[];
  /** pieces of a track that hold a point */
  readonly segments: number;
  readonly notes: readonly string[];
};

/** Points beyond this are left out: a day at ten points a second. */
const MOST_POINTS = 864_000;
const LONGEST_TEXT = 100;
const wanted = ['time', 'speed', 'course'] as const;
type Wanted = (typeof wanted)[number];

/** A decimal number; anything else is none. */
const numberOf = (text: string | undefined): number =>
  text !== undefined && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Reads the text of a file in parts; what comes after damage is lost, what came before it is kept. */
export const readGpx = async (parts: AsyncIterable<string> | Iterable<string>): Promise<GpxRead> => {
  const parser = new SaxesParser();
  const found = { trkpt: [] as RawPoint[], rtept: [] as RawPoint[] };
  const notes: string[] = [];
  let segments = 0;
  let waypoints = 0;
  let fresh = true;
  let tooMany = false;
  let root: string | undefined;
  let damage: string | undefined;
  let point: { readonly kind: 'trkpt' | 'rtept'; readonly position: Position; said: Partial<Record<Wanted, string>> } | null =
    null;
  let reading: Wanted | null = null;

  parser.on('error', (error) => {
    damage ??= error.message;
  });
  // The parser goes on after damage as well as it can; what it then makes of the rest is not what was recorded.
  parser.on('opentag', ({ name, attributes }) => {
    if (damage !== undefined) return;
    const tag = localName(name);
    root ??= tag;
    if (tag === 'trkseg') fresh = true;
    if (tag === 'wpt') waypoints++;
    if (tag === 'trkpt' || tag === 'rtept')
      point = { kind: tag, position: [numberOf(attributes.lon), numberOf(attributes.lat)], said: {} };
    else if (point) reading = wanted.find((one) => one === tag) ?? null;
  });
  parser.on('text', (text) => {
    if (point && reading) point.said[reading] = ((point.said[reading] ?? '') + text).slice(0, LONGEST_TEXT);
  });
  parser.on('closetag', ({ name }) => {
    reading = null;
    const tag = localName(name);
    if (damage !== undefined || !point || tag !== point.kind) return;
    const { kind, position, said } = point;
    point = null;
    if (found[kind].length >= MOST_POINTS) {
      tooMany = true;
      return;
    }
    if (kind === 'trkpt' && fresh) {
      segments++;
      fresh = false;
    }
    found[kind].push({
      position,
      at: (said.time === undefined ? undefined : momentOf(said.time)) ?? null,
      speed: kmhOf(numberOf(said.speed), 'm/s'),
      heading: courseOf(numberOf(said.course)),
    });
  });

  for await (const part of parts) {
    parser.write(part);
    if (damage !== undefined) break;
  }
  if (damage === undefined) parser.close();
  const onRoute = found.trkpt.length === 0;
  const points = onRoute ? found.rtept : found.trkpt;
  if (root !== 'gpx') return { points: [], segments: 0, notes: ['it is not GPX'] };
  if (damage !== undefined) notes.push(`damaged, read up to ${damage.replace(/\.?$/, '')}`);
  if (tooMany) notes.push(`only the first ${MOST_POINTS} points are played`);
  if (points.length === 0) notes.push(`no track in it${waypoints > 0 ? `, only waypoints (${waypoints})` : ''}`);
  else if (onRoute) notes.push('a route, not a recording');
  return { points, segments: onRoute ? Math.min(1, points.length) : segments, notes };
};
