/**
 * Prints the unsent commands of a desk as JSON lines, oldest first: `{ sequence, madeAt, envelope }`, or one line `{ error }`.
 * It asks for no version: a database that a newer Vigil has written is read as well, so that going back to an older one loses
 * nothing. That one is not changed; in one of this version the export becomes a row of the audit trail. The key is read from its file here, so that it never stands on a command line.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createAuditTrail } from '../audit/trail.ts';
import type { Database } from '../store/database.ts';
import { migrations } from '../store/migrate.ts';
import { openEncryptedDatabase } from '../store/open.ts';
import { databaseFile } from '../store/open-store.ts';
import { readMeta } from '../store/queries/meta.ts';
import { exportOutbox } from '../store/queries/outbox.ts';

/** Who exports has the key of the desk and need not be signed in at it. */
const note = (database: Database, count: number): void => {
  const written = database.read.get<{ user_version: number }>('PRAGMA user_version')?.user_version;
  const stationId = written === migrations.at(-1)?.version ? readMeta(database.read, 'stationId') : undefined;
  if (stationId === undefined) return;
  const trail = createAuditTrail({
    database,
    stationId,
    serverNow: Date.now,
    serverTimeError: () => null,
    person: () => null,
    hospitalBroken: () => undefined,
  });
  trail.note({ actor: 'unknown', action: 'export', subjects: [], outcome: 'outbox', payload: { count } });
};

const lines = async (): Promise<readonly object[]> => {
  const { values } = parseArgs({ options: { directory: { type: 'string' }, 'key-file': { type: 'string' } } });
  const { directory, 'key-file': keyFile } = z.object({ directory: z.string(), 'key-file': z.string() }).parse(values);
  const path = join(directory, databaseFile);
  if (!existsSync(path)) throw new Error(`There is no database of a desk in ${directory}.`);
  const key = readFileSync(keyFile);
  const database = await openEncryptedDatabase(path, key);
  key.fill(0);
  try {
    const commands = exportOutbox(database.read);
    note(database, commands.length);
    return commands;
  } finally {
    database.close();
  }
};

const told = await lines().catch((error: unknown) => [{ error: error instanceof Error ? error.message : 'unknown error' }]);
for (const line of told) process.stdout.write(`${JSON.stringify(line)}\n`);
