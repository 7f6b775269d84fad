import { describe, expect, test } from 'vitest';
import { noTimes } from '#domain/rules/assignment-times.ts';
import type { Unit } from '../model/unit.ts';
import { buildAssignment, buildHospital, buildIncident, buildUnit, ids, testNow } from '../testing/builders.ts';
import { createView } from '../testing/view.ts';
import { type Approach, approachAfter, arrivalNoted } from './arrival-watch.ts';

const scene = [-56.18, -34.9] as const;
/** So many metres east of the scene. */
const east = (metres: number): [number, number] => [scene[0] + metres / (111_195 * Math.cos((34.9 * Math.PI) / 180)), scene[1]];
const times = { ...noTimes, unitNotified: testNow - 120_000 };
const mission = buildAssignment({ times, hospitalId: ids.hospital });
const enRoute = buildUnit({ status: 'enRoute', statusSince: testNow - 60_000, assignmentId: ids.assignment });
const viewOf = (changes: Partial<Unit> = {}) =>
  createView([{ ...enRoute, ...changes }, mission, buildIncident({ position: [scene[0], scene[1]] }), buildHospital()]);

type Seen = readonly [second: number, metres: number, speed?: number | null, receivedSecond?: number];
const fixOf = ([second, metres, speed = 4, received = second]: Seen) => ({
  unitId: ids.unit,
  position: east(metres),
  heading: null,
  speed,
  source: 'vehicle',
  observedAt: testNow + second * 1_000,
  receivedAt: testNow + received * 1_000,
});
const after = (seen: readonly Seen[], view = viewOf()) =>
  seen.reduce<Approach | null>((before, one) => {
    const fix = fixOf(one);
    return approachAfter(before, view, fix, 150, fix.receivedAt);
  }, null);
/** The second of a certain arrival. */
const arrivedAt = (seen: readonly Seen[], view = viewOf()): number | null => {
  const approach = after(seen, view);
  return approach?.isCertain ? (approach.first.observedAt - testNow) / 1_000 : null;
};

describe('a unit has arrived', () => {
  test('when positions ten seconds apart say so, at the moment of the first', () => {
    expect(
      arrivedAt([
        [0, 400],
        [8, 60],
        [18, 20],
      ]),
    ).toBe(8);
    expect(
      arrivedAt([
        [0, 400],
        [8, 60],
        [17.9, 20],
      ]),
    ).toBeNull();
    expect(
      arrivedAt([
        [8, 60],
        [30, 5],
        [60, 5],
      ]),
    ).toBe(8);
  });
  test.each<[string, readonly Seen[]]>([
    ['one position alone', [[8, 20]]],
    [
      'a unit that drives by',
      [
        [0, 140, 50],
        [5, 70, 50],
        [10, 0, 50],
        [15, 70, 50],
      ],
    ],
    [
      'a source without speeds that drives by',
      [
        [0, 140, null],
        [5, 70, null],
        [10, 0, null],
        [15, 70, null],
        [20, 140, null],
      ],
    ],
    [
      'a red light, and on',
      [
        [0, 100, 0],
        [6, 100, 0],
        [9, 60, 40],
        [12, 100, 45],
        [15, 400, 50],
      ],
    ],
    [
      'a position that jumps away and back',
      [
        [0, 10],
        [6, 3_000],
        [12, 10],
      ],
    ],
    [
      'positions that come late',
      [
        [0, 10, 0, 300],
        [20, 10, 0, 320],
      ],
    ],
    [
      'an older position that comes after',
      [
        [8, 10],
        [-4, 10],
      ],
    ],
  ])('%s says nothing', (_name, seen) => {
    expect(arrivedAt(seen)).toBeNull();
  });
  test('standing before and after a light counts from the last stop', () => {
    expect(
      arrivedAt([
        [0, 120, 0],
        [9, 120, 0],
        [12, 70, 40],
        [16, 10, 3],
        [27, 12, 0],
      ]),
    ).toBe(16);
  });
  test('not before its crew has answered, and not with a status that began since', () => {
    const stands: readonly Seen[] = [
      [0, 10],
      [15, 10],
    ];
    expect(arrivedAt(stands, viewOf({ status: 'dispatched' }))).toBeNull();
    expect(arrivedAt(stands, viewOf({ status: 'acknowledged' }))).toBe(0);
    expect(arrivedAt(stands, viewOf({ statusSince: testNow + 1 }))).toBeNull();
  });
});

describe('an arrival that is noted', () => {
  const approach = after([
    [0, 10],
    [15, 10],
  ]) as Approach;
  test('is the status and the time of the first position, with its source', () => {
    expect(arrivalNoted(viewOf(), approach)).toEqual([
      { ...enRoute, status: 'onScene', statusSince: testNow },
      { ...mission, times: { ...times, onScene: testNow }, seenArrivals: [{ moment: 'onScene', source: 'vehicle' }] },
    ]);
  });
  test('is none once somebody has said something else', () => {
    expect(arrivalNoted(viewOf({ status: 'onScene', statusSince: testNow + 1 }), approach)).toEqual([]);
    expect(arrivalNoted(viewOf({ status: 'onScene', statusSince: testNow - 1 }), approach)).toEqual([]);
    expect(arrivalNoted(viewOf({ assignmentId: null, status: 'availableMobile' }), approach)).toEqual([]);
    expect(arrivalNoted(viewOf(), { ...approach, isCertain: false })).toEqual([]);
  });
});
