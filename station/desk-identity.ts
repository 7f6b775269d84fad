/** What a desk mints once and keeps in its database. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Id } from '#domain/model/values.ts';
import type { Database } from './store/database.ts';
import { keepDraftKey, readDraftKey, readMeta, writeMeta } from './store/queries/meta.ts';

/** Who this desk is to the hospital: minted at its first start. Throws StoreError. */
export const stationIdOf = (database: Database): Id => {
  const known = readMeta(database.read, 'stationId');
  if (known) return known;
  const minted = randomUUID();
  database.transaction((handle) => writeMeta(handle, 'stationId', minted));
  return minted;
};

/** The key of an author's drafts, 32 bytes: minted at their first draft. Throws StoreError. */
export const draftKeyOf = (database: Database, author: Id): Uint8Array => {
  const known = readDraftKey(database.read, author);
  if (known) return known;
  const key = randomBytes(32);
  database.transaction((handle) => keepDraftKey(handle, author, key));
  return key;
};
