import { expect, test } from 'vitest';
import type { IsochroneAnswer } from '#contracts/ipc/dispatch-desk.ts';
import { createCover } from './cover.ts';

const areas = [{ minutes: 8, polygons: [[[[0, 0] as [number, number]]]] }];
const cover = (answer: () => IsochroneAnswer | Error) => {
  let [at, asked, changes] = [0, 0, 0];
  const made = createCover(
    async () => {
      asked += 1;
      const given = answer();
      if (given instanceof Error) throw given;
      return given;
    },
    () => {
      changes += 1;
    },
    () => at,
  );
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };
  return {
    look: made.areas,
    stop: made.stop,
    settle,
    later: (ms: number) => {
      at += ms;
    },
    counts: () => ({ asked, changes }),
  };
};
const found: IsochroneAnswer = { state: 'found', starts: 3, areas };

test('cover is asked for while somebody looks, and again when it is old', async () => {
  const { look, settle, later, counts } = cover(() => found);
  expect(look(false)).toBe(null);
  expect(counts().asked).toBe(0);
  expect(look(true)).toBe(null);
  look(true);
  await settle();
  expect([look(true), counts()]).toEqual([areas, { asked: 1, changes: 1 }]);
  later(20_001);
  expect(look(true)).toEqual(areas);
  await settle();
  expect(counts().asked).toBe(2);
  expect([look(false), look(true)]).toEqual([null, null]);
});

test('without a city, and when the call fails, nothing is drawn and nothing is hammered', async () => {
  for (const answer of [{ state: 'unavailable', reason: 'missing', message: '' } as const, new Error('gone')]) {
    const { look, settle, later, counts } = cover(() => answer);
    for (let turn = 0; turn < 5; turn += 1) {
      expect(look(true)).toBe(null);
      await settle();
      later(1_000);
    }
    expect(counts().asked).toBe(1);
    later(5_000);
    look(true);
    expect(counts().asked).toBe(2);
  }
});
