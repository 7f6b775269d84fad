import type { Migration } from './migration.ts';

/** How the link stood over the last day, so that a restart does not hide the outage it followed. */
export const linkHistory: Migration = {
  version: 80,
  sql: `
    CREATE TABLE link_span (
      began_at INTEGER NOT NULL PRIMARY KEY,
      ended_at INTEGER NOT NULL,
      state TEXT NOT NULL
    ) STRICT;
  `,
};
