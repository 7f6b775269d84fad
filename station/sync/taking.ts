/**
 * What a message does to the copy, decided in memory before anything is written.
 *
 * While a snapshot is taken each row says which snapshot named it. A row that the running one has not named is from before
 * it: any page and any poke stands over it, whatever its rev says. Among named rows the higher rev stands, and what was
 * removed meanwhile does not come back. At the end what nobody named goes.
 */
import type { z } from 'zod';
import { checksumText } from '#contracts/wire/checksum.ts';
import type { CopySum, Poke, pageSchema, Row, welcomeSchema } from '#contracts/wire/down.ts';
import { applyPatch, patchedId } from '#contracts/wire/patch.ts';
import type { DivergedReport, SnapshotKey } from '#contracts/wire/up.ts';
import type { Id } from '#domain/model/values.ts';
import type { MetaValue } from '../store/queries/meta.ts';
import { holdRow, type RowChanges, type RowKey, rowKey } from './rows.ts';

export type Welcome = z.infer<typeof welcomeSchema>;
export type Page = z.infer<typeof pageSchema>;
/** What the backend said the checksum is when every poke up to `rev` has been taken. */
export type Check = CopySum & { readonly type: 'check' };
/** Messages whose order matters and which change or judge what is kept. */
export type Sequenced = Welcome | Poke | Page | Check;
export type Snapshot = MetaValue<'snapshot'>;

/** The copy while messages are taken; it becomes the copy when they are committed. */
export type CopyWork = {
  epoch: Id | null;
  cursor: number | null;
  snapshot: Snapshot | null;
  readonly rows: RowChanges;
  /** What was removed while the running snapshot was taken, and at which rev. */
  buried: Map<RowKey, number>;
  /** The copy is not what the hospital's checksum says: it must not be carried on. */
  divergence: DivergedReport | null;
  /** The rev at which the checksum was found right. */
  agreedAt: number | null;
  /** The copy has reached what the backend said last. */
  upToDate: boolean;
};

const keyOf = ({ kind, id }: SnapshotKey): RowKey => rowKey(kind, id);
const comesAfter = (one: SnapshotKey, other: SnapshotKey | null): boolean =>
  other === null || one.kind > other.kind || (one.kind === other.kind && one.id > other.id);

const standsOver = (work: CopyWork, key: RowKey, rev: number): boolean => {
  const held = work.rows.held(key);
  return !held || (work.snapshot !== null && held.namedBy !== work.snapshot.snapshotId) || held.rev <= rev;
};

const put = (work: CopyWork, row: Row): void => {
  const key = keyOf(row.record);
  if ((work.buried.get(key) ?? -1) >= row.rev || !standsOver(work, key, row.rev)) return;
  work.rows.set(key, holdRow(row, work.snapshot?.snapshotId ?? null));
};

const remove = (work: CopyWork, gone: SnapshotKey & { readonly rev: number }): void => {
  const key = keyOf(gone);
  if (work.snapshot) work.buried.set(key, Math.max(gone.rev, work.buried.get(key) ?? 0));
  if (work.rows.held(key) && standsOver(work, key, gone.rev)) work.rows.set(key, undefined);
};

/** The rows that patches make; undefined when one stands on a row that is not held at its rev. */
const patchedRows = (work: CopyWork, poke: Poke): readonly Row[] | undefined => {
  const rows: Row[] = [];
  for (const patch of poke.patches ?? []) {
    const held = work.rows.held(rowKey(patch[0], patchedId(patch)));
    const row = held && applyPatch(held, patch, poke.rev);
    if (!row) return undefined;
    rows.push(row);
  }
  return rows;
};

/** Takes the rows of a poke; false, with nothing taken, when it does not stand on this copy. */
export const takePoke = (work: CopyWork, poke: Poke): boolean => {
  if (poke.base !== work.cursor) return false;
  const patched = patchedRows(work, poke);
  if (!patched) return false;
  for (const row of poke.puts) put(work, row);
  for (const row of patched) put(work, row);
  for (const gone of poke.deletes) remove(work, gone);
  work.cursor = poke.rev;
  work.upToDate = true;
  return true;
};

/** Begins a snapshot: what is held stays in sight until it is named or swept. */
export const beginSnapshot = (work: CopyWork, welcome: Welcome): void => {
  if (welcome.start.mode !== 'snapshot') return;
  const { snapshotId, total } = welcome.start;
  work.epoch = welcome.epoch;
  work.cursor = welcome.rev;
  work.snapshot = { snapshotId, rev: welcome.rev, after: null, loaded: 0, total };
  work.buried = new Map();
  work.divergence = null;
};

/** Takes a page of the running snapshot; the last one removes what nobody named. */
export const takePage = (work: CopyWork, page: Page): void => {
  const running = work.snapshot;
  if (running?.snapshotId !== page.snapshotId) return;
  for (const row of page.rows) put(work, row);
  if (page.next) {
    // A page that was asked for twice says nothing new and does not lead back.
    if (comesAfter(page.next, running.after))
      work.snapshot = { ...running, after: page.next, loaded: running.loaded + page.rows.length };
    return;
  }
  for (const key of work.rows.keys()) {
    const held = work.rows.held(key);
    if (held && held.namedBy !== running.snapshotId) work.rows.set(key, undefined);
  }
  work.snapshot = null;
  work.buried = new Map();
  work.upToDate = true;
};

/** Judges the copy; false when it is whole, at the rev of the check, and another than the hospital's. */
export const takeCheck = (work: CopyWork, { rev, checksum }: Check): boolean => {
  if (work.snapshot || work.cursor !== rev || work.epoch === null) return true;
  const held = checksumText(work.rows.sum());
  if (held === checksum) {
    work.agreedAt = rev;
    return true;
  }
  work.divergence = { epoch: work.epoch, rev, held, expected: checksum };
  return false;
};
