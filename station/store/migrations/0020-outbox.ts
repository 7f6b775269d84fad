import type { Migration } from './migration.ts';

/** Commands on their way, commands that were answered, and those that wait for a person. */
export const outbox: Migration = {
  version: 20,
  sql: `
    CREATE TABLE outbox (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      command_id TEXT NOT NULL UNIQUE,
      envelope TEXT NOT NULL,
      boot_id TEXT NOT NULL,
      monotonic_at REAL NOT NULL,
      wall_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE answered (
      command_id TEXT NOT NULL PRIMARY KEY,
      envelope TEXT NOT NULL,
      outcome TEXT NOT NULL,
      epoch TEXT NOT NULL,
      rev INTEGER NOT NULL,
      answered_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX answered_by_age ON answered (answered_at);
    CREATE TABLE conflict (
      command_id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      summary TEXT NOT NULL,
      code TEXT NOT NULL,
      message TEXT NOT NULL,
      by_name TEXT NOT NULL,
      issued_at INTEGER NOT NULL,
      found_at INTEGER NOT NULL,
      envelope TEXT NOT NULL,
      dismissed_at INTEGER,
      dismissed_because TEXT
    ) STRICT, WITHOUT ROWID;
  `,
};
