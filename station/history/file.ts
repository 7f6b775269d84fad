/**
 * The file of the history, beside the desk's database and nothing of it: whatever happens to it, nothing of record is lost. It
 * says whose it is; one of another station, of another history of the hospital or of another scope is deleted when it is opened,
 * before a row of it is read, so that no crash can leave names that this desk may no longer hold.
 */
import { hkdfSync } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type Database, isUnreadable, StoreError, type StoreErrorCode } from '../store/database.ts';
import { openEncryptedDatabase, openMemoryDatabase } from '../store/open.ts';
import type { HistoryMark, HistoryThreadData } from './messages.ts';

/** Beside the desk's database. */
export const historyFile = 'vigil-history.db';

/** The key of the history, 32 bytes that follow from the database key and tell nothing of it; the caller wipes them. */
export const historyKeyOf = (databaseKey: Uint8Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(hkdfSync('sha256', databaseKey, new Uint8Array(0), 'vigil history 1', databaseKey.byteLength));

/** What is written has this form; a file of another is deleted. */
const FORM = 1;

const SCHEMA = `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE unit (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE source (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE run (from_at INTEGER PRIMARY KEY, to_at INTEGER NOT NULL) STRICT;
  CREATE TABLE part (from_at INTEGER PRIMARY KEY, wire TEXT NOT NULL, rows BLOB NOT NULL, fixes BLOB NOT NULL) STRICT;
  CREATE TABLE minute (
    from_at INTEGER PRIMARY KEY,
    call_received INTEGER NOT NULL, dispatched INTEGER NOT NULL, emergency INTEGER NOT NULL, divert INTEGER NOT NULL,
    changes BLOB NOT NULL, fixes BLOB NOT NULL
  ) STRICT;
`;
const HAS_META = "SELECT count(*) AS found FROM sqlite_schema WHERE name = 'meta'";
const MARK = "SELECT value FROM meta WHERE name = 'mark'";
const KEEP_MARK = "INSERT INTO meta (name, value) VALUES ('mark', ?)";

const markText = (mark: HistoryMark): string => JSON.stringify([FORM, mark.stationId, mark.epoch, mark.projection]);

/** Removes the file and its journal. Throws what the disk throws. */
export const deleteHistory = (file: string): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
};

const isOf = (database: Database, mark: HistoryMark): boolean =>
  database.read.get<{ found: number }>(HAS_META)?.found === 1 &&
  database.read.get<{ value: string }>(MARK)?.value === markText(mark);

/** Makes the tables of a new file. */
const found = (database: Database, mark: HistoryMark): Database => {
  database.transaction((handle) => {
    handle.exec(SCHEMA);
    handle.run(KEEP_MARK, markText(mark));
    // Of the store's 16 MB a history that is read from one end to the other has no use.
    handle.exec('PRAGMA cache_size = -2000');
  });
  return database;
};

const deleted = (file: string): void => {
  try {
    deleteHistory(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'error';
    throw new StoreError('ioError', `A history that is not this desk's cannot be removed (${code}).`);
  }
};

export type OpenedHistory = {
  readonly database: Database;
  /** Why what lay there was thrown away; null when it was not, or was another's. */
  readonly anew: StoreErrorCode | null;
};

/** Opens the history of this mark, or begins one. Throws StoreError for a failure of the disk, or where another's cannot be removed. */
export const openHistory = async ({ file, key, mark }: HistoryThreadData): Promise<OpenedHistory> => {
  if (file === null) return { database: found(await openMemoryDatabase(), mark), anew: null };
  let anew: StoreErrorCode | null = null;
  try {
    const database = await openEncryptedDatabase(file, key);
    try {
      if (isOf(database, mark)) {
        database.transaction((handle) => handle.exec('PRAGMA cache_size = -2000'));
        return { database, anew };
      }
    } catch (error) {
      database.close();
      throw error;
    }
    database.close();
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    anew = error.code;
  }
  deleted(file);
  return { database: found(await openEncryptedDatabase(file, key), mark), anew };
};
