/**
 * A device that may hold less than before keeps nothing of before: rows, what was answered, conflicts, histories, sign-ins and
 * draft keys go in the transaction that brings the first of the new rows (SYNC X1). What is unsent is never among it: a device
 * with unsent commands does not change (X2). The file is rewritten after it, and at the next start when that was cut short, so
 * that no deleted page keeps a name (X3). The audit trail stays: it holds ids and digests.
 */
import type { RecordKind } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import type { Database, WriteHandle } from './database.ts';
import { readMeta, writeMeta } from './queries/meta.ts';

const KEYS = 'SELECT kind, id FROM record';
const EVICT = `
  DELETE FROM record;
  DELETE FROM tombstone;
  DELETE FROM answered;
  DELETE FROM conflict;
  DELETE FROM draft_key;
  DELETE FROM last_fix;
  DELETE FROM last_reading;
  DELETE FROM reading_history;
`;

/** Removes what another scope may not hold; returns the keys of the rows that are gone. The file is to be scrubbed after it. */
export const evictScope = (handle: WriteHandle): readonly { readonly kind: RecordKind; readonly id: Id }[] => {
  const keys = handle.all<{ kind: RecordKind; id: Id }>(KEYS);
  handle.exec(EVICT);
  writeMeta(handle, 'grants', null);
  writeMeta(handle, 'asOf', null);
  writeMeta(handle, 'toScrub', true);
  return keys;
};

/** Rewrites the file when something was evicted and that has not been done yet. Throws StoreError; it is tried again later. */
export const scrubEvicted = (database: Database): void => {
  if (!readMeta(database.read, 'toScrub')) return;
  database.scrub();
  database.transaction((handle) => writeMeta(handle, 'toScrub', null));
};
