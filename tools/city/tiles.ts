import GeoJsonVt from 'geojson-vt';
import { fromGeojsonVt } from 'vt-pbf';
import type { RoadClass } from '#geo/road-graph.ts';
import { openWater } from './coast.ts';
import type { Tile } from './pmtiles.ts';
import { drivable, isOneWay } from './roads.ts';
import { fromDegrees, type Source, type SourceFeature, toDegrees } from './source.ts';

/** Layers of the map, each with the zoom it begins at and its fields as the archive's metadata names them. */
export const LAYERS = {
  landuse: { minZoom: 10, fields: { use: 'String' } },
  park: { minZoom: 10, fields: { name: 'String' } },
  water: { minZoom: 8, fields: { name: 'String', kind: 'String' } },
  waterway: { minZoom: 12, fields: { name: 'String' } },
  building: { minZoom: 13, fields: {} },
  road: { minZoom: 8, fields: { class: 'String', name: 'String', oneway: 'Number' } },
  place: { minZoom: 8, fields: { name: 'String', kind: 'String' } },
  poi: { minZoom: 11, fields: { name: 'String', kind: 'String' } },
} as const;

/** Smallest and largest zoom of the tiles. */
export const ZOOMS = { min: 8, max: 14 } as const;

type LayerName = keyof typeof LAYERS;
type Shape = {
  type: 'Feature';
  properties: Record<string, string | number>;
  geometry:
    | { type: 'Point'; coordinates: number[] }
    | { type: 'MultiLineString'; coordinates: number[][][] }
    | { type: 'Polygon'; coordinates: number[][][] };
};

/** Classes of road as the map draws them. */
const DRAWN_CLASS: Record<RoadClass, string> = {
  motorway: 'motorway',
  trunk: 'trunk',
  primary: 'primary',
  secondary: 'secondary',
  tertiary: 'tertiary',
  link: 'link',
  street: 'street',
  service: 'service',
  track: 'service',
};

/** From which zoom on a class of road is drawn. */
const ROAD_MIN_ZOOM: Record<string, number> = { tertiary: 11, link: 11, street: 12, service: 13 };

/** Beyond the extract tiles are made as far as this, in degrees, so that the water goes on at the rim of the screen. */
const RIM_DEGREES = 0.4;

const GREEN_LEISURE = new Set(['park', 'garden', 'golf_course', 'pitch', 'recreation_ground', 'playground']);
const GREEN_LANDUSE = new Set(['grass', 'forest', 'recreation_ground', 'meadow', 'cemetery', 'allotments', 'village_green']);

/** All tiles of the map in the order of zoom, column and row, empty ones left out. */
export function makeTiles(source: Source): { tiles: Tile[]; hasCoast: boolean } {
  const layers: Record<LayerName, Shape[]> = {
    landuse: [],
    park: [],
    water: [],
    waterway: [],
    building: [],
    road: [],
    place: [],
    poi: [],
  };
  const coast = openWater(source);
  if (coast) layers.water.push(shape({ kind: 'sea' }, { type: 'Polygon', coordinates: coast }));
  const named = new Set<string>();
  for (const feature of source.features) {
    const placed = place(feature);
    if (!placed) continue;
    // A label stands once, in whichever tile its object came first.
    if (placed.layer === 'poi' || placed.layer === 'place') {
      if (named.has(feature.id)) continue;
      named.add(feature.id);
    }
    layers[placed.layer].push(...placed.shapes);
  }
  const names = Object.keys(LAYERS) as LayerName[];
  const indexes = names.map((name) => {
    const data = { type: 'FeatureCollection' as const, features: layers[name] };
    return { name, index: new GeoJsonVt(data, { maxZoom: ZOOMS.max, indexMaxZoom: 5, indexMaxPoints: 0 }) };
  });
  const tiles: Tile[] = [];
  const [west, south] = toDegrees({ x: source.box.west, y: source.box.south });
  const [east, north] = toDegrees({ x: source.box.east, y: source.box.north });
  const from = fromDegrees(west - RIM_DEGREES, north + RIM_DEGREES);
  const to = fromDegrees(east + RIM_DEGREES, south - RIM_DEGREES);
  for (let z = ZOOMS.min; z <= ZOOMS.max; z++) {
    const side = 2 ** (32 - z);
    for (let x = Math.floor(from.x / side); x <= Math.floor(to.x / side); x++) {
      for (let y = Math.floor(from.y / side); y <= Math.floor(to.y / side); y++) {
        const content: Record<string, { features: readonly unknown[] }> = {};
        for (const { name, index } of indexes) {
          if (z < LAYERS[name].minZoom) continue;
          const features = index.getTile(z, x, y)?.features ?? [];
          const seen = name === 'road' ? features.filter(({ tags }) => z >= roadMinZoom(tags)) : features;
          if (seen.length > 0) content[name] = { features: seen };
        }
        if (Object.keys(content).length > 0) tiles.push({ z, x, y, bytes: fromGeojsonVt(content, { version: 2 }) });
      }
    }
  }
  return { tiles, hasCoast: coast !== undefined };
}

