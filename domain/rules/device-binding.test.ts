import { expect, test } from 'vitest';
import { testId, testNow } from '../testing/builders.ts';
import { readingSinceBinding } from './device-binding.ts';

const reading = {
  deviceId: testId('c', 1),
  observedAt: testNow,
  receivedAt: testNow,
  heartRate: 88,
  spo2: 97,
  respiratoryRate: 16,
  systolic: 121,
  diastolic: 74,
  temperature: 36.9,
  pressureAt: testNow - 300_000,
  trend: [
    [testNow - 120_000, 44, 81],
    [testNow - 60_000, 87, 97],
  ] as const,
};

test('what a monitor measured before it was bound is not of this patient', () => {
  const since = (boundAt: number | null, changes: Partial<typeof reading> = {}) =>
    readingSinceBinding({ boundAt }, { ...reading, ...changes });
  expect([since(null), since(testNow - 600_000)]).toEqual([reading, reading]);
  expect(since(testNow - 90_000)).toEqual({
    ...reading,
    systolic: null,
    diastolic: null,
    pressureAt: null,
    trend: [reading.trend[1]],
  });
  expect([
    since(testNow + 1),
    since(testNow, { receivedAt: testNow - 1_001 }),
    readingSinceBinding({ boundAt: 0 }, undefined),
  ]).toEqual([undefined, undefined, undefined]);
});
