import { expect, test } from 'vitest';
import { testNow } from '../testing/builders.ts';
import { isBetterLocation } from './caller-location.ts';

const at = (source: 'ali' | 'aml', uncertaintyMetres: number | null) => ({
  position: [-56.16, -34.89] as [number, number],
  uncertaintyMetres,
  source,
});

test('the telephone goes before its line, the more exact before the vague, the newer before the old', () => {
  const held = at('aml', 50);
  const better = (told: ReturnType<typeof at>, seconds: number) =>
    isBetterLocation(held, testNow, told, testNow + seconds * 1_000);
  expect([
    isBetterLocation(null, null, at('ali', null), testNow),
    isBetterLocation(at('ali', 5), testNow, at('aml', 900), testNow),
    better(at('ali', 1), 300),
    better(at('aml', 20), 5),
    better(at('aml', 80), 5),
    better(at('aml', 80), 60),
    better(at('aml', null), 5),
    better(at('aml', 10), -1),
  ]).toEqual([true, true, false, true, false, true, false, false]);
});
