/**
 * A desk's store that survives its process: real SQLite in memory with the desk's own migrations and SQL, kept open while
 * processes over it come and go. What a dead process had not committed is rolled back; what it had is there for the next one.
 */
import BetterSqlite from 'better-sqlite3';
import { type Database, StoreError, type WriteHandle } from '#station/store/database.ts';
import { migrate } from '#station/store/migrate.ts';
import { type Driver, databaseOver } from '#station/store/open.ts';
import { Crash, type CrashPoints } from './crash-points.ts';

/** Opens a new store. */
export const openDeskDatabase = (): Database => {
  const connection = new BetterSqlite(':memory:');
  const driver: Driver = {
    prepare: (sql) => {
      const prepared = connection.prepare(sql);
      return {
        run: (values) => prepared.run(...values).changes,
        get: (values) => prepared.get(...values),
        all: (values) => prepared.all(...values),
        iterate: (values) => prepared.iterate(...values),
      };
    },
    exec: (sql) => void connection.exec(sql),
    close: () => void connection.close(),
  };
  const database = databaseOver(driver);
  migrate(database);
  return database;
};

/** The store as one process sees it: it can die at each commit, and the disk can be full. */
export const asProcessSees = (
  database: Database,
  process: {
    readonly alive: () => boolean;
    readonly points: CrashPoints;
    readonly diskFull: () => boolean;
    readonly committed: () => void;
  },
): Database => {
  const { alive, points, diskFull, committed } = process;
  const check = (): void => {
    if (!alive()) throw new Crash();
  };
  return {
    read: {
      get: (sql, ...values) => {
        check();
        return database.read.get(sql, ...values);
      },
      all: (sql, ...values) => {
        check();
        return database.read.all(sql, ...values);
      },
      iterate: (sql, ...values) => {
        check();
        return database.read.iterate(sql, ...values);
      },
    },
    transaction: (write) => {
      check();
      points.pass('beforeCommit');
      const result = database.transaction((handle: WriteHandle) => {
        const written = write(handle);
        points.pass('insideCommit');
        if (diskFull()) throw new StoreError('diskFull', 'SQLite: SQLITE_FULL: simulated');
        return written;
      });
      points.pass('afterCommit');
      committed();
      return result;
    },
    scrub: () => {
      check();
      database.scrub();
    },
    close: () => undefined,
  };
};
