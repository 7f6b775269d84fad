import { expect, test } from 'vitest';
import { testNow } from '../testing/builders.ts';
import { shippedDispatchSettings } from './dispatch-defaults.ts';
import { rollCallOf } from './roll-call.ts';

const { rollCall } = shippedDispatchSettings;
const minute = 60_000;
const at = (minutes: number, rollCallAnsweredAt: number | null = null) =>
  rollCallOf({ status: 'onScene', statusSince: testNow, rollCallAnsweredAt }, rollCall, testNow + minutes * minute);

test('a crew at a scene is asked every 20 min, has 60 s, then 120 s, then has missed a cycle', () => {
  expect(
    [0, 19.9, 20, 20.9, 21, 22.9, 23, 42.9, 43, 46].map((minutes) => [minutes, at(minutes).state, at(minutes).missedCycles]),
  ).toEqual([
    [0, 'answered', 0],
    [19.9, 'answered', 0],
    [20, 'asked', 0],
    [20.9, 'asked', 0],
    [21, 'askedAgain', 0],
    [22.9, 'askedAgain', 0],
    [23, 'missed', 1],
    [42.9, 'missed', 1],
    [43, 'asked', 1],
    [46, 'missed', 2],
  ]);
  expect(at(21).until).toBe(testNow + 23 * minute);
});

test('an answer begins a new cycle, and a crew that is not at a scene is not asked', () => {
  expect(at(46, testNow + 45 * minute)).toEqual({ state: 'answered', until: testNow + 65 * minute, missedCycles: 0 });
  expect(
    rollCallOf({ status: 'transporting', statusSince: testNow, rollCallAnsweredAt: null }, rollCall, testNow + 99 * minute),
  ).toEqual({
    state: 'notNeeded',
    until: null,
    missedCycles: 0,
  });
});
