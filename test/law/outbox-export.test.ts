import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testId, testNow } from '#domain/testing/builders.ts';
import { openStore } from '#station/store/open-store.ts';
import { writeMeta } from '#station/store/queries/meta.ts';
import { insertCommand } from '#station/store/queries/outbox.ts';
import { keyFileOf } from '#tools/desk-key.ts';
import { projectDirectory } from '#tools/places.ts';

let data = '';
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'vigil-outbox-'));
});
afterAll(() => rmSync(data, { recursive: true }));

const exported = (directory: string) =>
  spawnSync(process.execPath, [join(projectDirectory, 'tools/run.ts'), 'outbox', 'export', '--data', directory], {
    encoding: 'utf8',
  });

test('O19 the unsent commands of a database that a newer Vigil has written are printed as JSON lines, in order', async () => {
  const key = randomBytes(32);
  mkdirSync(join(data, 'keys'));
  writeFileSync(join(data, 'keys/database.key.development'), key, { mode: 0o600 });
  const store = await openStore({ directory: join(data, 'station'), key, wallNow: testNow });
  const envelopes = [1, 2, 3].map((number) => ({
    commandId: testId('6', number),
    name: 'blockBed',
    input: { bedId: testId('b', number), reason: 'Quintero', until: null },
    issuedAt: testNow,
    issuedAtError: 5,
    grant: 'a.b',
  }));
  store.database.transaction((handle) => {
    for (const envelope of envelopes)
      insertCommand(handle, { envelope, gesture: { bootId: 'b', monotonicAt: 1, wallAt: testNow }, wanted: [] });
    handle.exec('PRAGMA user_version = 99990');
  });
  store.close();
  await expect(openStore({ directory: join(data, 'station'), key, wallNow: testNow })).rejects.toMatchObject({ code: 'future' });
  const { stdout, status } = exported(data);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect([status, lines]).toEqual([0, envelopes.map((envelope, index) => ({ sequence: index + 1, madeAt: testNow, envelope }))]);
});

test('A1 the export from a database of this version is a row of its audit trail', async () => {
  const directory = mkdtempSync(join(data, 'present-'));
  const key = randomBytes(32);
  mkdirSync(join(directory, 'keys'));
  writeFileSync(join(directory, 'keys/database.key.development'), key, { mode: 0o600 });
  const open = () => openStore({ directory: join(directory, 'station'), key: new Uint8Array(key), wallNow: testNow });
  const made = await open();
  made.database.transaction((handle) => writeMeta(handle, 'stationId', testId('9', 1)));
  made.close();
  expect(exported(directory)).toMatchObject({ status: 0, stdout: '' });
  const store = await open();
  const rows = store.database.read.all('SELECT action, outcome, actor FROM audit');
  store.close();
  expect(rows).toEqual([{ action: 'export', outcome: 'outbox', actor: 'unknown' }]);
});

test('a desk that is not there, and a key that cannot be read from here, are said in a sentence', () => {
  const empty = mkdtempSync(join(data, 'empty-'));
  expect(() => keyFileOf(empty)).toThrow('There is no key of a desk in');
  const { stderr, status } = exported(empty);
  expect([stderr.includes('There is no key of a desk in'), status]).toEqual([true, 1]);
  mkdirSync(join(empty, 'keys'));
  writeFileSync(join(empty, 'keys/database.key.sealed'), 'x');
  expect(() => keyFileOf(empty)).toThrow('sealed by the key store');
});
