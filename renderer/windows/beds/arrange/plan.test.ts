import { describe, expect, test } from 'vitest';
import { decide } from '#domain/commands/decide.ts';
import type { CommandInput, CommandName } from '#domain/commands/registry.ts';
import type { RecordView } from '#domain/model/record.ts';
import { buildArea, buildBed, buildDevice, buildFacility, buildGrant, testId, testNow } from '#domain/testing/builders.ts';
import { createRandom, type Random } from '#domain/testing/random.ts';
import { createView, recordsOf, viewWith } from '#domain/testing/view.ts';
import {
  addBed,
  arrangementOf,
  changeBed,
  type Ground,
  groundWith,
  moveArea,
  moveBy,
  moveInOrder,
  newAreaOf,
  type Plan,
  placesOf,
  planOf,
  putAt,
  retire,
  takeIn,
  takingBack,
} from './plan.ts';
import { changesInWords } from './words.ts';

const [areaId, minorsId] = [testId('a', 1), testId('a', 2)];
const start = () =>
  createView([
    buildFacility(),
    buildArea({ order: 0 }),
    buildArea({ id: minorsId, name: 'Minors', code: 'C', order: 1 }),
    ...[1, 2, 3, 4].map((number) => buildBed({ id: testId('b', number), label: `B${number}`, order: number })),
    buildBed({ id: testId('b', 5), label: 'C1', areaId: minorsId }),
    buildDevice({ bedId: testId('b', 1) }),
  ]);
const groundOf = (view: RecordView): Ground => ({
  areas: [...view.list('area')],
  beds: [...view.list('bed')],
  devices: [...view.list('device')],
});
const give = <N extends CommandName>(view: RecordView, name: N, input: CommandInput<N>, commandId: string): RecordView => {
  const decision = decide(view, { commandId, name, input, issuedAt: testNow, issuedAtError: 5, grant: 'x' }, buildGrant(), 0);
  if (!decision.ok) throw new Error(decision.refusal.message);
  return viewWith(view, decision.puts);
};
const labelsIn = ({ beds }: Plan) => beds.map(({ label }) => label).join(' ');
const cellsOf = (plan: Plan) => [...placesOf(plan).cells.values()].map(({ column, line }) => `${column},${line}`).join(' ');

describe('a plan', () => {
  const ground = groundOf(start());
  const plan = planOf(ground, areaId);
  const [one = '', two = ''] = plan.beds.map(({ key }) => key);
  test('moving a bed by a cell leaves the others where they stood; two change places', () => {
    expect(cellsOf(plan)).toBe('0,0 1,0 2,0 3,0');
    expect(cellsOf(moveBy(plan, one, 0, 1))).toBe('0,1 1,0 2,0 3,0');
    expect(cellsOf(moveBy(plan, one, 1, 0))).toBe('1,0 0,0 2,0 3,0');
    expect(moveBy(plan, one, -1, 0)).toBe(plan);
    expect(moveBy(plan, one, 0, -1)).toBe(plan);
  });
  test('order, a new label that nobody has, what leaves the plan and what is retired', () => {
    expect(labelsIn(moveInOrder(plan, two, -1))).toBe('B2 B1 B3 B4');
    expect(moveInOrder(plan, one, -1)).toBe(plan);
    const added = addBed(plan, ground);
    expect(labelsIn(added.plan)).toBe('B1 B2 B3 B4 B5');
    expect(labelsIn(retire(added.plan, added.key))).toBe(labelsIn(plan));
    const [minor] = ground.beds.filter((bed) => bed.areaId === minorsId);
    if (!minor) throw new Error('no bed');
    expect(retire(takeIn(plan, minor), minor.id)).toEqual(plan);
    expect(retire(plan, one).beds[0]?.retired).toBe(true);
    expect(retire(retire(plan, one), one)).toEqual(plan);
  });
  test('nothing changed is nothing to say, and every change is said', () => {
    expect(changesInWords(plan)).toEqual([]);
    const changed = retire(changeBed(addBed(plan, ground).plan, two, { label: 'B9', single: true }), one);
    expect(changesInWords({ ...changed, area: { ...changed.area, layout: 'free' } })).toEqual([
      'Beds stand each in its cell',
      'B1 is retired',
      'B2 is called B9',
      'B9: bed becomes bed, own room',
      'B5 is added: bed',
    ]);
  });
});

const shuffled = (random: Random, view: RecordView, from: Plan): Plan => {
  const ground = groundOf(view);
  let plan = from;
  for (let step = 0; step < 12; step += 1) {
    const key = plan.beds.length === 0 ? '' : random.pick(plan.beds).key;
    const away = ground.beds.filter(
      (bed) => bed.areaId !== plan.areaId && !bed.retired && !plan.beds.some((one) => one.key === bed.id),
    );
    plan = random.pick([
      () => moveBy(plan, key, random.int(-1, 1), random.int(-1, 1)),
      () => putAt(plan, key, { column: random.int(0, 5), line: random.int(0, 3) }),
      () => moveInOrder(plan, key, random.pick([-1, 1])),
      () => addBed(plan, ground).plan,
      () => (plan.beds.length > 1 ? retire(plan, key) : plan),
      () => (away.length > 0 && plan.areaId !== null ? takeIn(plan, random.pick(away)) : plan),
      () => moveArea(plan, 1),
      () => ({ ...plan, area: { ...plan.area, layout: random.pick(['grid', 'free'] as const) } }),
      () => changeBed(plan, key, { space: random.pick(['bed', 'capacity'] as const), label: `X${step}` }),
    ])();
  }
  return plan;
};
/** What is drawn, and the monitors: what of a department an arrangement decides. */
const drawn = (view: RecordView) =>
  recordsOf(view)
    .filter((record) => record.kind !== 'bed' || !record.retired)
    .map((record) => (record.kind === 'bed' ? { ...record, since: 0 } : record));

test.each(Array.from({ length: 40 }, (_, index) => index + 1))('seed %d: what a plan does is taken back whole', (seed) => {
  const random = createRandom(seed);
  const view = start();
  const ground = groundOf(view);
  const plan = shuffled(random, view, planOf(ground, areaId));
  if (changesInWords(plan).length === 0) return;
  const commandId = random.id();
  const after = give(view, 'arrangeArea', arrangementOf(plan, areaId), commandId);
  const picture = groundWith(plan, ground).beds.filter(({ retired }) => !retired);
  expect(
    [...after.list('bed')]
      .filter(({ retired }) => !retired)
      .map(({ label }) => label)
      .toSorted(),
  ).toEqual(picture.map(({ label }) => label).toSorted());
  const back = give(after, 'arrangeArea', takingBack(plan, commandId, ground), random.id());
  expect(drawn(back)).toEqual(drawn(view));
});

test('a new area is taken back with its beds, and can be made again', () => {
  const view = start();
  const ground = groundOf(view);
  const fresh = planOf(ground, null);
  const { plan } = addBed({ ...fresh, area: { ...fresh.area, name: 'Annexe', code: 'X' } }, ground);
  const commandId = testId('6', 9);
  const after = give(view, 'addArea', newAreaOf(plan), commandId);
  const back = give(after, 'arrangeArea', takingBack(plan, commandId, ground), testId('6', 10));
  expect([...back.list('bed')].filter(({ retired }) => !retired)).toEqual([...view.list('bed')]);
  expect([...give(back, 'addArea', newAreaOf(plan), testId('6', 11)).list('bed')].length).toBe(7);
});
