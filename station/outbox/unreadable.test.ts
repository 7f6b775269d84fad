import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testId, testNow } from '#domain/testing/builders.ts';
import { type OpenedStore, openStore } from '../store/open-store.ts';
import { readOutbox } from '../store/queries/outbox.ts';
import { parkUnreadable } from './unreadable.ts';

let directory = '';
let store: OpenedStore;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-unreadable-'));
  store = await openStore({ directory, key: randomBytes(32), wallNow: testNow });
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

const ADD = 'INSERT INTO outbox (command_id, envelope, boot_id, monotonic_at, wall_at) VALUES (?, ?, ?, 0, ?)';
const envelope = { name: 'blockBed', input: { reason: 'x' }, issuedAt: testNow, issuedAtError: 0, grant: 'a.b' };
const add = (number: number, text: (commandId: string) => string): string => {
  const commandId = testId('6', number);
  store.database.transaction((handle) => handle.run(ADD, commandId, text(commandId), 'boot', testNow));
  return commandId;
};

test('O9 what this desk cannot read is a conflict at the start, and the others stay in their order', () => {
  const whole = (commandId: string) => JSON.stringify({ ...envelope, commandId });
  const first = add(1, whole);
  const spoilt = [
    add(2, () => 'not even JSON'),
    add(3, () => '"a word"'),
    add(4, (commandId) => JSON.stringify({ ...envelope, commandId, issuedAt: -1.5 })),
    add(5, (commandId) => JSON.stringify({ ...envelope, commandId, grant: 'x'.repeat(5_000) })),
    add(6, (commandId) => JSON.stringify({ ...envelope, commandId, input: 'x'.repeat(200_000) })),
    add(7, () => JSON.stringify({ ...envelope, commandId: testId('6', 70) })),
  ];
  const last = add(8, whole);
  expect(parkUnreadable(store.database, testNow + 5)).toBe(spoilt.length);
  expect(readOutbox(store.database.read).map((command) => command.envelope.commandId)).toEqual([first, last]);
  const kept = store.database.read.all<{ id: string; name: string; code: string; found: number; envelope: string }>(
    'SELECT command_id AS id, name, code, found_at AS found, envelope FROM conflict ORDER BY command_id',
  );
  expect(kept.map(({ id, name, code, found }) => [id, name, code, found])).toEqual(
    spoilt.map((id, index) => [id, index < 2 ? 'unknown' : 'blockBed', 'malformed', testNow + 5]),
  );
  expect(kept.every((row) => row.envelope.length < 5_000)).toBe(true);
  expect(parkUnreadable(store.database, testNow + 6)).toBe(0);
});
