import { expect, test } from 'vitest';
import { covers, schemeOf, tileSetOf } from './tile-set.ts';

test.each([
  [['landuse', 'park', 'water', 'waterway', 'building', 'road', 'place', 'poi'], 'Montevideo', 'vigil'],
  [
    ['water', 'waterway', 'landcover', 'landuse', 'park', 'boundary', 'transportation', 'building', 'place', 'poi'],
    '',
    'openmaptiles',
  ],
  [['building'], 'OpenMapTiles A tileset showcasing all layers', 'openmaptiles'],
  [['earth', 'landcover', 'landuse', 'water', 'roads', 'buildings', 'places', 'pois', 'boundaries', 'transit'], '', 'protomaps'],
  [['roads'], '', 'protomaps'],
  [['contour'], 'Heights', null],
  [[], '', null],
])('%j: %s', (layers, about, scheme) => expect(schemeOf(layers, about)).toBe(scheme));

const said = {
  minZoom: 3,
  maxZoom: 14,
  bounds: [-57, -35, -56, -34] as [number, number, number, number],
  attribution: '©',
  about: '',
};
test('pictures need no scheme; vector tiles of none are none', () => {
  expect(tileSetOf({ ...said, format: 'webp', layers: [] })?.kind).toBe('picture');
  expect(tileSetOf({ ...said, format: 'mvt', layers: ['contour'] })).toBe(null);
});
test('a map of another place is known by its bounds, and one that tells none is believed', () => {
  const set = tileSetOf({ ...said, format: 'png', layers: [] });
  if (!set) throw new Error('no set');
  expect([covers(set, [-56.2, -34.9]), covers(set, [14.2, 50.9]), covers({ ...set, bounds: null }, [14.2, 50.9])]).toEqual([
    true,
    false,
    true,
  ]);
});
