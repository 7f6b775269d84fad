import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, isUnreadable, StoreError, type StoreErrorCode } from './database.ts';
import { migrate } from './migrate.ts';
import { lockDirectory, openEncryptedDatabase, openMemoryDatabase } from './open.ts';
import { lastSequence, lostSince, openProgress, type Progress } from './progress.ts';

export const databaseFile = 'vigil.db';
const progressFile = 'vigil.progress';

/** A file that could not be read and lies beside the new one under `file`; never deleted. */
export type Quarantined = { readonly file: string; readonly code: StoreErrorCode };

export type OpenedStore = {
  readonly database: Database;
  readonly quarantined: Quarantined | null;
  /** Saved commands that had not been sent and are not in the file any more; null when that is not known. */
  readonly lost: number | null;
  /** Told after each commit that moved the outbox. */
  readonly progressed: (progress: Progress) => void;
  readonly close: () => void;
};

const putAside = (directory: string, wallNow: number): string => {
  const stamp = new Date(wallNow).toISOString().replaceAll(':', '-');
  const base = `${databaseFile}.quarantined-${stamp}`;
  for (const suffix of ['', '-wal', '-shm']) {
    const from = join(directory, databaseFile + suffix);
    if (existsSync(from)) renameSync(from, join(directory, base + suffix));
  }
  return base;
};

/** Makes the directory and takes it; one of another user, or on a disk that is gone, is refused in a sentence. */
const takeDirectory = async (directory: string): Promise<() => void> => {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return await lockDirectory(join(directory, 'station.lock'));
  } catch (error) {
    if (error instanceof StoreError && error.code === 'locked') throw error;
    const { code = 'unknown' } = error as { readonly code?: string };
    throw new StoreError(
      'ioError',
      `The data directory of this desk cannot be used by this user (${code}). Nothing was changed.`,
    );
  }
};

/**
 * Opens the station's store in `directory`: takes the directory, opens with the key, puts an unreadable file aside and begins
 * anew, brings the schema up to date. Throws StoreError `locked`, `future`, or a failure of the disk.
 */
export const openStore = async (options: {
  readonly directory: string;
  readonly key: Uint8Array;
  readonly wallNow: number;
}): Promise<OpenedStore> => {
  const { directory, key, wallNow } = options;
  const release = await takeDirectory(directory);
  const open = async (): Promise<Database> => {
    const database = await openEncryptedDatabase(join(directory, databaseFile), key);
    try {
      migrate(database);
    } catch (error) {
      database.close();
      throw error;
    }
    return database;
  };
  const closing = (database: Database, quarantined: Quarantined | null): OpenedStore => {
    const progress = openProgress(join(directory, progressFile));
    const unknown = quarantined ? null : 0;
    return {
      database,
      quarantined,
      lost: progress.before ? lostSince(progress.before, lastSequence(database.read)) : unknown,
      progressed: progress.keep,
      close: () => {
        progress.close();
        database.close();
        release();
      },
    };
  };
  try {
    try {
      return closing(await open(), null);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      const file = putAside(directory, wallNow);
      return closing(await open(), { file, code: error.code });
    }
  } catch (error) {
    release();
    throw error;
  }
};

/** The store in memory: nothing on disk, nothing kept. */
export const openMemoryStore = async (): Promise<OpenedStore> => {
  const database = await openMemoryDatabase();
  migrate(database);
  return { database, quarantined: null, lost: 0, progressed: () => undefined, close: database.close };
};
