import type { Migration } from './migration.ts';

/**
 * The desk's audit trail, what the hospital has signed of it, and what this desk was shown of the hospital's. Rows are neither
 * changed nor removed; only those behind a signed anchor that says `cut` may go.
 */
export const audit: Migration = {
  version: 40,
  sql: `
    CREATE TABLE audit (
      sequence INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      at_error INTEGER,
      actor TEXT NOT NULL,
      station_id TEXT,
      action TEXT NOT NULL,
      subjects TEXT NOT NULL,
      outcome TEXT NOT NULL,
      digest BLOB NOT NULL,
      previous BLOB NOT NULL,
      hash BLOB NOT NULL
    ) STRICT;
    CREATE TABLE audit_anchor (
      sequence INTEGER PRIMARY KEY,
      hash BLOB NOT NULL,
      at INTEGER NOT NULL,
      signature TEXT NOT NULL,
      signed_by TEXT NOT NULL,
      cut INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX audit_anchor_by_age ON audit_anchor (at);
    CREATE TABLE audit_of_hospital (
      epoch TEXT NOT NULL PRIMARY KEY,
      sequence INTEGER NOT NULL,
      hash BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN
      SELECT RAISE(ABORT, 'the audit trail is not changed');
    END;
    CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit
    WHEN OLD.sequence > coalesce((SELECT max(sequence) FROM audit_anchor WHERE cut = 1), 0) BEGIN
      SELECT RAISE(ABORT, 'the audit trail is not removed');
    END;
  `,
};
