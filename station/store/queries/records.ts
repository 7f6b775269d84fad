import { z } from 'zod';
import type { RecordKind, VigilRecord } from '#domain/model/record.ts';
import { recordSchema } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import type { ReadHandle, WriteHandle } from '../database.ts';

/** Which row stands is decided before it is written (`station/sync/taking.ts`). */
export const PUT = `INSERT INTO record (kind, id, rev, body, named_by) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (kind, id) DO UPDATE SET rev = excluded.rev, body = excluded.body, named_by = excluded.named_by`;
export const REMOVE = 'DELETE FROM record WHERE kind = ? AND id = ?';
export const BURY = `INSERT INTO tombstone (kind, id, rev) VALUES (?, ?, ?)
  ON CONFLICT (kind, id) DO UPDATE SET rev = excluded.rev`;
const BURIED = 'SELECT kind, id, rev FROM tombstone';
const CLEAR_TOMBSTONES = 'DELETE FROM tombstone';
const ALL = 'SELECT rev, body, named_by AS namedBy FROM record';

/** At each start the whole copy goes through it. */
const storedRecordSchema = z.compile(recordSchema);

export type StoredRow = { readonly rev: number; readonly record: VigilRecord; readonly namedBy: Id | null };
export type StoredTombstone = { readonly kind: RecordKind; readonly id: Id; readonly rev: number };

/** All confirmed rows; `unreadable` counts those that this version cannot parse. */
export const readRows = (handle: ReadHandle): { readonly rows: readonly StoredRow[]; readonly unreadable: number } => {
  const stored = handle.all<{ rev: number; body: string; namedBy: string | null }>(ALL);
  const rows: StoredRow[] = [];
  for (const { rev, body, namedBy } of stored) {
    const parsed = storedRecordSchema.safeParse(JSON.parse(body));
    if (parsed.success) rows.push({ rev, record: parsed.data, namedBy });
  }
  return { rows, unreadable: stored.length - rows.length };
};

const COUNT_AFTER = 'SELECT count(*) AS count FROM record WHERE rev > ?';

/** How many rows were written after a rev. */
export const countRowsAfter = (handle: ReadHandle, rev: number): number =>
  handle.get<{ count: number }>(COUNT_AFTER, rev)?.count ?? 0;

/** Writes a row over what stands there; `namedBy` is the snapshot that is being taken. */
export const putRow = (
  handle: WriteHandle,
  { rev, record }: { readonly rev: number; readonly record: VigilRecord },
  namedBy: Id | null,
): void => void handle.run(PUT, record.kind, record.id, rev, JSON.stringify(record), namedBy);

export const removeRow = (handle: WriteHandle, kind: RecordKind, id: Id): void => void handle.run(REMOVE, kind, id);

/** Remembers a removal while a snapshot is taken, so that a later page cannot bring the row back. */
export const buryRow = (handle: WriteHandle, kind: RecordKind, id: Id, rev: number): void => void handle.run(BURY, kind, id, rev);
export const readTombstones = (handle: ReadHandle): readonly StoredTombstone[] => handle.all<StoredTombstone>(BURIED);
export const forgetTombstones = (handle: WriteHandle): void => void handle.run(CLEAR_TOMBSTONES);
