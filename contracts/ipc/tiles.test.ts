import { expect, test } from 'vitest';
import { layerIdsOf, plainAttribution } from './tiles.ts';

test.each([
  [
    '<a href="https://www.openmaptiles.org/" target="_blank">&copy; OpenMapTiles</a> <a href="x">&copy; OpenStreetMap contributors</a>',
    '© OpenMapTiles © OpenStreetMap contributors',
  ],
  ['© OpenStreetMap contributors', '© OpenStreetMap contributors'],
  ['<img src=x onerror="alert(1)">Maps &amp; more', 'Maps & more'],
  ['', ''],
])('an attribution is text: %s', (html, text) => expect(plainAttribution(html)).toBe(text));

test('layers are read from what is there, and nothing else is believed', () => {
  expect(layerIdsOf({ vector_layers: [{ id: 'water' }, { id: 7 }, null, 'roads'] })).toEqual(['water']);
  for (const odd of [null, undefined, 7, 'x', {}, { vector_layers: {} }]) expect(layerIdsOf(odd)).toEqual([]);
});
