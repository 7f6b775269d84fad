import type { Feature, FeatureCollection, LineString, Point } from 'geojson';
import type { GeoJSONSourceDiff } from 'maplibre-gl';
import type { LineFeature, PointFeature, SourceDiff } from './port.ts';

const toFeature = ({ id, position, properties }: PointFeature): Feature<Point> => ({
  type: 'Feature',
  id,
  properties: { ...properties, id },
  geometry: { type: 'Point', coordinates: [...position] },
});

/** Points as GeoJSON; the id also stands among the properties, because an engine may lose a text id on its way through a tile. */
export const toPointCollection = (features: readonly PointFeature[]): FeatureCollection<Point> => ({
  type: 'FeatureCollection',
  features: features.map(toFeature),
});

/** Lines as GeoJSON. */
export const toLineCollection = (features: readonly LineFeature[]): FeatureCollection<LineString> => ({
  type: 'FeatureCollection',
  features: features.map(({ id, path, properties }) => ({
    type: 'Feature',
    id,
    properties: { ...properties, id },
    geometry: { type: 'LineString', coordinates: path.map((position) => [...position]) },
  })),
});

/** MapLibre takes additions, moves and removals apart; adding an id that stands replaces it. */
export const toMapLibreDiff = ({ put, move, remove }: SourceDiff): GeoJSONSourceDiff => ({
  remove: [...remove],
  add: put.map(toFeature),
  update: move.map(({ id, position }) => ({ id, newGeometry: { type: 'Point' as const, coordinates: [...position] } })),
});

/** Mapbox replaces whole features by id, so a move carries its properties again; a feature without a shape is a removal. */
export const toMapboxDiff = ({ put, move, remove }: SourceDiff): FeatureCollection<Point | null> => ({
  type: 'FeatureCollection',
  features: [
    ...[...put, ...move].map(toFeature),
    ...remove.map((id) => ({ type: 'Feature' as const, id, properties: {}, geometry: null })),
  ],
});
