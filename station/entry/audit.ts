/**
 * Verifies the audit trail of a desk, which may be running: reads, changes nothing, and prints one JSON line, the report or
 * `{ error }`. The key is read from its file here, so that it never stands on a command line.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { auditHeadSchema } from '#domain/model/audit.ts';
import { idSchema } from '#domain/model/values.ts';
import { verifyDesk } from '../audit/verify.ts';
import { createSystemClock } from '../clock.ts';
import { openEncryptedDatabase } from '../store/open.ts';
import { databaseFile } from '../store/open-store.ts';

const hospitalSchema = z.object({
  publicKey: z.string(),
  stations: z.array(z.object({ ...auditHeadSchema.shape, stationId: idSchema })),
});

const report = async () => {
  const { values } = parseArgs({
    options: { directory: { type: 'string' }, 'key-file': { type: 'string' }, hospital: { type: 'string' } },
  });
  const { directory, 'key-file': keyFile } = z.object({ directory: z.string(), 'key-file': z.string() }).parse(values);
  const hospital = values.hospital === undefined ? null : hospitalSchema.parse(JSON.parse(values.hospital));
  const path = join(directory, databaseFile);
  if (!existsSync(path)) throw new Error(`There is no database of a desk in ${directory}.`);
  const key = readFileSync(keyFile);
  const database = await openEncryptedDatabase(path, key);
  key.fill(0);
  try {
    return verifyDesk(database.read, (stationId) => ({
      now: createSystemClock().wallNow(),
      hospitalKey: hospital?.publicKey ?? null,
      hospitalKept: (hospital?.stations ?? [])
        .filter((kept) => kept.stationId === stationId)
        .map(({ sequence, hash }) => ({ sequence, hash })),
    }));
  } finally {
    database.close();
  }
};

const line = await report().catch((error: unknown) => ({ error: error instanceof Error ? error.message : 'unknown error' }));
process.stdout.write(`${JSON.stringify(line)}\n`);
