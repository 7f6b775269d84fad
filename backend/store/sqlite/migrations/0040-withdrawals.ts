/** Grants and persons that may act no more. */
export const withdrawals = {
  version: 40,
  sql: `
    CREATE TABLE withdrawal (
      id TEXT PRIMARY KEY,
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
} as const;
