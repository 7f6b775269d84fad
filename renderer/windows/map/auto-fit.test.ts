import { describe, expect, test } from 'vitest';
import { boundsOf, followIncidents, locked, released, unfitted } from './auto-fit.ts';

describe('the view follows the set of incidents', () => {
  test('fits a new set once, in whatever order it is told', () => {
    const first = followIncidents(unfitted, ['b', 'a']);
    expect(first).toEqual({ state: { fitted: 'a b', locked: false }, fit: true });
    expect(followIncidents(first.state, ['a', 'b'])).toEqual({ state: first.state, fit: false });
    expect(followIncidents(first.state, ['a']).fit).toBe(true);
  });
  test('a gesture locks it against every change, release fits at once', () => {
    const held = locked(followIncidents(unfitted, ['a']).state);
    expect(followIncidents(held, ['a', 'b'])).toEqual({ state: held, fit: false });
    expect(followIncidents(released(), ['a']).fit).toBe(true);
  });
  test('bounds enclose, and nothing has none', () => {
    expect(
      boundsOf([
        [-56, -34],
        [-57, -35],
        [-56.5, -33],
      ]),
    ).toEqual([
      [-57, -35],
      [-56, -33],
    ]);
    expect(boundsOf([])).toBeNull();
  });
});

test('two thousand incidents in whatever order are one set: the view moves when one comes or goes, and not for a locked hand', () => {
  const ids = Array.from({ length: 2_000 }, (_none, index) => `incident ${index}`);
  const first = followIncidents(unfitted, ids);
  const again = followIncidents(first.state, ids.toReversed());
  const gone = followIncidents(again.state, ids.slice(1));
  const held = followIncidents(locked(gone.state), ids);
  const back = followIncidents(released(), ids);
  expect([first, again, gone, held, back].map(({ fit }) => fit)).toEqual([true, false, true, false, true]);
});
