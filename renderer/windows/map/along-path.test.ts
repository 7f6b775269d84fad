import { expect, test } from 'vitest';
import type { Position } from '#domain/model/values.ts';
import { restOfPath } from './along-path.ts';

const corner: readonly Position[] = [
  [0, 0],
  [0.01, 0],
  [0.01, 0.01],
];
test('the way that lies behind is left out', () => {
  expect(restOfPath(corner, [0.005, 0.0001])).toEqual({
    rest: [
      [0.005, 0],
      [0.01, 0],
      [0.01, 0.01],
    ],
    metres: expect.closeTo(11.1, 1),
  });
  expect(restOfPath(corner, [0.0101, 0.005]).rest).toEqual([
    [0.01, 0.005],
    [0.01, 0.01],
  ]);
});
test('at its end nothing is left but the end; off it, the distance says so', () => {
  expect(restOfPath(corner, [0.01, 0.02]).rest).toEqual([
    [0.01, 0.01],
    [0.01, 0.01],
  ]);
  expect(restOfPath(corner, [0, 0.005]).metres).toBeCloseTo(556, 0);
});
