import { expect, test } from 'vitest';
import { inventTables } from './testing/invented.ts';
import { unitsAround } from './units-around.ts';

test('units parked at one spot come together by callsign, and one without a position not at all', () => {
  const points: [number, number][] = Array.from({ length: 50 }, (_none, index) => [-56.2 + index * 0.01, -34.9]);
  const { tables, fixes } = inventTables(40, points, [], 1_795_000_000_000);
  const units = [...tables.unit.values()].map(({ record }) => record);
  const parked = units.filter(({ status }) => status === 'availableAtStation');
  const place = fixes.get(parked[0]?.id ?? '')?.position ?? [0, 0];
  const order = unitsAround(place, units, fixes).map((id) => tables.unit.get(id)?.record.callsign);
  const here = units
    .filter(({ id }) => fixes.get(id)?.position.every((degrees, axis) => degrees === place[axis]))
    .map(({ callsign }) => callsign)
    .toSorted();
  expect(here.length).toBeGreaterThan(1);
  expect(order.slice(0, here.length)).toEqual(here);
  expect(order).toHaveLength(fixes.size);
});
