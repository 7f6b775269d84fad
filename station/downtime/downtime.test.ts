import { expect, test } from 'vitest';
import type { Frame, LinkState } from '#contracts/ipc/station-window.ts';
import { testNow } from '#domain/testing/builders.ts';
import { createFakeClock } from '#domain/testing/fake-clock.ts';
import { createTroubles } from '../troubles.ts';
import { createDowntime, PACK_EVERY } from './downtime.ts';
import type { PackMaker, PackResult } from './make-pack.ts';
import { largeDepartment } from './testing/large-department.ts';

const kept: PackResult = { state: 'kept', pages: 5, bytes: 900, kept: 3, plainError: null };

/** A desk on a fake clock whose packs take two seconds and end as the test says. */
const openDesk = (plainDirectory: string | null = null) => {
  const clock = createFakeClock(testNow);
  const made: number[] = [];
  const desk: { copy: Frame['copy']; result: PackResult } = { copy: { state: 'whole', asOf: testNow - 5 }, result: kept };
  const troubles = createTroubles(clock.now, () => undefined, clock.after);
  const maker: PackMaker = {
    make: (_pack, header) => {
      made.push(header.madeAt - testNow);
      const { result } = desk;
      return new Promise((resolve) => clock.after(2_000, () => resolve(result)));
    },
    print: () => Promise.resolve({ state: 'failed', error: 'none' }),
    discard: () => undefined,
    plainDirectory,
    stop: () => undefined,
  };
  const downtime = createDowntime({
    maker,
    clock: { wallNow: clock.now, monotonicNow: clock.now, after: clock.after, every: clock.every },
    serverNow: clock.now,
    copy: () => desk.copy,
    source: (asOf) => ({ ...largeDepartment({ beds: 4, units: 1, alarms: 1 }), asOf, now: clock.now() }),
    troubles,
    log: () => undefined,
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
  };
  const pass = async (ms: number): Promise<void> => {
    await settle();
    for (let passed = 0; passed < ms; passed += 1_000) {
      clock.advance(1_000);
      await settle();
    }
  };
  const link = (...states: readonly LinkState[]): void => {
    for (const state of states) downtime.linkMoved(state);
  };
  return { clock, desk, made, downtime, troubles, pass, link };
};

test('D1 a pack is made soon after the start and every five minutes', async () => {
  const { made, pass, downtime } = openDesk();
  await pass(20_000 + 2 * PACK_EVERY + 10_000);
  expect(made).toEqual([20_000, 20_000 + PACK_EVERY, 20_000 + 2 * PACK_EVERY]);
  expect(downtime.status()).toEqual({
    last: { madeAt: testNow + 20_000 + 2 * PACK_EVERY, asOf: testNow - 5, pages: 5, bytes: 900, kept: 3, tookMs: 2_000 },
    error: null,
    plain: null,
  });
  downtime.stop();
});

test('D1 a pack is made at the moment the link is lost, once an outage, also while one is being made', async () => {
  const { made, pass, link, downtime } = openDesk();
  link('offline', 'live');
  await pass(30_000);
  link('late', 'stale', 'offline');
  await pass(5_000);
  link('live', 'offline', 'live', 'offline');
  await pass(10_000);
  expect(made).toEqual([20_000, 30_000, 35_000, 37_000]);
  downtime.stop();
});

test('D2 while the desk is loading nothing is printed; it is made up for when the copy is whole', async () => {
  const { desk, made, pass, link, downtime } = openDesk();
  desk.copy = { state: 'loading', loaded: 1, total: 2 };
  link('live', 'offline');
  await pass(60_000);
  expect(made).toEqual([]);
  desk.copy = { state: 'whole', asOf: testNow + 60_000 };
  await pass(10_000);
  expect(made).toEqual([65_000]);
  downtime.stop();
});

test('D7 a pack that cannot be kept stands on the strip until one is kept, and is tried again after a minute', async () => {
  const { desk, made, pass, downtime, troubles } = openDesk();
  desk.result = { state: 'failed', error: 'ENOSPC' };
  await pass(25_000);
  expect(troubles.list().map(({ code, message }) => [code, message])).toEqual([
    ['downtimePack', 'The downtime pack could not be kept (ENOSPC). The one before it stands.'],
  ]);
  desk.result = kept;
  await pass(70_000);
  expect([made, troubles.list(), downtime.status().error]).toEqual([[20_000, 85_000], [], null]);
  downtime.stop();
});

test('D6 a plain copy that cannot be written is said with its folder', async () => {
  const { desk, pass, downtime, troubles } = openDesk('/plain');
  desk.result = { ...kept, plainError: 'ENOENT' };
  await pass(25_000);
  expect(downtime.status().plain).toEqual({ folder: '/plain', error: 'ENOENT' });
  expect(troubles.list().map(({ code }) => code)).toEqual(['downtimePlain']);
  downtime.stop();
});
