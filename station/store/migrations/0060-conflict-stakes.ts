import type { Migration } from './migration.ts';

/** What a command would have changed when it was made: the losing value, should it become a conflict. Null for older ones. */
export const conflictStakes: Migration = {
  version: 60,
  sql: `
    ALTER TABLE outbox ADD COLUMN wanted TEXT;
    ALTER TABLE conflict ADD COLUMN wanted TEXT;
  `,
};
