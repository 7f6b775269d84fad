import { expect, test } from 'vitest';
import type { LinkSpan } from '#contracts/ipc/health.ts';
import { liveShare, outagesOf, segmentsOf } from './link-history.ts';

const minute = 60_000;
const at = (state: LinkSpan['state'], from: number, until: number): LinkSpan => ({
  state,
  from: from * minute,
  until: until * minute,
});
const day: readonly LinkSpan[] = [
  at('live', 0, 10),
  at('late', 10, 11),
  at('live', 11, 20),
  at('late', 20, 21),
  at('stale', 21, 22),
  at('offline', 22, 30),
  at('live', 30, 40),
  at('offline', 60, 61),
  at('live', 61, 80),
  at('stale', 80, 81),
];

test('what was late alone is no outage; a time without Vigil is one, and what follows it belongs to it', () => {
  expect(outagesOf(day)).toEqual([
    { from: 80 * minute, until: null, state: 'stale' },
    { from: 40 * minute, until: 61 * minute, state: 'off' },
    { from: 20 * minute, until: 30 * minute, state: 'offline' },
  ]);
  expect(outagesOf([])).toEqual([]);
});

test('a strip shows what falls into it, and nothing where nothing is known', () => {
  expect(segmentsOf(day, 35 * minute, 75 * minute)).toEqual([
    { state: 'live', left: 0, width: 0.125 },
    { state: 'off', left: 0.125, width: 0.5 },
    { state: 'offline', left: 0.625, width: 0.025 },
    { state: 'live', left: 0.65, width: 0.35 },
  ]);
  expect(segmentsOf(day.slice(0, 1), -10 * minute, 10 * minute)).toEqual([{ state: 'live', left: 0.5, width: 0.5 }]);
  expect(segmentsOf([], 0, minute)).toEqual([]);
});

test('the live share is of the time that is known', () => {
  expect(liveShare(day)).toBeCloseTo(48 / 81, 10);
  expect(liveShare([])).toBeNull();
});
