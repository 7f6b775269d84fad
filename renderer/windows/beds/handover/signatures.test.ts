import { expect, test } from 'vitest';
import { isAskedFirst } from './signatures.ts';

const point = (spoken: boolean) => ({
  about: 'department' as const,
  id: null,
  text: 'Two corridor beds are open',
  spoken,
  note: '',
  change: 'new' as const,
  reasons: [],
  stood: null,
});

test('whoever signs with points not spoken through is asked first, and for each part anew', () => {
  const half = { points: [point(true), point(false)] };
  expect([isAskedFirst(half, 'given', null), isAskedFirst(half, 'given', 'given'), isAskedFirst(half, 'taken', 'given')]).toEqual(
    [true, false, true],
  );
  expect(isAskedFirst({ points: [point(true)] }, 'given', null)).toBe(false);
});
