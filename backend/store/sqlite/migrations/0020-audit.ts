/** The hospital's audit trail, whose rows are neither changed nor removed, and the head of each station's trail as it was last shown. */
export const audit = {
  version: 20,
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
      station_id TEXT NOT NULL PRIMARY KEY,
      sequence INTEGER NOT NULL,
      hash BLOB NOT NULL,
      at INTEGER NOT NULL,
      broken_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN
      SELECT RAISE(ABORT, 'the audit trail is not changed');
    END;
    CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit BEGIN
      SELECT RAISE(ABORT, 'the audit trail is not removed');
    END;
  `,
} as const;
