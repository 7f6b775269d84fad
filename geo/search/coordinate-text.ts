import type { Bounds, Position } from '../coordinates.ts';

type Part = { readonly degrees: number; readonly axis: 'lat' | 'lon' | null };

const AXES: Readonly<Record<string, { readonly axis: 'lat' | 'lon'; readonly sign: 1 | -1 }>> = {
  n: { axis: 'lat', sign: 1 },
  s: { axis: 'lat', sign: -1 },
  e: { axis: 'lon', sign: 1 },
  w: { axis: 'lon', sign: -1 },
  // Oeste.
  o: { axis: 'lon', sign: -1 },
};

const NUMBER = String.raw`\d{1,3}(?:\.\d+)?`;
const ANGLE = String.raw`([-+]?)\s*(${NUMBER})\s*(?:°\s*)?(?:(?<=[°\s])(${NUMBER})\s*'?\s*(?:(?<=['\s])(${NUMBER})\s*"?)?)?`;
/** Degrees, minutes and seconds as far as they are given, with a hemisphere before or behind. */
const LETTER_FIRST = new RegExp(String.raw`([nsewo])\s*${ANGLE}`, 'y');
const LETTER_LAST = new RegExp(String.raw`${ANGLE}\s*([nsewo](?![a-z]))?`, 'y');

const partAt = (text: string, at: number): { readonly part: Part; readonly end: number } | undefined => {
  LETTER_FIRST.lastIndex = at;
  LETTER_LAST.lastIndex = at;
  const first = LETTER_FIRST.exec(text);
  const match = first ?? LETTER_LAST.exec(text);
  if (!match) return undefined;
  const [sign, degrees, minutes, seconds] = first ? match.slice(2) : match.slice(1);
  const side = AXES[(first ? match[1] : match[5]) ?? ''];
  const [m, s] = [Number(minutes ?? 0), Number(seconds ?? 0)];
  if (m >= 60 || s >= 60 || (sign === '-' && side)) return undefined;
  const size = Number(degrees) + m / 60 + s / 3600;
  const turned = side?.sign ?? (sign === '-' ? -1 : 1);
  return { part: { degrees: size * turned, axis: side?.axis ?? null }, end: at + match[0].length };
};

const decimalPair = /^([-+]?\d{1,3}[.,]\d+)\s*(?:[;\s]|,\s)\s*([-+]?\d{1,3}[.,]\d+)$/;

const inside = ([lon, lat]: Position, [west, south, east, north]: Bounds): boolean =>
  lon >= west && lon <= east && lat >= south && lat <= north;

/** Latitude first, unless the letters say otherwise or only the other order lies within the bounds. */
const pair = (first: Part, second: Part, bounds: Bounds): Position | undefined => {
  if (first.axis !== null && first.axis === second.axis) return undefined;
  const asWritten: Position = [second.degrees, first.degrees];
  const turned: Position = [first.degrees, second.degrees];
  const named = first.axis !== null || second.axis !== null;
  const isTurned = named ? first.axis === 'lon' || second.axis === 'lat' : !inside(asWritten, bounds) && inside(turned, bounds);
  const [lon, lat] = isTurned ? turned : asWritten;
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : undefined;
};

/**
 * The position that a text gives as coordinates: decimal degrees (`-34.9056, -56.1913`, with decimal commas as well), degrees
 * with minutes or seconds (`34°54'20"S 56°11'29"W`), `geo:` links. Undefined for a text that is anything else.
 */
export function readCoordinates(given: string, bounds: Bounds): Position | undefined {
  const text = given
    .toLowerCase()
    .replace(/^\s*geo:/, '')
    .replaceAll(/\b(?:lat|lon|lng|long|latitud|longitud|latitude|longitude)\b[.:=]?/g, ' ')
    .replaceAll(/[′’´]/g, "'")
    .replaceAll(/[″”“]|''/g, '"')
    .replaceAll('º', '°')
    .replaceAll('−', '-')
    .trim();
  const decimal = decimalPair.exec(text) ?? /^([-+]?\d{1,3}\.\d+),([-+]?\d{1,3}\.\d+)$/.exec(text);
  if (decimal) {
    const [first, second] = [decimal[1], decimal[2]].map((part) => Number((part as string).replace(',', '.')));
    return pair({ degrees: first as number, axis: null }, { degrees: second as number, axis: null }, bounds);
  }
  const first = partAt(text, 0);
  if (!first) return undefined;
  const gap = /[\s,;]*/y;
  gap.lastIndex = first.end;
  const begin = first.end + (gap.exec(text)?.[0].length ?? 0);
  const second = partAt(text, begin);
  if (!second || second.end !== text.length) return undefined;
  // Two bare whole numbers are a house in a numbered street sooner than a place on earth.
  const written = /[°'".]/.test(text) || (first.part.axis !== null && second.part.axis !== null);
  return written ? pair(first.part, second.part, bounds) : undefined;
}