const roadMinZoom = (tags: Record<string, unknown> | null) => ROAD_MIN_ZOOM[String(tags?.class)] ?? ZOOMS.min;

const shape = (properties: Shape['properties'], geometry: Shape['geometry']): Shape => ({
  type: 'Feature',
  properties,
  geometry,
});

function place(feature: SourceFeature): { layer: LayerName; shapes: Shape[] } | undefined {
  const { tags, shape: kind } = feature;
  const name: Record<string, string> = tags.name ? { name: tags.name } : {};
  if (tags.amenity === 'hospital' && tags.name) return label('poi', feature, { ...name, kind: 'hospital' });
  if (tags.amenity === 'fire_station') return label('poi', feature, { ...name, kind: 'fire' });
  if (tags.place && tags.place !== 'islet' && tags.name && kind === 'point') {
    return label('place', feature, { ...name, kind: tags.place });
  }
  if (kind === 'line') {
    const roadClass = drivable(tags);
    if (roadClass) {
      return lines('road', feature, { class: DRAWN_CLASS[roadClass], ...name, ...(isOneWay(tags) ? { oneway: 1 } : {}) });
    }
    return tags.waterway ? lines('waterway', feature, name) : undefined;
  }
  if (kind !== 'area') return undefined;
  if (tags.building) return areas('building', feature, {});
  if (tags.natural === 'water' || tags.waterway === 'riverbank') return areas('water', feature, { ...name, kind: 'inland' });
  if (GREEN_LEISURE.has(tags.leisure ?? '') || GREEN_LANDUSE.has(tags.landuse ?? '')) return areas('park', feature, name);
  if (tags.natural === 'beach' || tags.natural === 'sand') return areas('landuse', feature, { use: 'sand' });
  return tags.landuse ? areas('landuse', feature, { use: tags.landuse }) : undefined;
}

function label(layer: LayerName, feature: SourceFeature, properties: Shape['properties']) {
  return { layer, shapes: [shape(properties, { type: 'Point', coordinates: middle(feature) })] };
}

function lines(layer: LayerName, { parts }: SourceFeature, properties: Shape['properties']) {
  const coordinates = parts.map((part) => part.map(toDegrees));
  return { layer, shapes: [shape(properties, { type: 'MultiLineString', coordinates })] };
}

function areas(layer: LayerName, { parts }: SourceFeature, properties: Shape['properties']) {
  // Outer rings run one way round and holes the other; each outer ring takes the holes that follow it.
  const outlines: number[][][][] = [];
  for (const part of parts) {
    const ring = part.map(toDegrees);
    const last = outlines.at(-1);
    if (last && !isOuter(part)) last.push(ring);
    else outlines.push([ring]);
  }
  return { layer, shapes: outlines.map((coordinates) => shape(properties, { type: 'Polygon', coordinates })) };
}

function isOuter(ring: SourceFeature['parts'][number]): boolean {
  const [origin] = ring;
  let twice = 0;
  for (let i = 1; origin && i < ring.length; i++) {
    const [a, b] = [ring[i - 1], ring[i]];
    if (a && b) twice += (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y);
  }
  return twice > 0;
}

/** The middle of the rectangle round an object, in degrees. */
export function middle({ parts }: SourceFeature): [lon: number, lat: number] {
  let [west, north, east, south] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  for (const { x, y } of parts.flat()) {
    west = Math.min(west, x);
    east = Math.max(east, x);
    north = Math.min(north, y);
    south = Math.max(south, y);
  }
  return toDegrees({ x: (west + east) / 2, y: (north + south) / 2 });
}
