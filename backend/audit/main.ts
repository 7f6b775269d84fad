/**
 * Verifies the audit trail of a hospital's database, which may be in use: reads, changes nothing, and prints one JSON line, the
 * report or `{ error }`. `--shown` takes the heads that desks were shown, as JSON.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { auditHeadSchema } from '#domain/model/audit.ts';
import { openForReading } from '../store/sqlite/open.ts';
import { verifyHospital } from './verify.ts';

const shownSchema = z.array(z.strictObject({ ...auditHeadSchema.shape, epoch: z.string(), by: z.string() }));

const report = () => {
  const { values } = parseArgs({ options: { database: { type: 'string' }, shown: { type: 'string', default: '[]' } } });
  const store = openForReading(z.string().parse(values.database));
  try {
    return verifyHospital(store, shownSchema.parse(JSON.parse(values.shown)));
  } finally {
    store.close();
  }
};

const orError = () => {
  try {
    return report();
  } catch (error) {
    return { error: error instanceof Error ? error.message : 'unknown error' };
  }
};
process.stdout.write(`${JSON.stringify(orError())}\n`);
