import { expect, test } from 'vitest';
import { steadyOrder } from './steady-order.ts';

test('rows keep their place, new ones come last, gone ones leave', () => {
  expect(steadyOrder(['a', 'b', 'c'], ['d', 'c', 'a'])).toEqual(['a', 'c', 'd']);
  expect(steadyOrder([], ['b', 'a'])).toEqual(['b', 'a']);
});
