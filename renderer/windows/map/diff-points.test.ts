import { expect, test } from 'vitest';
import { diffPoints } from './diff-points.ts';
import type { PointFeature } from './engine/port.ts';

const point = (id: string, x: number, icon: string): [string, PointFeature] => [
  id,
  { id, position: [x, 0], properties: { icon } },
];

test('looks are put, movements moved, absences removed, the rest left alone', () => {
  const before = new Map([point('same', 1, 'a'), point('moved', 1, 'a'), point('turned', 1, 'a'), point('gone', 1, 'a')]);
  const after = new Map([point('same', 1, 'a'), point('moved', 2, 'a'), point('turned', 2, 'b'), point('new', 1, 'a')]);
  expect(diffPoints(before, after)).toEqual({
    put: [after.get('turned'), after.get('new')],
    move: [after.get('moved')],
    remove: ['gone'],
  });
  expect(diffPoints(after, new Map(after))).toBeNull();
});
