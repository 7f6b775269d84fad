import type { Bounds, Position } from './coordinates.ts';
import { GeoDataError } from './sections.ts';

/** A named place. */
export type Place = { readonly name: string; readonly lon: number; readonly lat: number };

/** What a station may serve as: a base of an ambulance service, a fire station, a clinic units can wait at. */
export type StationKind = 'ambulance' | 'fire' | 'clinic';

/** The places of a city that the simulator and the map start from. */
export type CityPlaces = {
  readonly name: string;
  readonly bounds: Bounds;
  readonly centre: Position;
  /** To be shown wherever the map is. */
  readonly attribution: string;
  readonly hospitals: readonly Place[];
  readonly stations: readonly (Place & { readonly kind: StationKind })[];
  readonly neighbourhoods: readonly Place[];
};

const STATION_KINDS: readonly unknown[] = ['ambulance', 'fire', 'clinic'] satisfies StationKind[];

/** Reads places from JSON text; throws GeoDataError naming the first thing that is wrong. */
export function readPlaces(text: string): CityPlaces {
  const given = object(parse(text), 'places');
  const [west, south, east, north] = numbers(given.bounds, 4, 'bounds') as [number, number, number, number];
  const [lon, lat] = numbers(given.centre, 2, 'centre') as [number, number];
  return {
    name: string(given.name, 'name'),
    bounds: [west, south, east, north],
    centre: [lon, lat],
    attribution: string(given.attribution, 'attribution'),
    hospitals: list(given.hospitals, 'hospitals').map((value, i) => place(value, `hospitals[${i}]`)),
    stations: list(given.stations, 'stations').map((value, i) => {
      const { kind } = object(value, `stations[${i}]`);
      if (!STATION_KINDS.includes(kind)) wrong(`stations[${i}].kind`);
      return { ...place(value, `stations[${i}]`), kind: kind as StationKind };
    }),
    neighbourhoods: list(given.neighbourhoods, 'neighbourhoods').map((value, i) => place(value, `neighbourhoods[${i}]`)),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new GeoDataError('corrupt', 'places: not JSON');
  }
}

function wrong(what: string): never {
  throw new GeoDataError('corrupt', `places: ${what} is missing or wrong`);
}

function object(value: unknown, what: string): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : wrong(what);
}

function list(value: unknown, what: string): readonly unknown[] {
  return Array.isArray(value) ? value : wrong(what);
}

function string(value: unknown, what: string): string {
  return typeof value === 'string' ? value : wrong(what);
}

function numbers(value: unknown, length: number, what: string): readonly number[] {
  const values = list(value, what);
  return values.length === length && values.every(Number.isFinite) ? (values as number[]) : wrong(what);
}

function place(value: unknown, what: string): Place {
  const given = object(value, what);
  const [lon, lat] = numbers([given.lon, given.lat], 2, what) as [number, number];
  return { name: string(given.name, `${what}.name`), lon, lat };
}
