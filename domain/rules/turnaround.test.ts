import { expect, test } from 'vitest';
import { buildBed } from '../testing/builders.ts';
import { dirtySinceAs, turnaroundSince } from './turnaround.ts';

test('a turnaround counts from the first stage to the last, and is over with it', () => {
  const left = buildBed({ status: 'contaminated', since: 100 });
  expect([turnaroundSince(left), dirtySinceAs(left, 'cleaning'), dirtySinceAs(left, 'available')]).toEqual([100, 100, null]);
  const cleaning = buildBed({ status: 'cleaning', since: 160, dirtySince: 100 });
  expect([turnaroundSince(cleaning), dirtySinceAs(cleaning, 'contaminated'), dirtySinceAs(cleaning, 'available')]).toEqual([
    100,
    100,
    null,
  ]);
  const free = buildBed({ since: 200 });
  expect([turnaroundSince(free), dirtySinceAs(free, 'contaminated')]).toEqual([null, null]);
});
