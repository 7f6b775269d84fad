import type { Migration } from './migration.ts';

/** Confirmed rows, what a running snapshot has to remember, and what the station knows about itself. */
export const records: Migration = {
  version: 10,
  sql: `
    CREATE TABLE record (
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      rev INTEGER NOT NULL,
      body TEXT NOT NULL,
      named_by TEXT,
      PRIMARY KEY (kind, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE tombstone (
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      rev INTEGER NOT NULL,
      PRIMARY KEY (kind, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE draft_key (author TEXT NOT NULL PRIMARY KEY, key BLOB NOT NULL) STRICT, WITHOUT ROWID;
  `,
};
