import type { RecordKind, VigilRecord } from '#domain/model/record.ts';
import { recordSchema } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import type { ReadHandle, WriteHandle } from '../database.ts';

/** A page row or a poke's row never overwrites a higher rev, and is marked with the snapshot that is being taken. */
export const PUT = `INSERT INTO record (kind, id, rev, body, named_by) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (kind, id) DO UPDATE SET rev = excluded.rev, body = excluded.body, named_by = excluded.named_by WHERE excluded.rev >= record.rev`;
/** A row that the station has newer than a page says is named all the same. */
export const NAME = 'UPDATE record SET named_by = ? WHERE kind = ? AND id = ?';
export const REMOVE = 'DELETE FROM record WHERE kind = ? AND id = ? AND rev <= ?';
export const UNNAMED = 'SELECT kind, id FROM record WHERE named_by IS NOT ?';
export const SWEEP = 'DELETE FROM record WHERE named_by IS NOT ?';
/** Revs of another epoch compare with nothing. */
export const FORGET_REVS = 'UPDATE record SET rev = 0, named_by = NULL';
export const BURY = `INSERT INTO tombstone (kind, id, rev) VALUES (?, ?, ?)
  ON CONFLICT (kind, id) DO UPDATE SET rev = max(rev, excluded.rev)`;
export const BURIED_REV = 'SELECT rev FROM tombstone WHERE kind = ? AND id = ?';
const CLEAR_TOMBSTONES = 'DELETE FROM tombstone';
const ALL = 'SELECT kind, id, rev, body FROM record';

export type StoredRow = { readonly rev: number; readonly record: VigilRecord };

/** All confirmed rows; `unreadable` counts those that this version cannot parse. */
export const readRows = (handle: ReadHandle): { readonly rows: readonly StoredRow[]; readonly unreadable: number } => {
  const stored = handle.all<{ kind: string; id: string; rev: number; body: string }>(ALL);
  const rows: StoredRow[] = [];
  for (const { rev, body } of stored) {
    const parsed = recordSchema.safeParse(JSON.parse(body));
    if (parsed.success) rows.push({ rev, record: parsed.data });
  }
  return { rows, unreadable: stored.length - rows.length };
};

const COUNT_AFTER = 'SELECT count(*) AS count FROM record WHERE rev > ?';

/** How many rows were written after a rev. */
export const countRowsAfter = (handle: ReadHandle, rev: number): number =>
  handle.get<{ count: number }>(COUNT_AFTER, rev)?.count ?? 0;

/** Writes a row unless a newer one or a newer removal stands; whether it was written. */
export const putRow = (handle: WriteHandle, row: StoredRow, snapshotId: string | null): boolean => {
  const { kind, id } = row.record;
  const buried = handle.get<{ rev: number }>(BURIED_REV, kind, id);
  if (buried && buried.rev >= row.rev) return false;
  const written = handle.run(PUT, kind, id, row.rev, JSON.stringify(row.record), snapshotId) > 0;
  if (!written && snapshotId !== null) handle.run(NAME, snapshotId, kind, id);
  return written;
};

/** Removes a row; while a snapshot is taken the removal is remembered, so that a later page cannot bring it back. */
export const removeRow = (
  handle: WriteHandle,
  gone: { readonly kind: RecordKind; readonly id: Id; readonly rev: number },
  snapshotId: string | null,
): boolean => {
  if (snapshotId !== null) handle.run(BURY, gone.kind, gone.id, gone.rev);
  return handle.run(REMOVE, gone.kind, gone.id, gone.rev) > 0;
};

/** Ends a snapshot: removes what it did not name; returns those keys. */
export const sweepUnnamed = (
  handle: WriteHandle,
  snapshotId: string,
): readonly { readonly kind: RecordKind; readonly id: Id }[] => {
  const unnamed = handle.all<{ kind: RecordKind; id: Id }>(UNNAMED, snapshotId);
  handle.run(SWEEP, snapshotId);
  handle.run(CLEAR_TOMBSTONES);
  return unnamed;
};

/** Before a snapshot: forgets what another one had named or buried, and, for another epoch, all revs. */
export const beginSnapshot = (handle: WriteHandle, otherEpoch: boolean): void => {
  handle.run(CLEAR_TOMBSTONES);
  if (otherEpoch) handle.run(FORGET_REVS);
};
