/** Records with their revision, what is gone, what became of each command, and single values. */
export const records = {
  version: 10,
  sql: `
    CREATE TABLE meta (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE record (
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      rev INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (kind, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX record_by_rev ON record (rev);

    CREATE TABLE tombstone (
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      rev INTEGER NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (kind, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX tombstone_by_rev ON tombstone (rev);
    CREATE INDEX tombstone_by_at ON tombstone (at);

    CREATE TABLE settlement (
      station_id TEXT NOT NULL,
      command_id TEXT NOT NULL,
      rev INTEGER NOT NULL,
      at INTEGER NOT NULL,
      outcome TEXT NOT NULL,
      PRIMARY KEY (station_id, command_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX settlement_by_station_and_rev ON settlement (station_id, rev);
    CREATE INDEX settlement_by_at ON settlement (at);
  `,
} as const;
