import { expect, test } from 'vitest';
import { nearestUnits } from './nearest-units.ts';
import { inventTables } from './testing/invented.ts';

const now = 1_795_000_000_000;
const { tables, fixes } = inventTables(
  40,
  [
    [-56.17, -34.88],
    [-56.1, -34.85],
    [-56.3, -34.6],
  ],
  [],
  now,
);
const incident = [...tables.incident.values()][0]?.record;
const units = [...tables.unit.values()].map(({ record }) => record);

test('free units come by their estimate, and each one left out says why', () => {
  if (!incident) throw new Error('no incident');
  const { candidates, unsuitable } = nearestUnits(incident, units, fixes, now);
  const durations = candidates.map(({ duration }) => duration);
  expect(durations).toEqual(durations.toSorted((left, right) => left - right));
  const why = new Map(unsuitable.map((left) => [left.unit.callsign, left.why]));
  expect([why.get('D24'), why.get('B07'), why.get('M22')]).toEqual(['emergency', 'resting', 'lost']);
  const told = new Set([...candidates, ...unsuitable].map(({ unit }) => unit.id));
  expect(units.filter(({ status }) => status.startsWith('available')).every(({ id }) => told.has(id))).toBe(true);
});
