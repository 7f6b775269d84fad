import { expect, test } from 'vitest';
import type { RouteAnswer } from '#contracts/ipc/dispatch-desk.ts';
import type { Position } from '#domain/model/values.ts';
import { createRoadBook } from './road-book.ts';

const [start, end, other]: readonly Position[] = [
  [0, 0],
  [0.02, 0],
  [0.02, 0.02],
];
const book = (answer: (from: Position, to: Position) => RouteAnswer | Error) => {
  const asked: string[] = [];
  let at = 0;
  let changes = 0;
  const roads = createRoadBook(
    async (from, to) => {
      asked.push(`${from} > ${to}`);
      await Promise.resolve();
      const given = answer(from, to);
      if (given instanceof Error) throw given;
      return given;
    },
    () => {
      changes += 1;
    },
    () => at,
  );
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  const later = (ms: number): void => {
    at += ms;
  };
  return { roads, asked, settle, later, changes: () => changes };
};
const straight = (from: Position, to: Position): RouteAnswer => ({
  state: 'found',
  seconds: 60,
  metres: 2_000,
  path: [[...from], [...to]],
  offRoad: { from: 0, to: 0 },
});
if (!start || !end || !other) throw new Error('no positions');

test('a way is asked for once while its unit stands or keeps to it', async () => {
  const { roads, asked, settle, changes } = book(straight);
  expect(roads.ways([{ id: 'm1', from: start, to: end }])).toEqual(new Map());
  await settle();
  expect(changes()).toBe(1);
  for (const from of [start, [0.004, 0], [0.012, 0.0005]] as const)
    expect(
      roads
        .ways([{ id: 'm1', from, to: end }])
        .get('m1')
        ?.at(-1),
    ).toEqual(end);
  await settle();
  expect(asked).toEqual(['0,0 > 0.02,0']);
});

test('another end, and a unit that has left its way, are asked for anew; the old way stands until then', async () => {
  const { roads, asked, settle } = book(straight);
  roads.ways([{ id: 'm1', from: start, to: end }]);
  await settle();
  const aside: Position = [0.005, 0.003];
  expect(
    roads
      .ways([{ id: 'm1', from: aside, to: end }])
      .get('m1')
      ?.at(-1),
  ).toEqual(end);
  await settle();
  expect(roads.ways([{ id: 'm1', from: aside, to: end }]).get('m1')).toEqual([aside, end]);
  expect(roads.ways([{ id: 'm1', from: aside, to: other }])).toEqual(new Map());
  await settle();
  expect(asked).toEqual(['0,0 > 0.02,0', '0.005,0.003 > 0.02,0', '0.005,0.003 > 0.02,0.02']);
});

test('one question at a time, in the order wanted; what is not wanted any more is not asked', async () => {
  const { roads, asked, settle } = book(straight);
  const want = (id: string, x: number) => ({ id, from: [x, 0] as Position, to: end });
  roads.ways([want('a', 1), want('b', 2), want('c', 3)]);
  expect(asked).toEqual(['1,0 > 0.02,0']);
  roads.ways([want('c', 3)]);
  await settle();
  expect(asked).toEqual(['1,0 > 0.02,0', '3,0 > 0.02,0']);
});

test('where no road leads nothing is drawn and nothing asked again; where the city is not there, not for a minute', async () => {
  const none = book(() => ({ state: 'none', reason: 'noWay' }));
  none.roads.ways([{ id: 'm1', from: start, to: end }]);
  await none.settle();
  expect(none.roads.ways([{ id: 'm1', from: start, to: end }])).toEqual(new Map([['m1', null]]));
  expect(none.asked).toHaveLength(1);

  const gone = book(() => ({ state: 'unavailable', reason: 'missing', message: 'no city' }));
  const ask = () => gone.roads.ways([{ id: 'm1', from: start, to: end }]);
  ask();
  await gone.settle();
  ask();
  expect(gone.asked).toHaveLength(1);
  gone.later(60_000);
  ask();
  expect(gone.asked).toHaveLength(2);
});

test('a call that fails is made again after a pause, and nothing after the stop', async () => {
  const { roads, asked, settle, later, changes } = book(() => new Error('gone'));
  const ask = () => roads.ways([{ id: 'm1', from: start, to: end }]);
  ask();
  await settle();
  ask();
  expect(asked).toHaveLength(1);
  later(5_000);
  ask();
  expect(asked).toHaveLength(2);
  const before = changes();
  roads.stop();
  await settle();
  expect(changes()).toBe(before);
});
