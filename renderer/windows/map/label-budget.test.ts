import { expect, test } from 'vitest';
import { labelled } from './label-budget.ts';

const view = [
  [0, 0],
  [10, 10],
] as const;
const claim = (id: string, rank: number, x = 5) => ({ id, rank, position: [x, 5] as const });

test('only what is in view may have a label', () => {
  expect(labelled([claim('in', 5), claim('out', 0, 11)], view, 10)).toEqual(new Set(['in']));
});
test('a small budget goes to those that need someone', () => {
  expect(labelled([claim('free', 5), claim('stale', 3), claim('chosen', 0)], view, 2)).toEqual(new Set(['chosen', 'stale']));
});
test('among equals the first told stay, so that labels do not flicker', () => {
  expect(labelled([claim('a', 5), claim('b', 5), claim('c', 5)], view, 2)).toEqual(new Set(['a', 'b']));
});
