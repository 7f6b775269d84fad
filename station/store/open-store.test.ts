import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildPatient, testId, testNow } from '#domain/testing/builders.ts';
import { StoreError } from './database.ts';
import { migrate } from './migrate.ts';
import { openEncryptedDatabase, openMemoryDatabase } from './open.ts';
import { databaseFile, openMemoryStore, openStore } from './open-store.ts';
import { lastSequence } from './progress.ts';
import { DELETE, FORGET_ANSWERED, insertCommand, SEQUENCE } from './queries/outbox.ts';
import { putRow, REMOVE, readRows } from './queries/records.ts';
import { FORGET_HISTORY } from './queries/telemetry.ts';
import { CUT_HISTORY } from './queries/upkeep.ts';

const key = randomBytes(32);
let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-store-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const open = (withKey: Uint8Array = key) => openStore({ directory, key: withKey, wallNow: testNow });
const codeOf = async (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => 'opened',
    (error: unknown) => (error instanceof StoreError ? error.code : error),
  );
const files = (): readonly string[] => readdirSync(directory).sort();
const canary = buildPatient({ name: { family: 'Canaryfamily', given: 'Canarygiven' } });

describe('the file', () => {
  test('K1 holds no name in clear, in the database or its log', async () => {
    const store = await open();
    store.database.transaction((handle) => {
      for (let rev = 1; rev <= 200; rev += 1) putRow(handle, { rev, record: { ...canary, mrn: `Canarymrn${rev}` } }, null);
    });
    for (const name of files()) expect(readFileSync(join(directory, name)).includes('Canary'), name).toBe(false);
    store.close();
    for (const name of files()) expect(readFileSync(join(directory, name)).includes('Canary'), name).toBe(false);
    const again = await open();
    expect(readRows(again.database.read)).toEqual({
      rows: [{ rev: 200, record: { ...canary, mrn: 'Canarymrn200' }, namedBy: null }],
      unreadable: 0,
    });
    again.close();
  });

  test.each([0, 16, 31, 33])('K1 a key of %i bytes is refused before anything is written', async (length) => {
    expect(await codeOf(openEncryptedDatabase(join(directory, 'x.db'), new Uint8Array(length)))).toBe('notEncrypted');
    expect(files()).toEqual([]);
  });

  test('K2 a file under another key is put aside whole, and the desk begins anew', async () => {
    (await open()).close();
    const before = readFileSync(join(directory, databaseFile));
    const store = await open(randomBytes(32));
    expect(store.quarantined?.code).toBe('wrongKey');
    expect(readFileSync(join(directory, store.quarantined?.file ?? ''))).toEqual(before);
    expect(readRows(store.database.read)).toEqual({ rows: [], unreadable: 0 });
    store.close();
  });

  test.each([
    ['noise', (_bytes: Buffer) => Buffer.from('this is no database'), 'notADatabase'],
    ['a database in clear', (_bytes: Buffer) => Buffer.from('SQLite format 3\0 and so on'), 'notADatabase'],
    [
      'a flipped byte',
      (bytes: Buffer) => Buffer.from(bytes).fill((bytes.at(-100) ?? 0) ^ 1, bytes.length - 100, bytes.length - 99),
      'corrupt',
    ],
    ['half a file', (bytes: Buffer) => bytes.subarray(0, 4096 * 3), 'corrupt'],
  ])('K2 %s is put aside and reported', async (_name, spoil, code) => {
    const first = await open();
    first.database.transaction((handle) => putRow(handle, { rev: 1, record: canary }, null));
    first.close();
    const path = join(directory, databaseFile);
    const spoilt = spoil(readFileSync(path));
    writeFileSync(path, spoilt);
    const store = await open();
    expect(store.quarantined).toEqual({ file: `${databaseFile}.quarantined-2026-11-20T12-00-00.000Z`, code });
    expect(readFileSync(join(directory, store.quarantined?.file ?? ''))).toEqual(spoilt);
    store.close();
  });

  test('K3 a database of the future is refused and not changed', async () => {
    const store = await open();
    store.database.transaction((handle) => handle.exec('PRAGMA user_version = 99990'));
    store.close();
    expect(await codeOf(open())).toBe('future');
    expect(files().filter((name) => name.includes('quarantined'))).toEqual([]);
    const database = await openEncryptedDatabase(join(directory, databaseFile), key);
    expect(database.read.get('PRAGMA user_version')).toEqual({ user_version: 99990 });
    database.close();
  });

  test('K4 a second station on the same directory is refused until the first has ended', async () => {
    const store = await open();
    expect(await codeOf(open())).toBe('locked');
    store.close();
    expect(await codeOf(open().then((second) => second.close()))).toBe('opened');
  });
});

