import { type Address, isHouseNumber } from '#geo/addresses.ts';
import { haversineMetres } from '#geo/coordinates.ts';
import type { CityPlaces, Place, StationKind } from '#geo/places.ts';
import { type Source, type SourceFeature, toDegrees } from './source.ts';
import { middle } from './tiles.ts';

/** To be shown wherever the map is. */
export const ATTRIBUTION = '© OpenStreetMap contributors';

/** Two objects of one name nearer than this are one place (a building and the point that stands for it). */
const SAME_PLACE_METRES = 400;

/** Services that keep ambulances in the city, and centres at which units can wait. */
const AMBULANCE_SERVICE = /\b(SEMM|SUAT|UCM|Eme Uno|Falck)\b/i;
const PUBLIC_CLINIC = /\b(Policl[ií]nic|Centro de Salud)/i;

/** Addresses of the extract whose number can be read; of a door with several numbers the first. */
export function cityAddresses({ features }: Source): Address[] {
  const addresses: Address[] = [];
  for (const feature of features) {
    const street = feature.tags['addr:street'];
    const number = feature.tags['addr:housenumber']?.split(/[,;]/)[0]?.trim();
    if (street && number && isHouseNumber(number)) addresses.push({ street, number, position: middle(feature) });
  }
  return addresses;
}

/** Hospitals, stations and neighbourhoods of the extract. */
export function cityPlaces({ features, box }: Source): CityPlaces {
  const whole = joinParts(features.filter(({ tags }) => tags.amenity || tags.place || tags.name));
  const hospitals = distinct(whole.filter(({ tags }) => tags.amenity === 'hospital' && tags.name));
  const stations = whole.flatMap((feature) => {
    const kind = stationKind(feature.tags);
    return kind ? [{ feature, kind }] : [];
  });
  const ofKind = (wanted: StationKind) =>
    distinct(stations.filter(({ kind }) => kind === wanted).map(({ feature }) => feature)).map((place) => ({
      ...place,
      kind: wanted,
    }));
  const [west, south] = toDegrees({ x: box.west, y: box.south });
  const [east, north] = toDegrees({ x: box.east, y: box.north });
  const city = whole.find(({ tags, shape }) => tags.place === 'city' && tags.name === 'Montevideo' && shape === 'point');
  return {
    name: 'Montevideo',
    bounds: [west, south, east, north].map(rounded) as [number, number, number, number],
    centre: (city ? middle(city) : [(west + east) / 2, (south + north) / 2]).map(rounded) as [number, number],
    attribution: ATTRIBUTION,
    hospitals,
    stations: [...ofKind('ambulance'), ...ofKind('fire'), ...ofKind('clinic')],
    neighbourhoods: distinct(
      whole.filter(({ tags }) => tags.name && /^(suburb|neighbourhood|town|hamlet)$/.test(tags.place ?? '')),
    ),
  };
}

function stationKind({ amenity, name = '', ...tags }: SourceFeature['tags']): StationKind | undefined {
  if (amenity === 'fire_station') return 'fire';
  if (tags.highway) return undefined;
  if (AMBULANCE_SERVICE.test(name) && (amenity === undefined || amenity === 'clinic')) return 'ambulance';
  return amenity === 'clinic' && PUBLIC_CLINIC.test(name) ? 'clinic' : undefined;
}

/** Objects cut by the edge of a tile, put together again. */
function joinParts(features: readonly SourceFeature[]): SourceFeature[] {
  const byId = new Map<string, SourceFeature>();
  for (const feature of features) {
    const known = byId.get(feature.id);
    byId.set(feature.id, known ? { ...known, parts: [...known.parts, ...feature.parts] } : feature);
  }
  return [...byId.values()];
}

/** Each place once, by name. */
function distinct(features: readonly SourceFeature[]): Place[] {
  const places: Place[] = [];
  for (const feature of features) {
    const [lon, lat] = middle(feature).map(rounded) as [number, number];
    const name = feature.tags.name ?? 'Bomberos';
    const twin = places.some(
      (other) => plain(other.name) === plain(name) && haversineMetres([other.lon, other.lat], [lon, lat]) < SAME_PLACE_METRES,
    );
    if (!twin) places.push({ name, lon, lat });
  }
  return places.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.lon - b.lon || a.lat - b.lat));
}

const plain = (name: string) =>
  name
    .normalize('NFD')
    .replace(/[^\p{L}\d]/gu, '')
    .toLowerCase();

const rounded = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
