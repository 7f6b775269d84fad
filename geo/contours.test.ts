import { describe, expect, test } from 'vitest';
import { createRandom } from '#domain/testing/random.ts';
import { contours, type Rings } from './contours.ts';

const gridOf = (rows: readonly string[]) => {
  const columns = (rows[0] as string).length;
  // Drawn with north above, stored with south first.
  const values = Float64Array.from([...rows].reverse().join(''), (sign) =>
    sign === '.' ? Number.POSITIVE_INFINITY : Number(sign),
  );
  return { values, columns, rows: rows.length, steepest: 10 };
};
const turns = (ring: Rings[number]): number =>
  Math.sign(
    ring.slice(1).reduce((sum, point, i) => {
      const before = ring[i] as (typeof ring)[number];
      return sum + before[0] * point[1] - point[0] * before[1];
    }, 0),
  );

describe('contours of a grid', () => {
  test('run around what lies below, against the clock, and around holes with it', () => {
    const polygons = contours(gridOf(['.......', '.11111.', '.1...1.', '.1...1.', '.1...1.', '.11111.', '.......']), 5);
    expect(polygons.map((rings) => rings.map(turns))).toEqual([[1, -1]]);
    for (const ring of polygons.flat()) expect(ring[0]).toEqual(ring.at(-1));
  });

  test('lie between two points by their values, and no further out than can be reached', () => {
    const [[ring]] = contours(gridOf(['....', '.19.', '....']), 5) as [Rings];
    const [east, west] = [Math.max(...(ring ?? []).map(([x]) => x)), Math.min(...(ring ?? []).map(([x]) => x))];
    expect(east).toBeCloseTo(1.5, 6);
    expect(west).toBeCloseTo(1 - 4 / 10.01, 2);
  });

  test('islands are polygons of their own, a lake on an island belongs to it', () => {
    const polygons = contours(gridOf(['.........', '.111.111.', '.1.1.111.', '.111.111.', '.........']), 5);
    expect(polygons.map((rings) => rings.length).sort()).toEqual([1, 2]);
  });

  test('there is none where nothing lies below, or on a grid of nothing', () => {
    expect(contours(gridOf(['...', '.9.', '...']), 5)).toEqual([]);
    expect(contours({ values: new Float64Array(), columns: 0, rows: 0, steepest: 1 }, 5)).toEqual([]);
  });

  test.each([1, 2, 3, 4, 5])('always close, whatever lies below (seed %i)', (seed) => {
    const random = createRandom(seed);
    const [columns, rows] = [30, 20];
    const isRim = (at: number) =>
      at % columns === 0 || at % columns === columns - 1 || at < columns || at >= columns * (rows - 1);
    const values = Float64Array.from({ length: columns * rows }, (_, at) =>
      isRim(at) || random.chance(0.5) ? Number.POSITIVE_INFINITY : 1,
    );
    const polygons = contours({ values, columns, rows, steepest: 10 }, 5);
    expect(polygons.length).toBeGreaterThan(5);
    for (const [outer, ...holes] of polygons) {
      expect(turns(outer ?? [])).toBe(1);
      for (const hole of holes) expect(turns(hole)).toBe(-1);
      for (const ring of [outer ?? [], ...holes]) expect(ring[0]).toEqual(ring.at(-1));
    }
  });
});
