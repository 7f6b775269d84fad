import { expect, test } from 'vitest';
import type { Hospital } from '../model/hospital.ts';
import { buildHospital, ids, testNow } from '../testing/builders.ts';
import { divertOf } from './hospital-divert.ts';

test('a diversion counts down, expires visibly, and is never read out of a hospital that takes everybody', () => {
  const until = (at: number): Hospital['divert'] => ({
    reason: 'CT broken',
    by: { personId: ids.person, name: 'R. Ortiz' },
    until: at,
  });
  const of = (changes: Partial<Hospital>) => divertOf(buildHospital(changes), testNow);
  expect([
    of({ emsTrafficStatus: 'closed', divert: until(testNow + 5) }),
    of({ emsTrafficStatus: 'advisory', divert: until(testNow) }),
    of({ emsTrafficStatus: 'closed', divert: until(testNow - 7) }),
    of({ emsTrafficStatus: 'closed' }),
    of({ emsTrafficStatus: 'normal', divert: until(testNow + 5) }),
    of({ emsTrafficStatus: 'notApplicable' }),
  ]).toEqual([
    { state: 'standing', spanMs: 5 },
    { state: 'expired', spanMs: 0 },
    { state: 'expired', spanMs: 7 },
    { state: 'open' },
    { state: 'none' },
    { state: 'none' },
  ]);
});
