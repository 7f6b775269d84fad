import { expect, test } from 'vitest';
import { layersAtFirst, layersFrom, layersMissing, turned } from './layers.ts';

test('a window opens with the layers it remembers, and as at first where it remembers nothing of sense', () => {
  const kept = turned(turned(layersAtFirst, 'units'), 'coverage');
  expect(layersFrom(JSON.stringify(kept))).toEqual(kept);
  for (const text of [null, '', '{', '7', '{"units":"no"}', '["units"]']) expect(layersFrom(text)).toEqual(layersAtFirst);
});
test('only what was there at first is missed', () => {
  expect(layersMissing(layersAtFirst)).toEqual([]);
  expect(layersMissing(turned(turned(layersAtFirst, 'incidents'), 'coverage'))).toEqual(['incidents']);
});
