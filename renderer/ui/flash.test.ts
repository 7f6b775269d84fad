import { expect, test } from 'vitest';
import { isDark } from './flash.ts';

const turnsIn = (priority: 'high' | 'medium', seconds: number): number => {
  let turns = 0;
  for (let at = 1; at <= seconds * 1000; at += 1) if (isDark(priority, at) !== isDark(priority, at - 1)) turns += 1;
  return turns;
};

test('high marks flash at 2.0 Hz and medium ones at 0.5 Hz, dark half of the time', () => {
  // Two turns are one flash.
  expect([turnsIn('high', 10) / 20, turnsIn('medium', 10) / 20]).toEqual([2, 0.5]);
  const share = (priority: 'high' | 'medium') =>
    Array.from({ length: 2000 }, (_none, at) => at).filter((at) => isDark(priority, at)).length / 2000;
  expect([share('high'), share('medium')]).toEqual([0.5, 0.5]);
});
