import type { ReadHandle, WriteHandle } from '../database.ts';

const TABLES = `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`;
const CHECK = 'SELECT quick_check AS said FROM pragma_quick_check(?)';
const FREE = 'SELECT freelist_count AS free FROM pragma_freelist_count';
const COUNTS = `SELECT (SELECT count(*) FROM reading_history) AS points, (SELECT count(*) FROM answered) AS answered,
    (SELECT count(*) FROM conflict WHERE dismissed_at IS NOT NULL) AS dismissed, (SELECT count(*) FROM link_span) AS spans,
    (SELECT count(*) FROM audit) AS audit`;
export const CUT_HISTORY =
  'DELETE FROM reading_history WHERE minute <= (SELECT minute FROM reading_history ORDER BY minute DESC LIMIT 1 OFFSET ?)';

/** What is kept for a time or in a number, rows by kind. */
export type KeptCounts = {
  readonly points: number;
  readonly answered: number;
  readonly dismissed: number;
  readonly spans: number;
  readonly audit: number;
};

/** The names of all tables. */
export const tableNames = (handle: ReadHandle): readonly string[] => handle.all<{ name: string }>(TABLES).map(({ name }) => name);

/** Whether a table and its indexes pass SQLite's check; about a millisecond a megabyte. Throws StoreError. */
export const tableIsSound = (handle: ReadHandle, table: string): boolean =>
  handle.all<{ said: string }>(CHECK, table).every(({ said }) => said === 'ok');

/** Pages of the file that hold nothing. */
export const freePages = (handle: ReadHandle): number => handle.get<{ free: number }>(FREE)?.free ?? 0;

/** Gives at most so many free pages at the end of the file back to the disk. */
export const giveBackPages = (handle: WriteHandle, most: number): void => handle.exec(`PRAGMA incremental_vacuum(${most})`);

/** Looks at every row: for now and then. */
export const countKept = (handle: ReadHandle): KeptCounts =>
  handle.get<KeptCounts>(COUNTS) ?? { points: 0, answered: 0, dismissed: 0, spans: 0, audit: 0 };

/** Forgets the oldest minutes of the history beyond so many points. */
export const cutHistory = (handle: WriteHandle, most: number): number => handle.run(CUT_HISTORY, most);
