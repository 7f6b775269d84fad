import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testId, testNow } from '#domain/testing/builders.ts';
import type { Database } from './database.ts';
import { migrate, migrations } from './migrate.ts';
import { openEncryptedDatabase } from './open.ts';
import { databaseFile } from './open-store.ts';
import { readOutbox } from './queries/outbox.ts';

const key = randomBytes(32);
const COMMANDS = 1000;
const INSERT_AS_IT_BEGAN = 'INSERT INTO outbox (command_id, envelope, boot_id, monotonic_at, wall_at) VALUES (?, ?, ?, ?, ?)';
const envelopes = Array.from({ length: COMMANDS }, (_, index) => ({
  commandId: testId('6', index + 1),
  name: 'blockBed',
  input: { bedId: testId('b', index + 1), reason: 'Leak', until: null },
  issuedAt: testNow + index,
  issuedAtError: 5,
  grant: 'a.b',
}));
/** The first schema that has an outbox. */
const first = migrations.findIndex(({ sql }) => sql.includes('CREATE TABLE outbox')) + 1;

/** The statements of a script; a trigger is one, whatever stands in it. */
const statementsOf = (sql: string): readonly string[] => {
  const found: string[] = [];
  let open = '';
  for (const part of sql.split(';')) {
    open += open === '' ? part : `;${part}`;
    if (/CREATE TRIGGER/.test(open) && !/\bEND\s*$/.test(open)) continue;
    if (open.trim() !== '') found.push(`${open};`);
    open = '';
  }
  return found;
};

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-migrate-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** The files as a process that is killed now leaves them: what it holds in memory is not among them. */
const asKilledNow = (from: string, name: string): string => {
  const copy = join(directory, name);
  mkdirSync(copy);
  for (const suffix of ['', '-wal']) {
    const file = join(from, databaseFile + suffix);
    if (existsSync(file)) copyFileSync(file, join(copy, databaseFile + suffix));
  }
  return copy;
};

/** A database that calls after each statement of a script. */
const steppedThrough = (database: Database, step: () => void): Database => ({
  ...database,
  transaction: (write) =>
    database.transaction((handle) =>
      write({
        ...handle,
        exec: (sql) => {
          for (const statement of statementsOf(sql)) {
            handle.exec(statement);
            step();
          }
        },
      }),
    ),
});

const steps = migrations.slice(first).map(({ version }, index) => [version, first + index] as const);
test.each(steps)(
  'O18 version %d, killed within every statement: the schema is the old or the new one and no unsent command is lost',
  async (version, index) => {
    const from = join(directory, `from-${version}`);
    mkdirSync(from);
    const before = await openEncryptedDatabase(join(from, databaseFile), key);
    migrate(before, migrations.slice(0, index));
    before.transaction((handle) => {
      for (const envelope of envelopes)
        handle.run(INSERT_AS_IT_BEGAN, envelope.commandId, JSON.stringify(envelope), 'boot', 1, testNow);
    });
    const killed: string[] = [];
    const keep = (): void => void killed.push(asKilledNow(from, `killed-${version}-${killed.length}`));
    migrate(steppedThrough(before, keep), migrations.slice(0, index + 1));
    keep();
    before.close();
    expect(killed.length).toBeGreaterThan(2);
    const found = [];
    for (const copy of killed) {
      const database = await openEncryptedDatabase(join(copy, databaseFile), key);
      found.push(database.read.get<{ user_version: number }>('PRAGMA user_version')?.user_version);
      migrate(database);
      const kept = readOutbox(database.read);
      expect([kept.map(({ sequence }) => sequence), kept.map(({ envelope }) => envelope)]).toEqual([
        envelopes.map((_, place) => place + 1),
        envelopes,
      ]);
      database.close();
    }
    expect(found).toEqual([...killed.slice(1).map(() => migrations[index - 1]?.version), version]);
  },
);
