/**
 * Prints the unsent commands of a desk as JSON lines, oldest first: `{ sequence, madeAt, envelope }`, or one line `{ error }`.
 * Reads, changes nothing, and asks for no version: a database that a newer Vigil has written is read as well, so that going back
 * to an older one loses nothing. The key is read from its file here, so that it never stands on a command line.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openEncryptedDatabase } from '../store/open.ts';
import { databaseFile } from '../store/open-store.ts';
import { exportOutbox } from '../store/queries/outbox.ts';

const lines = async (): Promise<readonly object[]> => {
  const { values } = parseArgs({ options: { directory: { type: 'string' }, 'key-file': { type: 'string' } } });
  const { directory, 'key-file': keyFile } = z.object({ directory: z.string(), 'key-file': z.string() }).parse(values);
  const path = join(directory, databaseFile);
  if (!existsSync(path)) throw new Error(`There is no database of a desk in ${directory}.`);
  const key = readFileSync(keyFile);
  const database = await openEncryptedDatabase(path, key);
  key.fill(0);
  try {
    return exportOutbox(database.read);
  } finally {
    database.close();
  }
};

const told = await lines().catch((error: unknown) => [{ error: error instanceof Error ? error.message : 'unknown error' }]);
for (const line of told) process.stdout.write(`${JSON.stringify(line)}\n`);
