/**
 * Records lie in the order in which they first came, and are found through their key. Clustered by it, the inner pages of the tree
 * held whole records, so that one message of the patient administration wrote twice the pages. Who has missed what is read from
 * memory, where every record is: an index of revisions, which every write moved, is not kept.
 */
export const recordRows = {
  version: 70,
  sql: `
    ALTER TABLE record RENAME TO record_by_key;
    DROP INDEX record_by_rev;
    CREATE TABLE record (
      number INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      rev INTEGER NOT NULL,
      body TEXT NOT NULL,
      UNIQUE (kind, id)
    ) STRICT;
    INSERT INTO record (kind, id, rev, body) SELECT kind, id, rev, body FROM record_by_key ORDER BY rev, kind, id;
    DROP TABLE record_by_key;
  `,
} as const;
