import { describe, expect, test } from 'vitest';
import { type LabelWish, placeLabels } from './place-labels.ts';

const wish = (id: string, x: number, y: number, change: Partial<LabelWish> = {}): LabelWish => ({
  id,
  at: { x, y },
  width: 60,
  height: 30,
  gap: 20,
  padding: 2,
  always: false,
  ...change,
});
const sidesOf = (placed: ReturnType<typeof placeLabels>) => placed.map(({ id, side }) => [id, side]);
const view = { width: 300, height: 200 };
const nowhere = new Map<string, number>();

describe('labels', () => {
  test('stand to the right when there is room', () => {
    expect(placeLabels(view, [], [wish('a', 100, 100)], nowhere)).toEqual([
      { id: 'a', side: 0, box: { left: 120, top: 85, right: 180, bottom: 115 } },
    ]);
  });
  test('give way to symbols and to each other, first come first placed', () => {
    const symbol = { left: 120, top: 90, right: 140, bottom: 110 };
    expect(sidesOf(placeLabels(view, [symbol], [wish('a', 100, 100), wish('b', 105, 104)], nowhere))).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });
  test('stay whole within the view', () => {
    expect(sidesOf(placeLabels(view, [], [wish('a', 270, 100)], nowhere))).toEqual([['a', 1]]);
  });
  test('are left out where nothing is free, except what a person chose', () => {
    const everything = { left: -500, top: -500, right: 500, bottom: 500 };
    expect(sidesOf(placeLabels(view, [everything], [wish('a', 0, 0), wish('b', 0, 0, { always: true })], nowhere))).toEqual([
      ['b', 0],
    ]);
  });
  test('stay on the side where they stood while it is free', () => {
    expect(sidesOf(placeLabels(view, [], [wish('a', 100, 100)], new Map([['a', 2]])))).toEqual([['a', 2]]);
  });
});