test('a failed transaction leaves nothing', async () => {
  const store = await open();
  expect(() =>
    store.database.transaction((handle) => {
      putRow(handle, { rev: 1, record: canary }, null);
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(readRows(store.database.read)).toEqual({ rows: [], unreadable: 0 });
  store.close();
});

test('each migration is one transaction: one that breaks leaves the version before it', async () => {
  const database = await openMemoryDatabase();
  expect(() =>
    migrate(database, [
      { version: 10, sql: 'CREATE TABLE one (a INTEGER) STRICT' },
      { version: 20, sql: 'CREATE TABLE two (a INTEGER) STRICT; CREATE TABLE one (a INTEGER) STRICT' },
    ]),
  ).toThrow(StoreError);
  expect(database.read.get('PRAGMA user_version')).toEqual({ user_version: 10 });
  expect(database.read.all('SELECT name FROM sqlite_schema')).toEqual([{ name: 'one' }]);
  database.close();
});

test('the same SQL runs in memory on the WebAssembly build', async () => {
  const store = await openMemoryStore();
  store.database.transaction((handle) => putRow(handle, { rev: 3, record: canary }, null));
  expect(readRows(store.database.read)).toEqual({ rows: [{ rev: 3, record: canary, namedBy: null }], unreadable: 0 });
  store.close();
});

test.each([
  ['REMOVE', REMOVE, 2],
  ['SEQUENCE', SEQUENCE, 1],
  ['DELETE', DELETE, 1],
  ['FORGET_ANSWERED', FORGET_ANSWERED, 1],
  ['FORGET_HISTORY', FORGET_HISTORY, 1],
  ['CUT_HISTORY', CUT_HISTORY, 1],
])('%s searches and does not scan', async (_name, sql, values) => {
  const store = await openMemoryStore();
  const plan = store.database.read.all<{ detail: string }>(
    `EXPLAIN QUERY PLAN ${sql}`,
    ...Array.from({ length: values }, () => 0),
  );
  expect(plan.map(({ detail }) => detail).join('; ')).toMatch(/^SEARCH/);
  store.close();
});

test('K4 a directory that cannot be made or taken is refused in a sentence', async () => {
  writeFileSync(join(directory, 'file'), '');
  const attempt = openStore({ directory: join(directory, 'file', 'desk'), key, wallNow: testNow });
  await expect(attempt).rejects.toMatchObject({
    code: 'ioError',
    message: 'The data directory of this desk cannot be used by this user (ENOTDIR). Nothing was changed.',
  });
});

describe('what a damaged file takes with it', () => {
  const openAt = (where: string, withKey = key) => openStore({ directory: where, key: withKey, wallNow: testNow });
  /** Six commands, four of them unsent, as they lie when the process is killed: nothing is in the database, all in its log. */
  const killed = async (): Promise<string> => {
    const alive = mkdtempSync(join(directory, 'alive-'));
    const store = await openAt(alive);
    for (let number = 1; number <= 6; number += 1) {
      const envelope = {
        commandId: testId('6', number),
        name: 'n',
        input: {},
        issuedAt: testNow,
        issuedAtError: 0,
        grant: 'a.b',
      };
      const gesture = { bootId: 'b', monotonicAt: 0, wallAt: 0 };
      store.database.transaction((handle) => insertCommand(handle, { envelope, gesture, wanted: [] }));
      store.progressed({ last: number, firstUnsent: Math.min(number, 3) });
    }
    const copy = mkdtempSync(join(directory, 'killed-'));
    for (const name of readdirSync(alive)) cpSync(join(alive, name), join(copy, name));
    store.close();
    return copy;
  };

  test('K5 a whole file has lost nothing, and the count goes on from what it holds', async () => {
    const where = await killed();
    const store = await openAt(where);
    expect([store.lost, lastSequence(store.database.read)]).toEqual([0, 6]);
    store.close();
  });

  test('K5 a log that is cut or gone takes saved commands with it, and their number is known', async () => {
    const cut = await killed();
    const log = join(cut, `${databaseFile}-wal`);
    truncateSync(log, readFileSync(log).length - 4096);
    const shorter = await openAt(cut);
    expect([shorter.quarantined, shorter.lost]).toEqual([null, 1]);
    shorter.close();
    const gone = await killed();
    rmSync(join(gone, `${databaseFile}-wal`));
    const emptier = await openAt(gone);
    expect(emptier.lost).toBe(4);
    emptier.close();
    // It is said once more by the desk, not found once more in the file.
    const again = await openAt(gone);
    again.progressed({ last: lastSequence(again.database.read), firstUnsent: 1 });
    again.close();
    const later = await openAt(gone);
    expect(later.lost).toBe(0);
    later.close();
  });

  test('K5 K2 a file that is put aside, or removed, is reported with the number of unsent commands', async () => {
    const where = await killed();
    const store = await openAt(where, randomBytes(32));
    expect([store.quarantined?.code, store.lost]).toEqual(['wrongKey', 4]);
    store.close();
    const emptied = await killed();
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(emptied, databaseFile + suffix), { force: true });
    const begun = await openAt(emptied);
    expect([begun.quarantined, begun.lost]).toEqual([null, 4]);
    begun.close();
    const unknown = await killed();
    writeFileSync(join(unknown, 'vigil.progress'), 'noise');
    const silent = await openAt(unknown, randomBytes(32));
    expect([silent.quarantined?.code, silent.lost]).toEqual(['wrongKey', null]);
    silent.close();
  });
});
