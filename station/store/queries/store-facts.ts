import type { ReadHandle } from '../database.ts';

const FACTS = `SELECT sqlite_version() AS sqlite, pages.page_count * sizes.page_size AS bytes, versions.user_version AS "schema",
    COALESCE((SELECT file FROM pragma_database_list WHERE name = 'main'), '') AS path
  FROM pragma_page_count AS pages, pragma_page_size AS sizes, pragma_user_version AS versions`;

export type StoreFacts = {
  readonly sqlite: string;
  /** Of the database, its journal not counted. */
  readonly bytes: number;
  readonly schema: number;
  /** Empty when it lives in memory. */
  readonly path: string;
};

/** What the database says of itself. */
export const readStoreFacts = (handle: ReadHandle): StoreFacts =>
  handle.get<StoreFacts>(FACTS) ?? { sqlite: 'unknown', bytes: 0, schema: 0, path: '' };
