/** Records that have left the desks, as they last stood. */
export const archive = {
  version: 50,
  sql: `
    CREATE TABLE archive (
      id TEXT NOT NULL,
      kind TEXT NOT NULL,
      rev INTEGER NOT NULL,
      at INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (id, kind)
    ) STRICT, WITHOUT ROWID;
  `,
} as const;
