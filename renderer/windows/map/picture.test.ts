import { describe, expect, test } from 'vitest';
import { composePicture, type Scene, unitLine } from './picture.ts';
import { inventTables } from './testing/invented.ts';

const now = 1_795_000_000_000;
const roads = Array.from({ length: 4_000 }, (_none, index): [number, number] => [
  -56.2 + (index % 80) * 0.002,
  -34.9 + Math.floor(index / 80) * 0.001,
]);
const scene = (units: number, change: Partial<Scene> = {}): Scene => {
  const { tables, fixes } = inventTables(units, roads, [{ name: 'Hospital', lon: -56.16, lat: -34.9 }], now);
  return {
    records: tables,
    positions: fixes,
    now,
    cutOff: false,
    selection: null,
    proposed: [],
    view: [
      [-57, -36],
      [-55, -34],
    ],
    labelBudget: 120,
    ...change,
  };
};

describe('the picture', () => {
  test('counts those without a position and draws none for them', () => {
    const { summary, units } = composePicture(scene(40));
    expect({ ...summary, newestAge: 0, newestFix: 0 }).toEqual({
      units: 40,
      withoutPosition: 1,
      newestAge: 0,
      oldestAge: 1_900_000,
      newestFix: 0,
    });
    expect(units.size).toBeLessThan(40);
  });
  test('units parked at one spot stand as one mark that names them all, and the selected one stands alone', () => {
    const { groups } = composePicture(scene(40));
    const [id, members] = [...groups][0] ?? ['', []];
    expect(members.length).toBeGreaterThan(1);
    const chosen = members[0] ?? '';
    const after = composePicture(scene(40, { selection: { kind: 'unit', id: chosen } }));
    expect(after.groups.get(id) ?? []).not.toContain(chosen);
    expect(after.units.has(chosen)).toBe(true);
  });
  test('nothing is drawn as live while the desk is cut off', () => {
    const { units, labels } = composePicture(scene(40, { cutOff: true }));
    const icons = [...units.values()].map(({ icon }) => icon);
    expect(icons.filter((icon) => icon.includes('-solid'))).toEqual([]);
    expect([...labels.values()].filter(({ late, name }) => late && name !== 'D24')).toEqual([]);
  });
  test('a source clock that runs ahead is flagged and freezes nothing', () => {
    const { records } = scene(40);
    const unit = [...records.unit.values()][0]?.record;
    if (!unit) throw new Error('no unit');
    const line = unitLine({ unit, fresh: { state: 'live', ageMs: 1_000, skewed: true }, assignment: undefined }, now, false);
    expect(line).toEqual({ sub: 'clock differs', late: true });
  });
  test('two thousand units keep within the label budget', () => {
    const { labels } = composePicture(scene(2_000));
    expect(labels.size).toBeLessThanOrEqual(120);
  });
});
