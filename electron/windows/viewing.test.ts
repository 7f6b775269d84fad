import { expect, test } from 'vitest';
import { shippedViewing, viewingOf } from './viewing.ts';

const unsaid = { diagonalInches: null, distanceMetres: null, displays: [] } as const;

test('what is shipped stands in, and is said to be assumed until the site has said both', () => {
  expect(viewingOf(unsaid, 'DELL')).toEqual({ ...shippedViewing, assumed: true });
  expect(viewingOf({ ...unsaid, diagonalInches: 86 }, 'DELL')).toMatchObject({
    diagonalInches: 86,
    distanceMetres: 6,
    assumed: true,
  });
  expect(viewingOf({ ...unsaid, diagonalInches: 86, distanceMetres: 8 }, '').assumed).toBe(false);
});

test('a display that the site names has its own size and distance', () => {
  const policy = {
    ...unsaid,

    displays: [{ label: 'NEC C981Q', diagonalInches: 98, distanceMetres: 9 }],
  } as const;
  expect(viewingOf(policy, 'NEC C981Q')).toEqual({ diagonalInches: 98, distanceMetres: 9, assumed: false });
  expect(viewingOf(policy, 'DELL')).toMatchObject({ ...shippedViewing, assumed: true });
});
