import { describe, expect, test } from 'vitest';
import { buildArea, buildBed, testId } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';
import { areaSizesOf } from './area-sizes.ts';
import { freeLayout } from './free-layout.ts';
import { layoutFor, layoutOver } from './layout.ts';

const bed = (id: string, column?: number, line?: number) => ({
  id,
  cell: column === undefined || line === undefined ? null : { column, line },
});
const placesOf = (beds: readonly ReturnType<typeof bed>[]) =>
  Object.fromEntries([...freeLayout(beds).cells].map(([id, { column, line }]) => [id, `${column},${line}`]));

describe('beds stand where the site put them', () => {
  test('each in its cell; several empty lines or columns are drawn as one gap, none at the edge', () => {
    expect(placesOf([bed('a', 1, 1), bed('b', 2, 1), bed('c', 7, 1), bed('d', 1, 9)])).toEqual({
      a: '0,0',
      b: '1,0',
      c: '3,0',
      d: '0,2',
    });
  });
  test('one without a cell and one whose cell is taken get the next free place; only the second is told', () => {
    const beds = [bed('a', 0, 0), bed('b', 0, 0), bed('c'), bed('d', 1, 1)];
    expect(placesOf(beds)).toEqual({ a: '0,0', b: '1,0', c: '0,1', d: '1,1' });
    expect(freeLayout(beds).displaced).toEqual(['b']);
    expect(freeLayout([])).toEqual({ columns: 0, lines: 0, cells: new Map(), displaced: [] });
  });
  test('another area stands beside a tall one, under its lines the next', () => {
    const tall = freeLayout([bed('a', 0, 0), bed('b', 0, 1)]);
    const layout = layoutOver(
      [
        { id: 'A', bedIds: ['a', 'b'], free: tall },
        { id: 'B', bedIds: ['c'] },
        { id: 'C', bedIds: ['d', 'e'] },
      ],
      2,
    );
    expect(layout.lines).toEqual(['heading', 'tiles', 'tiles', 'heading', 'tiles']);
    expect(layout.beds.map(({ bedId, column, line }) => `${bedId} ${column},${line}`)).toEqual([
      'a 0,1',
      'b 0,2',
      'c 1,1',
      'd 0,4',
      'e 1,4',
    ]);
  });
});

test.each(Array.from({ length: 30 }, (_, index) => index + 1))(
  'seed %d: at any width every bed that is not retired is drawn once, no two in one place',
  (seed) => {
    const random = createRandom(seed);
    const areas = Array.from({ length: random.int(1, 5) }, (_, index) =>
      buildArea({ id: testId('a', index), order: random.int(0, 3), layout: random.pick(['grid', 'free']) }),
    );
    const beds = Array.from({ length: random.int(0, 40) }, (_, index) =>
      buildBed({
        id: testId('b', index),
        label: `B${index}`,
        areaId: testId('a', random.int(0, areas.length - 1)),
        order: random.int(0, 9),
        cell: random.chance(0.7)
          ? { column: random.int(0, random.pick([3, 99])), line: random.int(0, random.pick([3, 99])) }
          : null,
        retired: random.chance(0.2),
      }),
    );
    const drawn = beds.filter(({ retired }) => !retired).map(({ id }) => id);
    const sizes = areaSizesOf(areas, beds);
    for (const width of [60, 320, 700, 1280, 1900, 3800]) {
      const layout = layoutFor(sizes, {
        width,
        height: 0,
        tile: { min: 112, max: 168, most: 168, gap: 4, height: 186, heading: 22 },
      });
      expect(layout.beds.map(({ bedId }) => bedId).toSorted()).toEqual(drawn.toSorted());
      expect(new Set(layout.beds.map(({ column, line }) => `${column} ${line}`)).size).toBe(drawn.length);
      expect(layout.beds.filter(({ column, line }) => column >= layout.columns || layout.lines[line] !== 'tiles')).toEqual([]);
    }
  },
);
