import { expect, test } from 'vitest';
import { buildCapacitySample, testId } from '#domain/testing/builders.ts';
import { bandPath, linePath, rangeOf, seriesOf, tableRows, timeTicks } from './series.ts';

const quarter = 900_000;
const hour = 3_600_000;
const noon = Date.UTC(2026, 10, 22, 12);
const counted = (steps: readonly number[], nedocs: (step: number) => number | null = (step) => 100 + step) =>
  steps.map((step) =>
    buildCapacitySample({ id: testId('6', 50 + step), at: noon + step * quarter, nedocs: nedocs(step), present: 30 - step }),
  );

test('what was not counted is a gap, and so is a score without all its inputs', () => {
  const time = { from: noon - hour, until: noon };
  expect(seriesOf(counted([0, -1, -4, -5, -3]), 'nedocs', time)).toEqual([
    [noon - 4 * quarter, 96],
    [noon - 3 * quarter, 97],
    [noon - 2 * quarter, null],
    [noon - quarter, 99],
    [noon, 100],
  ]);
  expect(
    seriesOf(
      counted([-1, 0], (step) => (step === 0 ? null : 80)),
      'nedocs',
      time,
    ),
  ).toEqual([
    [noon - quarter, 80],
    [noon, null],
  ]);
});

test('a line breaks at a gap; what stands alone is a dot; a span is closed', () => {
  const time = { from: 0, until: 10 };
  const range = { bottom: 0, top: 10 };
  const points = [
    [0, 0],
    [1, 10],
    [2, null],
    [5, 5],
    [6, null],
    [10, 10],
  ] as const;
  expect(linePath(points, time, range)).toBe('M0.0 100.0L0.0 100.0L100.0 0.0M500.0 50.0L500.0 50.0M1000.0 0.0L1000.0 0.0');
  expect(linePath([], time, range)).toBe('');
  expect(
    bandPath(
      [
        { at: 0, low: 1, high: 2 },
        { at: 10, low: 3, high: 5 },
      ],
      time,
      range,
    ),
  ).toBe('M0.0 80.0L1000.0 50.0L1000.0 70.0L0.0 90.0Z');
});

test('a scale begins at zero, unless a value is below, and ends on a round number', () => {
  expect([[], [0], [7], [43, 12], [131], [-14, 30], [100]].map(rangeOf)).toEqual([
    { bottom: 0, top: 4 },
    { bottom: 0, top: 4 },
    { bottom: 0, top: 10 },
    { bottom: 0, top: 50 },
    { bottom: 0, top: 200 },
    { bottom: -20, top: 40 },
    { bottom: 0, top: 100 },
  ]);
});

test('hours stand by the clock of the site, also where it is half an hour off, and days on its midnights', () => {
  const texts = (zone: string, every: number, hours: number) =>
    timeTicks({ from: noon - hours * hour, until: noon }, every, zone, 'en').map(({ text }) => text);
  expect([texts('America/Montevideo', 4, 12), texts('Asia/Kolkata', 4, 12), texts('America/Montevideo', 24, 48)]).toEqual([
    ['00:00', '04:00', '08:00'],
    ['08:00', '12:00', '16:00'],
    ['Sat 21 Nov', 'Sun 22 Nov'],
  ]);
});

test('the table names every full hour, newest first, and what is not known stays unknown', () => {
  expect(tableRows(counted([0, -8, -1]), { from: noon - 2 * hour, until: noon + quarter }, 1)).toEqual([
    { at: noon, nedocs: 100, present: 30, boarders: 3 },
    { at: noon - hour, nedocs: null, present: null, boarders: null },
    { at: noon - 2 * hour, nedocs: 92, present: 38, boarders: 3 },
  ]);
});
