import { expect, test } from 'vitest';
import { buildCall } from '#domain/testing/builders.ts';
import { learnBases, placeBases } from './compose-bases.ts';
import { placeCallers } from './compose-callers.ts';
import { placeFences, placeWays } from './compose-ways.ts';
import { layersAtFirst, turned } from './layers.ts';
import type { Scene } from './picture.ts';
import { inventTables } from './testing/invented.ts';

const now = 1_795_000_000_000;
const points = Array.from({ length: 400 }, (_none, index): [number, number] => [
  -56.2 + (index % 20) * 0.004,
  -34.9 + index * 0.0001,
]);
const hospitals = Array.from({ length: 6 }, (_none, index) => ({
  name: `Hospital ${index}`,
  lon: -56.16,
  lat: -34.9 + index / 100,
}));
const { tables, fixes } = inventTables(40, points, hospitals, now);
const scene = (change: Partial<Scene> = {}): Scene => ({
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
});
const units = [...tables.unit.values()].map(({ record }) => record);
const onTheRoad = units.filter(
  ({ status, assignmentId }) => assignmentId !== null && /dispatched|acknowledged|enRoute/.test(status),
);

test('missions on the road have their ways, to the scene or to the hospital', () => {
  const ways = placeWays(scene(), 'sparse');
  expect(ways.every(({ kind }) => kind === 'active')).toBe(true);
  expect(onTheRoad.length).toBeGreaterThan(2);
  expect(onTheRoad.filter(({ id }) => !ways.some((way) => way.id === id))).toEqual([]);
  const bringing = units.find(({ id, status }) => status === 'transporting' && ways.some((way) => way.id === id));
  const taking = tables.assignment.get(bringing?.assignmentId ?? '')?.record.hospitalId ?? '';
  expect(ways.find(({ id }) => id === bringing?.id)?.to).toEqual(tables.hospital.get(taking)?.record.position);
});

test('with the layer off, and in a throng, only the ways of what a person chose or proposes are left', () => {
  const [sent] = onTheRoad;
  const mission = tables.assignment.get(sent?.assignmentId ?? '')?.record;
  if (!sent || !mission) throw new Error('nobody is sent');
  const proposed = units.filter(({ assignmentId }) => assignmentId === null).slice(0, 2);
  const selection = { kind: 'incident', id: mission.incidentId } as const;
  const chosen = scene({ selection, proposed: proposed.map(({ id }) => id) });
  const kinds = (ways: ReturnType<typeof placeWays>) => [...new Set(ways.map(({ kind }) => kind))];
  expect(kinds(placeWays(chosen, 'sparse'))).toEqual(['proposed', 'chosen', 'active']);
  expect(kinds(placeWays(chosen, 'dense'))).toEqual(['proposed', 'chosen']);
  expect(kinds(placeWays({ ...chosen, layers: { ...layersAtFirst, routes: false } }, 'sparse'))).toEqual(['proposed', 'chosen']);
  expect(placeWays(scene(), 'dense')).toEqual([]);
  expect(placeWays(scene({ layers: { ...layersAtFirst, units: false } }), 'sparse')).toEqual([]);
});

test('arrival circles stand around open incidents and hospitals, as the site has set them, and only when asked for', () => {
  expect(placeFences(scene())).toEqual([]);
  const fences = placeFences(scene({ layers: { ...layersAtFirst, fences: true } }));
  expect(fences.length).toBe(tables.incident.size + tables.hospital.size);
  expect(new Set(fences.map(({ metres }) => metres)).size).toBe(1);
});

test('a base is learned from a unit that says it stands there, and stays known when all have left it', () => {
  const known = learnBases(scene(), new Map());
  expect(known.size).toBeGreaterThan(0);
  expect(learnBases(scene(), known)).toBe(known);
  expect(learnBases(scene({ now: now + 600_000 }), new Map()).size).toBe(0);
  const gone = new Map(
    [...tables.unit].map(([id, { record, pending }]) => [
      id,
      { pending, record: { ...record, status: 'availableMobile' as const } },
    ]),
  );
  const bases = placeBases(scene({ records: { ...tables, unit: gone } }), known);
  expect(bases.map(({ name }) => name).toSorted()).toEqual([...known.keys()].toSorted());
  expect(bases.every(({ look }) => look.kind === 'base' && look.empty)).toBe(true);
});
test("a caller is somewhere in a circle: of the incident that is looked at, and of each call that is nobody's yet", () => {
  const location = { position: [-56.17, -34.9] as [number, number], uncertaintyMetres: 35, source: 'aml' as const };
  const [first, second] = [...tables.incident.values()].map(({ record }) => record);
  if (!first || !second) throw new Error('two incidents');
  const located = { ...first, caller: { name: null, phone: null, location } };
  const calls = [
    buildCall({ id: 'ringing', location }),
    buildCall({ id: 'withoutRadius', location: { ...location, uncertaintyMetres: null } }),
    buildCall({ id: 'taken', location, incidentId: first.id }),
    buildCall({ id: 'over', location, endedAt: now }),
  ];
  const records = {
    ...tables,
    incident: new Map(tables.incident).set(located.id, { record: located, pending: false }),
    call: new Map(calls.map((record) => [record.id, { record, pending: false }])),
  };
  const circle = (id: string) => ({ id, centre: location.position, metres: 35 });
  expect([
    placeCallers(scene({ records, selection: { kind: 'incident', id: first.id } })),
    placeCallers(scene({ records, selection: { kind: 'incident', id: second.id } })),
    placeCallers(scene({ records, layers: turned(layersAtFirst, 'callers') })),
  ]).toEqual([[circle(first.id), circle('ringing')], [circle('ringing')], []]);
});
