/*
 * Addresses, grouped by street: the addresses of street s are those from `firstOfStreet[s]` to below
 * `firstOfStreet[s + 1]`, by rising number. Streets stand in the order of their code units, so that the same city
 * gives the same bytes on every machine.
 */
import { type Position, STEPS_PER_DEGREE } from './coordinates.ts';
import { createPointGrid, nearestPoint, type PointGrid } from './point-grid.ts';
import {
  GeoDataError,
  readSections,
  readTexts,
  requireAscending,
  requireBelow,
  textSections,
  writeSections,
} from './sections.ts';

/** One address: a street, a house number as written on the door (`1234`, `1234 BIS`), and where it is. */
export type Address = {
  readonly street: string;
  readonly number: string;
  readonly position: Position;
};

/** All addresses of a city as typed arrays. */
export type Addresses = {
  readonly count: number;
  readonly streets: readonly string[];
  readonly firstOfStreet: Uint32Array;
  readonly houseNumbers: Uint32Array;
  /** Index into `suffixes` of what follows the number; 0 for nothing. */
  readonly houseSuffixes: Uint8Array;
  readonly suffixes: readonly string[];
  /** lon, lat per address in steps of a ten-millionth of a degree. */
  readonly points: Int32Array;
  readonly grid: PointGrid;
};

const HOUSE = /^(\d{1,6})(?: ?(\p{L}[\p{L}\d./-]{0,5}))?$/u;
const MOST_SUFFIXES = 256;

/** Whether a house number can be kept: up to six digits and, after an optional space, a short suffix. */
export function isHouseNumber(number: string): boolean {
  return HOUSE.test(number);
}

/** The bytes of an address file; exact doubles are kept once, a rare suffix beyond the 255 most common is left out. */
export function writeAddresses(addresses: readonly Address[]): Uint8Array {
  const rows = addresses.map(({ street, number, position }) => {
    const parts = HOUSE.exec(number);
    if (!parts) throw new GeoDataError('corrupt', `addresses: "${number}" is not a house number`);
    const [lon, lat] = position.map((degrees) => Math.round(degrees * STEPS_PER_DEGREE)) as [number, number];
    return { street, house: Number(parts[1]), suffix: parts[2] ?? '', lon, lat };
  });
  const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  rows.sort(
    (a, b) => text(a.street, b.street) || a.house - b.house || text(a.suffix, b.suffix) || a.lon - b.lon || a.lat - b.lat,
  );
  const kept = rows.filter((row, i) => {
    const before = rows[i - 1];
    return !(
      before &&
      row.street === before.street &&
      row.house === before.house &&
      row.suffix === before.suffix &&
      row.lon === before.lon &&
      row.lat === before.lat
    );
  });
  const uses = new Map<string, number>();
  for (const { suffix } of kept) uses.set(suffix, (uses.get(suffix) ?? 0) + 1);
  uses.delete('');
  const common = [...uses].sort((a, b) => b[1] - a[1] || text(a[0], b[0])).slice(0, MOST_SUFFIXES - 1);
  const suffixes = ['', ...common.map(([suffix]) => suffix)];
  const suffixIndex = new Map(suffixes.map((suffix, i) => [suffix, i]));

  const streets: string[] = [];
  const firstOfStreet: number[] = [];
  kept.forEach((row, i) => {
    if (row.street === streets.at(-1)) return;
    streets.push(row.street);
    firstOfStreet.push(i);
  });
  return writeSections('addresses', [
    Uint32Array.from([...firstOfStreet, kept.length]),
    Uint32Array.from(kept, (row) => row.house),
    Uint8Array.from(kept, (row) => suffixIndex.get(row.suffix) ?? 0),
    Int32Array.from(kept.flatMap((row) => [row.lon, row.lat])),
    ...textSections(streets),
    ...textSections(suffixes),
  ]);
}

/** Reads the bytes of an address file; throws GeoDataError when they are not one. */
export function readAddresses(bytes: Uint8Array): Addresses {
  const sections = readSections('addresses', bytes);
  const firstOfStreet = sections.uint32();
  const houseNumbers = sections.uint32();
  const houseSuffixes = sections.uint8();
  const points = sections.int32();
  const streets = readTexts(sections);
  const suffixes = readTexts(sections);
  const count = houseNumbers.length;
  if (houseSuffixes.length !== count || points.length !== count * 2 || firstOfStreet.length !== streets.length + 1) {
    throw new GeoDataError('corrupt', 'addresses: tables of different length');
  }
  requireAscending(firstOfStreet, count, 'addresses: streets');
  requireBelow(houseSuffixes, suffixes.length, 'addresses: suffix');
  const grid = createPointGrid(points, count);
  return { count, streets, firstOfStreet, houseNumbers, houseSuffixes, suffixes, points, grid };
}

/** The address with this index, 0 to below `count`; undefined outside. */
export function addressAt(addresses: Addresses, index: number): Address | undefined {
  const { count, streets, firstOfStreet, houseNumbers, houseSuffixes, suffixes, points } = addresses;
  if (!Number.isInteger(index) || index < 0 || index >= count) return undefined;
  let low = 0;
  let high = streets.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((firstOfStreet[middle] as number) <= index) low = middle;
    else high = middle;
  }
  const suffix = suffixes[houseSuffixes[index] as number];
  return {
    street: streets[low] as string,
    number: suffix ? `${houseNumbers[index]} ${suffix}` : `${houseNumbers[index]}`,
    position: [(points[index * 2] as number) / STEPS_PER_DEGREE, (points[index * 2 + 1] as number) / STEPS_PER_DEGREE],
  };
}

/** Index and distance in metres of the address nearest to a position; undefined where there are no addresses. */
export function nearestAddress(
  addresses: Addresses,
  lon: number,
  lat: number,
): { readonly index: number; readonly metres: number } | undefined {
  return nearestPoint(addresses.grid, lon, lat);
}
