import { expect, test } from 'vitest';
import { toMapboxDiff, toMapLibreDiff } from './translate-diff.ts';

const diff = {
  put: [{ id: 'a', position: [1, 2], properties: { icon: 'x' } }],
  move: [{ id: 'b', position: [3, 4], properties: { icon: 'y' } }],
  remove: ['c'],
} as const;
const feature = (id: string, coordinates: readonly number[], icon: string) => ({
  type: 'Feature',
  id,
  properties: { icon, id },
  geometry: { type: 'Point', coordinates },
});

test('MapLibre: additions whole, moves as geometry alone', () => {
  expect(toMapLibreDiff(diff)).toEqual({
    remove: ['c'],
    add: [feature('a', [1, 2], 'x')],
    update: [{ id: 'b', newGeometry: { type: 'Point', coordinates: [3, 4] } }],
  });
});
test('Mapbox: everything whole, a removal is a feature without a shape', () => {
  expect(toMapboxDiff(diff)).toEqual({
    type: 'FeatureCollection',
    features: [
      feature('a', [1, 2], 'x'),
      feature('b', [3, 4], 'y'),
      { type: 'Feature', id: 'c', properties: {}, geometry: null },
    ],
  });
});
