import type { Instant } from '#domain/model/values.ts';
import type { ReplayMarkKind } from '#domain/rules/replay-history.ts';
import type { ReadHandle, WriteHandle } from '../store/database.ts';

/** A stretch without a gap. */
export type Run = { readonly from: Instant; readonly to: Instant };
/** How everything stood at a moment; what changed until the next part lies in minutes. */
export type Part = { readonly from: Instant; readonly wire: string; readonly rows: Uint8Array; readonly fixes: Uint8Array };
export type MarkCounts = Readonly<Record<ReplayMarkKind, number>>;
/** What changed from a moment on, at most to the end of its minute of the clock. */
export type Minute = {
  readonly from: Instant;
  readonly marks: MarkCounts;
  readonly changes: Uint8Array;
  readonly fixes: Uint8Array;
};
export type NameTable = 'unit' | 'source';

const RUNS = 'SELECT from_at AS "from", to_at AS "to" FROM run ORDER BY from_at';
export const RUN_AT = 'SELECT from_at AS "from", to_at AS "to" FROM run WHERE from_at <= ? ORDER BY from_at DESC LIMIT 1';
export const PART_AT = 'SELECT from_at AS "from", wire, rows, fixes FROM part WHERE from_at <= ? ORDER BY from_at DESC LIMIT 1';
/** The minute in which a stretch begins, which may have begun before it, and those that follow in it. */
export const MINUTES = `SELECT from_at AS "from", changes, fixes FROM minute
  WHERE from_at >= (SELECT coalesce(max(from_at), 0) FROM minute WHERE from_at <= ?) AND from_at <= ? ORDER BY from_at`;
export const WIRE_AT = 'SELECT wire FROM part WHERE from_at <= ? ORDER BY from_at DESC LIMIT 1';
const MARKS = `SELECT from_at AS "from", call_received AS callReceived, dispatched, emergency, divert FROM minute
  WHERE call_received + dispatched + emergency + divert > 0 ORDER BY from_at`;
const NAMES: Readonly<Record<NameTable, string>> = {
  unit: 'SELECT number, name FROM unit',
  source: 'SELECT number, name FROM source',
};
const ADD_NAME: Readonly<Record<NameTable, string>> = {
  unit: 'INSERT INTO unit (number, name) VALUES (?, ?)',
  source: 'INSERT INTO source (number, name) VALUES (?, ?)',
};
const KEEP_RUN = 'INSERT INTO run (from_at, to_at) VALUES (?, ?) ON CONFLICT (from_at) DO UPDATE SET to_at = excluded.to_at';
const KEEP_PART = 'INSERT INTO part (from_at, wire, rows, fixes) VALUES (?, ?, ?, ?)';
const KEEP_MINUTE = `INSERT INTO minute (from_at, call_received, dispatched, emergency, divert, changes, fixes)
  VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (from_at) DO UPDATE SET call_received = excluded.call_received,
  dispatched = excluded.dispatched, emergency = excluded.emergency, divert = excluded.divert,
  changes = excluded.changes, fixes = excluded.fixes`;
export const SECOND_PART = 'SELECT from_at AS "from" FROM part ORDER BY from_at LIMIT 1 OFFSET 1';
const FORGET_BEFORE = [
  'DELETE FROM part WHERE from_at < ?',
  'DELETE FROM minute WHERE from_at < ?',
  'DELETE FROM run WHERE to_at <= ?',
] as const;
const SHORTEN_FIRST_RUN = 'UPDATE run SET from_at = ? WHERE from_at < ?';
const FORGET_FROM = [
  'DELETE FROM part WHERE from_at >= ?',
  'DELETE FROM minute WHERE from_at >= ?',
  'DELETE FROM run WHERE from_at >= ?',
] as const;
const SHORTEN_LAST_RUN = 'UPDATE run SET to_at = ? WHERE to_at > ?';
const USED = `SELECT (pages.page_count - free.freelist_count) * sizes.page_size AS used
  FROM pragma_page_count AS pages, pragma_freelist_count AS free, pragma_page_size AS sizes`;

/** Oldest first. */
export const readRuns = (handle: ReadHandle): readonly Run[] => handle.all<Run>(RUNS);
/** The run that a moment lies in, its ends included. */
export const runAt = (handle: ReadHandle, at: Instant): Run | undefined => {
  const run = handle.get<Run>(RUN_AT, at);
  return run && run.to >= at ? run : undefined;
};
/** The newest part that begins at a moment or before it. */
export const partAt = (handle: ReadHandle, at: Instant): Part | undefined => handle.get<Part>(PART_AT, at);
/** Minutes in which something of [from, to] can lie, oldest first. */
export const readMinutes = (handle: ReadHandle, from: Instant, to: Instant): readonly Omit<Minute, 'marks'>[] =>
  handle.all<Omit<Minute, 'marks'>>(MINUTES, from, to);
/** Under which form of the rows a minute was written. */
export const wireAt = (handle: ReadHandle, at: Instant): string => handle.get<{ wire: string }>(WIRE_AT, at)?.wire ?? '';
/** Minutes in which there is something to mark, oldest first. */
export const readMarks = (handle: ReadHandle): readonly (MarkCounts & { readonly from: Instant })[] =>
  handle.all<MarkCounts & { from: Instant }>(MARKS);
/** What numbers stand for. */
export const readNames = (handle: ReadHandle, table: NameTable): ReadonlyMap<number, string> =>
  new Map(handle.all<{ number: number; name: string }>(NAMES[table]).map(({ number, name }) => [number, name]));

export const addName = (handle: WriteHandle, table: NameTable, number: number, name: string): void =>
  void handle.run(ADD_NAME[table], number, name);
export const keepRun = (handle: WriteHandle, { from, to }: Run): void => void handle.run(KEEP_RUN, from, to);
export const keepPart = (handle: WriteHandle, { from, wire, rows, fixes }: Part): void =>
  void handle.run(KEEP_PART, from, wire, rows, fixes);
/** Keeps a minute, in the place of what was kept of it before. */
export const keepMinute = (handle: WriteHandle, { from, marks, changes, fixes }: Minute): void =>
  void handle.run(KEEP_MINUTE, from, marks.callReceived, marks.dispatched, marks.emergency, marks.divert, changes, fixes);

/** Forgets the oldest part with all that hangs on it when the one after it begins at `horizon` or before; what is kept begins then. */
export const forgetOldest = (handle: WriteHandle, horizon: Instant): Instant | null => {
  const second = handle.get<{ from: Instant }>(SECOND_PART);
  if (!second || second.from > horizon) return null;
  for (const sql of FORGET_BEFORE) handle.run(sql, second.from);
  handle.run(SHORTEN_FIRST_RUN, second.from, second.from);
  return second.from;
};

/** Forgets what a clock that ran ahead wrote after a moment that is only now. */
export const forgetFrom = (handle: WriteHandle, at: Instant): void => {
  for (const sql of FORGET_FROM) handle.run(sql, at);
  handle.run(SHORTEN_LAST_RUN, at, at);
};

/** Bytes that hold something. */
export const usedBytes = (handle: ReadHandle): number => handle.get<{ used: number }>(USED)?.used ?? 0;
