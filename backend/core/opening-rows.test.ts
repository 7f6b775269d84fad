import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addChecksum, checksumText, emptyChecksum, rowChecksum } from '#contracts/wire/checksum.ts';
import type { Row } from '#contracts/wire/down.ts';
import { recordSchemas, type VigilRecord } from '#domain/model/record.ts';
import * as builders from '#domain/testing/builders.ts';
import { openStore } from '../store/sqlite/open.ts';
import { openHospital } from '../testing/hospital.ts';
import { CHECKSUM_META, openRows } from './opening-rows.ts';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-opening-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const isRecord = (built: object): built is VigilRecord => 'kind' in built && (built.kind as string) in recordSchemas;
const present: readonly VigilRecord[] = Object.entries(builders)
  .flatMap(([name, build]) => (name.startsWith('build') ? [(build as () => object)()] : []))
  .filter(isRecord);

/** As it would have been written when none of the fields that have a default was known. */
const asOfOld = (record: VigilRecord): VigilRecord => {
  const { shape } = recordSchemas[record.kind] as {
    shape: Record<string, { safeParse: (value: unknown) => { success: boolean } }>;
  };
  const known = Object.entries(record).filter(([field]) => !shape[field]?.safeParse(undefined).success);
  return Object.fromEntries(known) as VigilRecord;
};
const asRead = (record: VigilRecord) => recordSchemas[record.kind].parse(record) as VigilRecord;
const sumOf = (rows: readonly Row[]) => checksumText(rows.map(rowChecksum).reduce(addChecksum, emptyChecksum));

/** A file of an older version with one record of each kind that lacks something today, at rev 1. */
const olderFile = (name: string, sum?: string): { readonly path: string; readonly older: readonly VigilRecord[] } => {
  const path = join(directory, name);
  const older = present
    .map(asOfOld)
    .filter((record, index) => Object.keys(record).length < Object.keys(present[index] ?? {}).length);
  const store = openStore(path);
  store.transact(() => {
    for (const record of older) store.putRow({ rev: 1, record });
    store.setMeta('rev', '1');
    store.setMeta(CHECKSUM_META, sum ?? sumOf(older.map((record) => ({ rev: 1, record }))));
  });
  store.close();
  return { path, older };
};

test('a file of before fields were known opens with their defaults in memory, on the disk, in both sums and in pages, at the rev it had', () => {
  const { path, older } = olderFile('older.db');
  expect(older.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['bed', 'encounter', 'area', 'device', 'facility']));
  const { core, store } = openHospital(path);
  const whole = older.map(asRead);
  const rows = core.page(null).rows;
  expect(rows).toEqual(expect.arrayContaining(whole.map((record) => ({ rev: 1, record }))));
  expect(whole.map(({ kind, id }) => core.view.get(kind, id))).toEqual(whole);
  expect([rows.length, core.rev(), core.rowsAsCommitted, core.checksum('desk')]).toEqual([whole.length, 1, true, sumOf(rows)]);
  expect(core.checksum('display')).not.toBe(core.checksum('desk'));
  store.close();
  const again = openHospital(path);
  expect([again.core.rowsAsCommitted, again.core.checksum('desk')]).toEqual([true, sumOf(rows)]);
  again.store.close();
});

test('C2 rows that were changed behind the back of an older file are found all the same, also at the next start', () => {
  const { path } = olderFile('behind.db', '0123456789abcdef');
  for (const _start of [1, 2]) {
    const { core, store } = openHospital(path);
    expect(core.rowsAsCommitted).toBe(false);
    store.close();
  }
});

test('a row that lacks nothing is not written, whatever the order of its fields', () => {
  const store = openStore(':memory:');
  const record = Object.fromEntries(Object.entries(asRead(builders.buildUnit())).reverse()) as VigilRecord;
  store.transact(() => store.putRow({ rev: 1, record }));
  expect(openRows({ ...store, putRow: () => expect.unreachable() }).rows).toEqual([{ rev: 1, record }]);
  store.close();
});
