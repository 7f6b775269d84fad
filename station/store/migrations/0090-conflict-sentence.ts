import type { Migration } from './migration.ts';

/** Why a command became a conflict, as the key of a sentence and its values (JSON). Null for older ones, which have the message. */
export const conflictSentence: Migration = {
  version: 90,
  sql: `
    ALTER TABLE conflict ADD COLUMN sentence TEXT;
  `,
};
