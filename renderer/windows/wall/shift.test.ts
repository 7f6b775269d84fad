import { expect, test } from 'vitest';
import { reach, shiftAt, standsFor, stride } from './shift.ts';

test('the picture goes round its place in small steps, never far, and comes back', () => {
  const places = Array.from({ length: 17 }, (_, step) => shiftAt(step * standsFor));
  expect(shiftAt(standsFor - 1)).toEqual(shiftAt(0));
  expect(places[16]).toEqual(places[0]);
  expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(16);
  for (const [index, { x, y }] of places.entries()) {
    expect(Math.max(Math.abs(x), Math.abs(y))).toBe(reach);
    const before = places[index - 1];
    if (before) expect(Math.abs(x - before.x) + Math.abs(y - before.y)).toBe(stride);
  }
});
