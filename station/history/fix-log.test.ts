import { expect, test } from 'vitest';
import { testNow } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';
import { addFix, type FixRow, fixAt, newFixLog, openFixes, packFixes } from './fix-log.ts';

const byUnitAndTime = (one: FixRow, other: FixRow): number => one.unit - other.unit || one.at - other.at;

test('what is packed is unpacked to the number, by unit and time, whatever the numbers are', () => {
  const random = createRandom(1);
  for (let round = 0; round < 50; round += 1) {
    const rows = Array.from({ length: random.int(0, 60) }, (_, index) => ({
      unit: random.int(0, 2_000),
      at: testNow + index,
      longitude: random.int(-18_000_000, 18_000_000),
      latitude: random.int(-9_000_000, 9_000_000),
      wait: random.pick([0, 0, 86_400_000 * 30]),
      lag: random.int(-100, 1_000_000),
      heading: random.int(-1, 360),
      speed: random.int(-1, 300),
      accuracy: random.int(-1, 5_000),
      skewMs: random.pick([-1, 9_007_199_254]),
      source: random.int(-1, 40),
    }));
    const log = newFixLog();
    for (const row of rows) addFix(log, row);
    const columns = openFixes(packFixes(log)).columns();
    expect(Array.from(columns.at, (_, index) => fixAt(columns, index))).toEqual(rows.toSorted(byUnitAndTime));
  }
});

test('bytes that are cut short are no positions', () => {
  expect(() => openFixes(packFixes(newFixLog()).subarray(0, 1))).toThrow();
  expect(() => openFixes(new Uint8Array([1, 2, 3]))).toThrow();
});
