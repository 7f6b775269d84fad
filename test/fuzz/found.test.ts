/** Seeds that failed once, each with what it found. A plan may change with the simulation; what was found has its own test beside the code as well. */
import { expect, test } from 'vitest';
import { planOf } from './plan.ts';
import { simulate } from './simulate.ts';

test.each([
  [344, 'a desk that ends leaves no timer of a trouble behind'],
  [424, 'I4 an answered heartbeat that lay on the line does not make the link live'],
])('seed %i: %s', async (seed) => {
  expect((await simulate(planOf(seed))).findings).toEqual([]);
});
