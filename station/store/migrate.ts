import { type Database, StoreError } from './database.ts';
import { records } from './migrations/0010-records.ts';
import { outbox } from './migrations/0020-outbox.ts';
import { telemetry } from './migrations/0030-telemetry.ts';
import { audit } from './migrations/0040-audit.ts';
import { conflictStakes } from './migrations/0060-conflict-stakes.ts';
import { linkHistory } from './migrations/0080-link-history.ts';
import { conflictSentence } from './migrations/0090-conflict-sentence.ts';
import type { Migration } from './migrations/migration.ts';

/** Every step of the schema, oldest first. */
export const migrations: readonly Migration[] = [
  records,
  outbox,
  telemetry,
  audit,
  conflictStakes,
  linkHistory,
  conflictSentence,
];

/** Brings a database to the newest schema, one transaction a step; throws StoreError `future` for one written by a newer Vigil. */
export const migrate = (database: Database, steps: readonly Migration[] = migrations): void => {
  const found = database.read.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
  const newest = steps.at(-1)?.version ?? 0;
  if (found > newest) {
    throw new StoreError(
      'future',
      `The database has version ${found}; this Vigil knows ${newest}. Start the newer Vigil; nothing was changed.`,
    );
  }
  for (const { version, sql } of steps) {
    if (version <= found) continue;
    database.transaction((handle) => {
      handle.exec(sql);
      handle.exec(`PRAGMA user_version = ${version}`);
    });
  }
};
