import { describe, expect, test } from 'vitest';
import { buildUnit, ids, testNow } from '../testing/builders.ts';
import { arrivalAt, offloadOf } from './geofence.ts';

const scene = [-56.16, -34.9] as const;
const hospital = [-56.1, -34.85] as const;
const near = [-56.1605, -34.9003] as const;
const fix = (position: readonly [number, number], changes: object = {}) => ({
  unitId: ids.unit,
  position: [position[0], position[1]] as [number, number],
  heading: null,
  speed: 5,
  observedAt: testNow - 2_000,
  receivedAt: testNow - 1_500,
  ...changes,
});
const goal = { scene, hospital };
const unit = (status: Parameters<typeof arrivalAt>[0]['status']) => buildUnit({ status, statusSince: testNow - 60_000 });

describe('what a position says of a status', () => {
  test('near the scene while it drives there is on scene, near the hospital with a patient is at hospital', () => {
    expect(arrivalAt(unit('enRoute'), fix(near), goal, 150, testNow)).toBe('onScene');
    expect(arrivalAt(unit('acknowledged'), fix(near), goal, 150, testNow)).toBe('onScene');
    expect(arrivalAt(unit('transporting'), fix(hospital), goal, 150, testNow)).toBe('atDestination');
  });
  test('a unit that is there already, is free, holds back or brings somebody says nothing at the scene', () => {
    for (const status of ['onScene', 'atPatient', 'availableMobile', 'staging', 'transporting', 'clearing'] as const)
      expect(arrivalAt(unit(status), fix(near), goal, 150, testNow)).toBeNull();
  });
  test.each([
    ['too far', near, {}, 20],
    ['driving by', near, { speed: 60 }, 150],
    ['an old fix', near, { observedAt: testNow - 90_000, receivedAt: testNow - 90_000 }, 150],
    ['a clock that is ahead', near, { observedAt: testNow + 60_000 }, 150],
    ['seen before the unit set out', near, { observedAt: testNow - 61_000, receivedAt: testNow - 55_000 }, 150],
  ] as const)('%s says nothing', (_name, position, changes, metres) => {
    expect(arrivalAt(unit('enRoute'), fix(position, changes), goal, metres, testNow)).toBeNull();
  });
  test('a mission without its place says nothing', () => {
    expect(arrivalAt(unit('enRoute'), fix(near), { scene: null, hospital: null }, 150, testNow)).toBeNull();
  });
});

describe('the handover at a hospital', () => {
  const steps = [15, 30, 45, 60];
  const waited = (minutes: number) =>
    offloadOf({ atDestination: testNow, transferOfCare: null }, steps, testNow + minutes * 60_000);
  test('steps up at 15, 30, 45 and 60 minutes', () => {
    expect([0, 14, 15, 30, 46, 61].map((minutes) => waited(minutes)?.step)).toEqual([0, 0, 1, 2, 3, 4]);
    expect(waited(16)).toEqual({ since: testNow, step: 1, nextAt: testNow + 30 * 60_000 });
    expect(waited(61)?.nextAt).toBeNull();
  });
  test('has not begun before the arrival and is over with the handover', () => {
    expect(offloadOf({ atDestination: null, transferOfCare: null }, steps, testNow)).toBeNull();
    expect(offloadOf({ atDestination: testNow, transferOfCare: testNow + 1 }, steps, testNow + 2)).toBeNull();
  });
});
