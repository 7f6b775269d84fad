import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildBed, testId, testNow } from '#domain/testing/builders.ts';
import { createFakeClock } from '#domain/testing/fake-clock.ts';
import type { Database } from './database.ts';
import { type OpenedStore, openStore } from './open-store.ts';
import { putRow } from './queries/records.ts';
import { readStoreFacts } from './queries/store-facts.ts';
import { keepPoint } from './queries/telemetry.ts';
import { countKept, freePages } from './queries/upkeep.ts';
import { startUpkeep } from './upkeep.ts';

const HOUR = 3_600_000;
let directory = '';
let store: OpenedStore;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-upkeep-'));
  store = await openStore({ directory, key: randomBytes(32), wallNow: testNow });
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

const tend = (database: Database) => {
  const clock = createFakeClock(testNow);
  const fatal: unknown[] = [];
  const upkeep = startUpkeep({
    database,
    clock,
    serverNow: clock.now,
    refused: (error) => void fatal.push(error),
    log: () => undefined,
    fatal: (error) => void fatal.push(error),
  });
  return { clock, upkeep, fatal };
};

test('K7 what was deleted gives its place in the file back to the disk, some pages at a time', () => {
  const { database } = store;
  const rows = Array.from({ length: 6_000 }, (_, index) => index + 1);
  database.transaction((handle) => {
    for (const n of rows)
      putRow(handle, { rev: n, record: buildBed({ id: testId('b', n), equipment: ['x'.repeat(180)] }) }, null);
  });
  const full = readStoreFacts(database.read).bytes;
  database.transaction((handle) => handle.exec('DELETE FROM record'));
  const { clock, upkeep, fatal } = tend(database);
  const free = freePages(database.read);
  clock.advance(2_000);
  expect(free - freePages(database.read)).toBe(64);
  clock.advance(60_000);
  expect([freePages(database.read) <= 256, readStoreFacts(database.read).bytes < full / 2, fatal]).toEqual([true, true, []]);
  upkeep.stop();
  expect(clock.waiting()).toBe(0);
});

test('K7 the history of readings is cut to its most points, the oldest first, and what is kept is counted', () => {
  const { database } = store;
  database.transaction((handle) => {
    for (let minute = 0; minute < 1_010; minute += 1)
      for (let device = 0; device < 200; device += 1)
        keepPoint(handle, { deviceId: testId('d', device), minute, heartRate: 80, spo2: 97 });
  });
  const { clock, upkeep } = tend(database);
  expect(upkeep.retention()).toBe(undefined);
  clock.advance(1_000);
  expect([countKept(database.read).points, upkeep.retention()?.[0]]).toEqual([
    200_000,
    { what: 'readings', count: 200_000, days: 1, most: 200_000 },
  ]);
  upkeep.stop();
});

test('K8 every table is checked once an hour, a table a step; one that is not sound ends this run', () => {
  const { database } = store;
  const { clock, upkeep, fatal } = tend(database);
  clock.advance(HOUR - 1);
  expect([upkeep.lastCheck(), fatal]).toEqual([{ at: testNow, ok: true }, []]);
  clock.advance(60_000);
  expect([upkeep.lastCheck().ok, upkeep.lastCheck().at > testNow + HOUR, fatal]).toEqual([true, true, []]);
  upkeep.stop();
  const checked: unknown[] = [];
  const broken: Database = {
    ...database,
    read: {
      ...database.read,
      all: <Row>(sql: string, ...values: readonly (string | number | null | Uint8Array)[]) => {
        if (!sql.includes('quick_check')) return database.read.all<Row>(sql, ...values);
        checked.push(values[0]);
        return [{ said: values[0] === 'outbox' ? 'wrong # of entries in index' : 'ok' }] as unknown as readonly Row[];
      },
    },
  };
  const spoilt = tend(broken);
  spoilt.clock.advance(HOUR + 60_000);
  expect(checked.at(-1)).toBe('outbox');
  expect(spoilt.upkeep.lastCheck().ok).toBe(false);
  expect(spoilt.fatal).toEqual([expect.objectContaining({ name: 'StoreError', code: 'corrupt' })]);
  spoilt.upkeep.stop();
});
