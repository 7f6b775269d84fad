import { describe, expect, test } from 'vitest';
import { layoutFor, layoutOver, neighbour } from './layout.ts';

const area = (id: string, count: number) => ({ id, bedIds: Array.from({ length: count }, (_, index) => `${id}${index + 1}`) });
const department = [area('R', 6), area('P', 6), area('A', 12), area('B', 12), area('O', 8), area('F', 4)];

const room = (width: number, height = 800) => ({
  width,
  height,
  tile: { min: 112, max: 168, most: 200, gap: 4, height: 186, heading: 22 },
});

describe('layout', () => {
  test('areas stand side by side while they fit', () => {
    const layout = layoutOver(department, 12);
    expect(layout.areas).toEqual([
      { id: 'R', column: 0, span: 6, line: 0 },
      { id: 'P', column: 6, span: 6, line: 0 },
      { id: 'A', column: 0, span: 12, line: 2 },
      { id: 'B', column: 0, span: 12, line: 4 },
      { id: 'O', column: 0, span: 8, line: 6 },
      { id: 'F', column: 8, span: 4, line: 6 },
    ]);
    expect(layout.lines.length).toBe(8);
  });
  test('a large area wraps under its one heading', () => {
    const layout = layoutOver([area('A', 7), area('B', 2)], 3);
    expect(layout.lines).toEqual(['heading', 'tiles', 'tiles', 'tiles', 'heading', 'tiles']);
    expect(layout.beds.at(6)).toEqual({ bedId: 'A7', column: 0, line: 3 });
    expect(layout.beds.at(7)).toEqual({ bedId: 'B1', column: 0, line: 5 });
  });
  test('the width decides: 48 beds on a wide desk are four rows, an empty area takes no place', () => {
    expect(layoutFor([...department, area('X', 0)], room(1548)).lines.length).toBe(8);
    expect(layoutFor(department, room(60)).columns).toBe(1);
    expect(layoutFor([], room(1000)).beds).toEqual([]);
  });
  test('a small department has the widest tiles with which all of it is seen at once', () => {
    const small = [area('R', 6), area('P', 6), area('A', 8)];
    const shapeOf = (height: number) => {
      const { columns, lines } = layoutFor(small, room(1548, height));
      return [columns, lines.length];
    };
    expect([shapeOf(600), shapeOf(660), shapeOf(790), shapeOf(900)]).toEqual([
      [12, 4],
      [8, 6],
      [8, 6],
      [8, 6],
    ]);
  });
});

describe('arrows', () => {
  const layout = layoutOver(department, 12);
  test('up and down keep the column, left and right read on', () => {
    const go = (from: string, direction: 'up' | 'down' | 'left' | 'right') => neighbour(layout, from, direction);
    expect([go('A3', 'up'), go('A7', 'up'), go('A9', 'down'), go('R6', 'right'), go('P6', 'right'), go('A1', 'left')]).toEqual([
      'R3',
      'P1',
      'B9',
      'P1',
      'A1',
      'P6',
    ]);
  });
  test('the edge holds, nothing chosen begins at the first bed', () => {
    expect([
      neighbour(layout, 'R1', 'up'),
      neighbour(layout, 'R1', 'left'),
      neighbour(layout, 'F4', 'down'),
      neighbour(layout, null, 'down'),
      neighbour(layoutOver([], 3), null, 'up'),
    ]).toEqual(['R1', 'R1', 'F4', 'R1', null]);
  });
});
