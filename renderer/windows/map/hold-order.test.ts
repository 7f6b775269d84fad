import { expect, test } from 'vitest';
import { holdOrder } from './hold-order.ts';

test('rows under a pointer keep their places, new ones come after, gone ones leave', () => {
  expect(holdOrder(['c', 'a', 'b'], ['new', 'a', 'c'], (row) => row)).toEqual(['c', 'a', 'new']);
});
