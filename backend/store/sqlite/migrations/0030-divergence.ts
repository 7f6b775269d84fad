/** What stations said of copies that differed from the log. */
export const divergence = {
  version: 30,
  sql: `
    CREATE TABLE divergence (
      sequence INTEGER PRIMARY KEY,
      station_id TEXT NOT NULL,
      at INTEGER NOT NULL,
      epoch TEXT NOT NULL,
      rev INTEGER NOT NULL,
      held TEXT NOT NULL,
      expected TEXT NOT NULL
    ) STRICT;
    CREATE INDEX divergence_by_at ON divergence (at);
  `,
} as const;
