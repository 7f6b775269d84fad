import { expect, test } from 'vitest';
import type { RouteAnswer } from '#contracts/ipc/dispatch-desk.ts';
import type { Position } from '#domain/model/values.ts';
import { buildAssignment, buildHospital, buildUnit, ids, testId, testNow } from '#domain/testing/builders.ts';
import { emptyTables, type ReceivedFix, type RecordTables } from '../../state/store.ts';
import { createRoadEtas, type Drive, drivesWithoutEta } from './road-etas.ts';

const found = (seconds: number): RouteAnswer => ({
  state: 'found',
  seconds,
  metres: 1_000,
  path: [],
  offRoad: { from: 0, to: 0 },
});
const drive = (id: string): Drive => ({ id, from: [0, 0], to: [1, 1] });

test('one drive at a time, each again after half a minute; what is not wanted any more is forgotten', async () => {
  const answers: ((answer: RouteAnswer) => void)[] = [];
  const etas = createRoadEtas(
    () => new Promise((resolve) => answers.push(resolve)),
    () => undefined,
  );
  const answer = async (with_: RouteAnswer): Promise<void> => {
    answers.shift()?.(with_);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const drives = [drive('a'), drive('b')];
  etas.ask(drives, 1_000);
  etas.ask(drives, 2_000);
  expect(answers.length).toBe(1);
  await answer(found(60));
  etas.ask(drives, 3_000);
  await answer(found(120));
  expect(etas.known()).toEqual(
    new Map([
      ['a', 61_000],
      ['b', 123_000],
    ]),
  );
  etas.ask(drives, 30_999);
  expect(answers.length).toBe(0);
  etas.ask(drives, 31_000);
  await answer({ state: 'none', reason: 'noWay' });
  expect(etas.known()).toEqual(new Map([['b', 123_000]]));
  etas.ask([drive('a')], 32_000);
  expect(etas.known()).toEqual(new Map());
  etas.stop();
});

test('a desk without roads is not asked again for a minute, nor is one that fails', async () => {
  let asked = 0;
  const etas = createRoadEtas(
    async () => {
      asked += 1;
      if (asked === 2) throw new Error('gone');
      return { state: 'unavailable', message: 'This desk has no roads.' } as RouteAnswer;
    },
    () => undefined,
  );
  for (const now of [0, 1_000, 59_999, 60_000, 90_000, 119_999, 120_000]) {
    etas.ask([drive('a')], now);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(asked).toBe(3);
  etas.stop();
});

test('asked for are crews with a patient, of whom nobody reported an arrival and who were seen lately', () => {
  const fix = (number: number, ageMs: number): [string, ReceivedFix] => [
    testId('2', number),
    {
      unitId: testId('2', number),
      position: [-56, -34] as [number, number],
      heading: null,
      speed: null,
      observedAt: testNow - ageMs,
      receivedAt: testNow - ageMs,
    },
  ];
  const crew = (number: number, status: 'transporting' | 'enRoute', etaAt: number | null) => [
    buildUnit({ id: testId('2', number), status, assignmentId: testId('3', number) }),
    buildAssignment({
      id: testId('3', number),
      unitId: testId('2', number),
      hospitalId: ids.hospital,
      etaAt,
      prealert: {
        at: testNow,
        by: { personId: ids.person, name: 'R. Ortiz' },
        urgency: 'red',
        age: null,
        time: null,
        mechanism: null,
        injuries: null,
        signs: null,
        treatment: null,
      },
    }),
  ];
  const tables = emptyTables();
  for (const record of [
    buildHospital(),
    ...crew(1, 'transporting', null),
    ...crew(2, 'transporting', testNow),
    ...crew(3, 'enRoute', null),
    ...crew(4, 'transporting', null),
    ...crew(5, 'transporting', null),
  ])
    (tables[record.kind] as unknown as Map<string, unknown>).set(record.id, { record, pending: false });
  const positions = new Map([fix(1, 0), fix(2, 0), fix(3, 0), fix(4, 400_000)]);
  expect(drivesWithoutEta(tables as RecordTables, positions, testNow)).toEqual([
    { id: testId('3', 1), from: [-56, -34], to: buildHospital().position as Position },
  ]);
});
