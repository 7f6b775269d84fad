import { describe, expect, test } from 'vitest';
import { bearingDegrees, EARTH_RADIUS_METRES, haversineMetres, lengthMetres, pointAlong } from './coordinates.ts';

describe('distance and bearing', () => {
  test('a degree of longitude on the equator is a 360th of its length', () => {
    expect(haversineMetres([0, 0], [1, 0])).toBeCloseTo((2 * Math.PI * EARTH_RADIUS_METRES) / 360, 6);
    expect(haversineMetres([12, 34], [12, 34])).toBe(0);
    expect(haversineMetres([0, 0], [180, 0])).toBeCloseTo(Math.PI * EARTH_RADIUS_METRES, 3);
  });

  test('the four winds', () => {
    expect(bearingDegrees([0, 0], [0, 1])).toBeCloseTo(0, 9);
    expect(bearingDegrees([0, 0], [1, 0])).toBeCloseTo(90, 9);
    expect(bearingDegrees([0, 0], [0, -1])).toBeCloseTo(180, 9);
    expect(bearingDegrees([0, 0], [-1, 0])).toBeCloseTo(270, 9);
    expect(bearingDegrees([5, 5], [5, 5])).toBe(0);
  });
});

describe('along a polyline', () => {
  const path = [
    [0, 0],
    [0, 0],
    [0.01, 0],
    [0.01, 0.01],
  ] as const;

  test('is held at both ends and turns with the line', () => {
    const length = lengthMetres(path);
    expect(pointAlong(path, -5)).toEqual({ position: [0, 0], bearing: 90 });
    expect(pointAlong(path, length + 100)?.position).toEqual([0.01, 0.01]);
    const quarter = pointAlong(path, length / 4);
    expect(quarter?.position[0]).toBeCloseTo(0.005, 6);
    expect(quarter?.bearing).toBeCloseTo(90, 3);
    expect(pointAlong(path, (length * 3) / 4)?.bearing).toBeCloseTo(0, 3);
  });

  test('of one position stays there; of none is nowhere', () => {
    expect(pointAlong([[1, 2]], 10)).toEqual({ position: [1, 2], bearing: 0 });
    expect(pointAlong([], 10)).toBeUndefined();
  });
});
