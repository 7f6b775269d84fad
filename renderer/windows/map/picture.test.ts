import { describe, expect, test } from 'vitest';
import { labelBudget } from './crowd.ts';
import { type LayersShown, layersAtFirst, mapLayers } from './layers.ts';
import { composePicture, type Scene } from './picture.ts';
import { inventTables } from './testing/invented.ts';
import { unitLine } from './unit-line.ts';

const unitIdOf = (index: number): string => `00000000-0000-4000-8000-0001${String(index).padStart(8, '0')}`;
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
    layers: layersAtFirst,
    crowd: 'sparse',
    bases: new Map(),
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
      incidentsHidden: 0,
    });
    expect(units.length).toBeLessThan(40);
  });
  test('units parked at one spot stand as one mark that names them all, and the selected one stands alone', () => {
    const { groups } = composePicture(scene(40));
    const { id, members } = groups[0] ?? { id: '', members: [] };
    expect(members.length).toBeGreaterThan(1);
    const chosen = members[0] ?? '';
    const after = composePicture(scene(40, { selection: { kind: 'unit', id: chosen } }));
    expect(after.groups.find((group) => group.id === id)?.members ?? []).not.toContain(chosen);
    expect(after.units.map((unit) => unit.id)).toContain(chosen);
  });
  test('nothing is drawn as live while the desk is cut off', () => {
    const { units, labels } = composePicture(scene(40, { cutOff: true }));
    expect(units.filter(({ symbol }) => symbol.solidity === 'solid')).toEqual([]);
    expect(labels.filter(({ tone }) => tone !== 'plain').map(({ name }) => name)).toEqual(['D24']);
  });
  test('old, lost and wrong clocks each have their own look and words', () => {
    const { units, labels } = composePicture(scene(40));
    const of = (index: number) => {
      const unit = units.find(({ id }) => id === unitIdOf(index));
      const label = labels.find(({ id }) => id === unitIdOf(index));
      return { solidity: unit?.symbol.solidity, signs: unit?.signs, sub: label?.sub, tone: label?.tone };
    };
    expect([8, 21, 14].map(of)).toEqual([
      { solidity: 'hollow', signs: [], sub: 'fix 07:10 old', tone: 'late' },
      { solidity: 'lost', signs: [], sub: 'lost, fix 31:40 old', tone: 'late' },
      { solidity: 'solid', signs: ['skewed'], sub: 'clock 01:49 ahead', tone: 'late' },
    ]);
  });
  test('a source clock that runs ahead is flagged and freezes nothing', () => {
    const { records, positions } = scene(40);
    const unit = [...records.unit.values()][0]?.record;
    const fix = unit && positions.get(unit.id);
    if (!unit || !fix) throw new Error('no unit');
    const ahead = { ...fix, observedAt: fix.receivedAt + 62_000 };
    const line = unitLine(
      { unit, fix: ahead, fresh: { state: 'live', ageMs: 1_000, skewed: true }, assignment: undefined, limits: null },
      now,
      false,
    );
    expect(line).toEqual({ sub: 'clock 01:02 ahead', late: true });
  });
  test('two thousand units keep within the label budget of their crowd', () => {
    const { labels, crowd } = composePicture(scene(2_000));
    expect(crowd).toBe('dense');
    expect(labels.length).toBeLessThanOrEqual(labelBudget.dense);
  });
  test('a crew in emergency is drawn whatever is switched off, alone, over everything and with its words', () => {
    const off = Object.fromEntries(mapLayers.map((layer) => [layer, false])) as LayersShown;
    for (const units of [40, 2_000]) {
      const { records, positions, ...rest } = scene(units);
      // Parked where others are, as a group would take it in.
      const spot = [...positions.values()].find(({ unitId }) => unitId === unitIdOf(0))?.position ?? [0, 0];
      const fix = positions.get(unitIdOf(23));
      if (!fix) throw new Error('no fix');
      const picture = composePicture({
        ...rest,
        records,
        positions: new Map(positions).set(unitIdOf(23), { ...fix, position: spot }),
        layers: off,
      });
      expect(picture.units.map(({ id, standing }) => ({ id, standing }))).toEqual([{ id: unitIdOf(23), standing: 'emergency' }]);
      expect(picture.labels.map(({ name, tone, rank }) => ({ name, tone, rank }))).toEqual([
        { name: 'D24', tone: 'alarm', rank: 0 },
      ]);
    }
  });
  test('switched off, incidents of the first two priorities and the chosen one stay, and the rest is counted', () => {
    const { records } = scene(40);
    const open = [...records.incident.values()].map(({ record }) => record);
    const quiet = open.find(({ priority }) => priority === 4);
    const layers = { ...layersAtFirst, incidents: false };
    const urgent = open.filter(({ priority }) => priority <= 2).map(({ id }) => id);
    const picture = composePicture(scene(40, { layers }));
    expect(picture.incidents.map(({ id }) => id).toSorted()).toEqual(urgent.toSorted());
    expect(picture.summary.incidentsHidden).toBe(open.length - urgent.length);
    expect([...picture.active.keys()].toSorted()).toEqual(open.map(({ id }) => id).toSorted());
    const chosen = composePicture(scene(40, { layers, selection: { kind: 'incident', id: quiet?.id ?? '' } }));
    expect(chosen.incidents.map(({ id }) => id)).toContain(quiet?.id);
  });
});
