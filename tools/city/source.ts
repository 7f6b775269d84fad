/*
 * Reads the OpenStreetMap extract: vector tiles at zoom 12 without overlap, each cut from the whole with a grid of
 * 2^20 steps. Positions are kept as whole steps of the world grid (2^32 a side, about 1 cm), because roads that meet
 * share exactly the same step and would no longer after any rounding. A line that crosses a tile's edge was rounded
 * on each side by itself, so the two ends there are brought together again. Only the tags the product uses leave this
 * file: no names of mappers, no change sets, no times.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';

/** A position on the world grid: whole steps east of -180° and south of the northern end of the map. */
export type GridPoint = { x: number; y: number };

/** One OpenStreetMap object as far as it lies in one tile. */
export type SourceFeature = {
  /** Kind and number in OpenStreetMap; the same in each tile the object touches. */
  readonly id: string;
  readonly shape: 'point' | 'line' | 'area';
  readonly tags: Readonly<Record<string, string>>;
  readonly parts: GridPoint[][];
};

/** Everything in the extract, and the rectangle of its tiles on the world grid. */
export type Source = {
  readonly features: readonly SourceFeature[];
  readonly box: { readonly west: number; readonly north: number; readonly east: number; readonly south: number };
};

const TAGS = [
  'highway',
  'junction',
  'oneway',
  'building',
  'natural',
  'waterway',
  'leisure',
  'landuse',
  'place',
  'amenity',
  'name',
  'addr:street',
  'addr:housenumber',
  'note',
];
const SHAPES = { 1: 'point', 2: 'line', 3: 'area' } as const;
const WORLD_STEPS = 2 ** 32;
/** How far apart in steps the two ends of one line may lie on a tile's edge. */
const SEAM_STEPS = 40;

/** Files of the extract, in a fixed order. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => /^\d+-\d+-\d+\.mvt$/.test(file))
    .sort()
    .map((file) => join(folder, file));
}

/** Reads the extract from its files. */
export function readSource(files: readonly string[]): Source {
  const features: SourceFeature[] = [];
  const box = { west: WORLD_STEPS, north: WORLD_STEPS, east: 0, south: 0 };
  let tileSteps = 0;
  for (const file of files) {
    const [zoom, column, row] = (/(\d+)-(\d+)-(\d+)\.mvt$/.exec(file)?.slice(1) ?? []).map(Number) as [number, number, number];
    tileSteps = WORLD_STEPS / 2 ** zoom;
    const west = column * tileSteps;
    const north = row * tileSteps;
    box.west = Math.min(box.west, west);
    box.north = Math.min(box.north, north);
    box.east = Math.max(box.east, west + tileSteps);
    box.south = Math.max(box.south, north + tileSteps);
    const bytes = readFileSync(file);
    const seen = new Set<string>();
    for (const layer of Object.values(new VectorTile(new PbfReader(bytes[0] === 0x1f ? gunzipSync(bytes) : bytes)).layers)) {
      const scale = tileSteps / layer.extent;
      for (let i = 0; i < layer.length; i++) {
        const feature = layer.feature(i);
        const given = feature.properties;
        const id = `${given['@type']} ${given['@id']}`;
        // A closed way may be there twice, as a line and as an area: the first one stands for it.
        if (feature.type === 0 || seen.has(id)) continue;
        seen.add(id);
        const tags: Record<string, string> = {};
        for (const tag of TAGS) if (given[tag] !== undefined) tags[tag] = String(given[tag]).trim();
        const parts = feature
          .loadGeometry()
          .map((part) => part.map(({ x, y }) => ({ x: Math.round(west + x * scale), y: Math.round(north + y * scale) })));
        features.push({ id, shape: SHAPES[feature.type], tags, parts });
      }
    }
  }
  joinSeams(features, tileSteps);
  return { features, box };
}

/** Brings together the ends of one line on both sides of a tile's edge, in place. */
function joinSeams(features: readonly SourceFeature[], tileSteps: number): void {
  const seams = new Map<string, GridPoint[]>();
  for (const { id, shape, parts } of features) {
    if (shape !== 'line') continue;
    for (const part of parts) {
      for (const point of [part[0], part.at(-1)]) {
        if (!point || (point.x % tileSteps !== 0 && point.y % tileSteps !== 0)) continue;
        const known = seams.get(id);
        const twin = known?.find((other) => Math.abs(other.x - point.x) + Math.abs(other.y - point.y) <= SEAM_STEPS);
        if (twin) {
          point.x = twin.x;
          point.y = twin.y;
        } else if (known) known.push(point);
        else seams.set(id, [point]);
      }
    }
  }
}

/** Longitude and latitude in degrees of a point of the world grid. */
export function toDegrees({ x, y }: GridPoint): [lon: number, lat: number] {
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / WORLD_STEPS))) * 180) / Math.PI;
  return [(x / WORLD_STEPS) * 360 - 180, lat];
}

/** The point of the world grid nearest to a longitude and latitude in degrees. */
export function fromDegrees(lon: number, lat: number): GridPoint {
  const sine = Math.sin((lat * Math.PI) / 180);
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return { x: Math.round(((lon + 180) / 360) * WORLD_STEPS), y: Math.round(y * WORLD_STEPS) };
}
