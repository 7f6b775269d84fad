import type { Database } from 'better-sqlite3';
import { records } from './migrations/0010-records.ts';
import { audit } from './migrations/0020-audit.ts';
import { divergence } from './migrations/0030-divergence.ts';
import { withdrawals } from './migrations/0040-withdrawals.ts';
import { archive } from './migrations/0050-archive.ts';
import { adt } from './migrations/0060-adt.ts';
import { recordRows } from './migrations/0070-record-rows.ts';

type Migration = { readonly version: number; readonly sql: string };

/** All migrations, oldest first. A released one is never edited. */
export const migrations: readonly Migration[] = [records, audit, divergence, withdrawals, archive, adt, recordRows];

/** Why a database file cannot be used. */
export class StoreOpenError extends Error {
  readonly code: 'fromTheFuture' | 'sqliteTooOld' | 'notWriteAheadLog' | 'cannotOpen';
  constructor(code: StoreOpenError['code'], message: string) {
    super(message);
    this.name = 'StoreOpenError';
    this.code = code;
  }
}

/** Brings a database to the newest version, one transaction a step; throws StoreOpenError for one from the future. */
export const migrate = (database: Database): void => {
  const newest = migrations.at(-1)?.version ?? 0;
  const present = database.pragma('user_version', { simple: true }) as number;
  if (present > newest) {
    throw new StoreOpenError(
      'fromTheFuture',
      `The database has version ${present}; this program knows ${newest}. It was left as it is.`,
    );
  }
  for (const { version, sql } of migrations) {
    if (version <= present) continue;
    database.transaction(() => {
      database.exec(sql);
      database.pragma(`user_version = ${version}`);
    })();
  }
};
