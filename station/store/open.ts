/**
 * The only place that knows a SQLite driver. On disk: better-sqlite3 with multiple ciphers, AEGIS, a raw 32-byte key, WAL and
 * synchronous=FULL. In memory: a WebAssembly build with the same SQL, for runtimes whose Node cannot load the native driver and
 * for nothing else. Two traps are closed here: an empty key silently writes plaintext, and a malformed one silently becomes a
 * passphrase. So the length is checked first and the first bytes of the file after.
 */
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { type Database, type ReadHandle, type SqlValue, StoreError, type StoreErrorCode, type WriteHandle } from './database.ts';

/** Older releases can corrupt a database at a WAL reset. */
const OLDEST_SQLITE = [3, 51, 3] as const;
const KEY_BYTES = 32;
const PAGE_BYTES = 4096;
const PLAIN_HEADER = 'SQLite format 3';

type Statement = {
  readonly run: (values: readonly SqlValue[]) => number;
  readonly get: (values: readonly SqlValue[]) => unknown;
  readonly all: (values: readonly SqlValue[]) => readonly unknown[];
  readonly iterate: (values: readonly SqlValue[]) => Iterable<unknown>;
};
/** A connection to SQLite as this file uses it. */
export type Driver = {
  readonly prepare: (sql: string) => Statement;
  readonly exec: (sql: string) => void;
  readonly close: () => void;
};

const codeOf = (sqliteCode: string): StoreErrorCode => {
  if (sqliteCode.startsWith('SQLITE_FULL')) return 'diskFull';
  if (sqliteCode.startsWith('SQLITE_READONLY') || sqliteCode.startsWith('SQLITE_PERM')) return 'readOnly';
  if (sqliteCode.startsWith('SQLITE_IOERR') || sqliteCode.startsWith('SQLITE_CANTOPEN')) return 'ioError';
  if (sqliteCode.startsWith('SQLITE_BUSY') || sqliteCode.startsWith('SQLITE_LOCKED')) return 'locked';
  if (sqliteCode.startsWith('SQLITE_CORRUPT')) return 'corrupt';
  if (sqliteCode.startsWith('SQLITE_NOTADB')) return 'notADatabase';
  return 'statement';
};

const asStoreError = (error: unknown): StoreError => {
  if (error instanceof StoreError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new StoreError(codeOf(code), `SQLite: ${code || 'error'}: ${error instanceof Error ? error.message : 'unknown'}`);
};

const guarded = <T>(call: () => T): T => {
  try {
    return call();
  } catch (error) {
    throw asStoreError(error);
  }
};

/** A database over a connection: statements prepared once, failures as StoreError. */
export const databaseOver = (driver: Driver): Database => {
  const statements = new Map<string, Statement>();
  const statement = (sql: string): Statement => {
    const known = statements.get(sql);
    if (known) return known;
    const made = driver.prepare(sql);
    statements.set(sql, made);
    return made;
  };
  // The shape of a row is what its SQL names: the caller of get/all says it, beside the SQL.
  const read: ReadHandle = {
    get: <Row>(sql: string, ...values: readonly SqlValue[]) =>
      guarded(() => (statement(sql).get(values) ?? undefined) as Row | undefined),
    all: <Row>(sql: string, ...values: readonly SqlValue[]) => guarded(() => statement(sql).all(values) as readonly Row[]),
    iterate: <Row>(sql: string, ...values: readonly SqlValue[]) => guarded(() => statement(sql).iterate(values) as Iterable<Row>),
  };
  const handle: WriteHandle = {
    ...read,
    run: (sql, ...values) => guarded(() => statement(sql).run(values)),
    exec: (sql) => guarded(() => driver.exec(sql)),
  };
  return {
    read,
    transaction: (write) => {
      guarded(() => driver.exec('BEGIN IMMEDIATE'));
      try {
        const result = write(handle);
        guarded(() => driver.exec('COMMIT'));
        return result;
      } catch (error) {
        try {
          driver.exec('ROLLBACK');
        } catch {
          // SQLite has rolled back by itself after a failure of the disk.
        }
        throw error;
      }
    },
    scrub: () =>
      guarded(() => {
        driver.exec('VACUUM');
        driver.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all([]);
      }),
    close: () => {
      statements.clear();
      driver.close();
    },
  };
};

const assertVersion = (driver: Driver): void => {
  const { version } = driver.prepare('SELECT sqlite_version() AS version').get([]) as { readonly version: string };
  const numbers = version.split('.').map(Number);
  const different = OLDEST_SQLITE.findIndex((part, index) => part !== numbers[index]);
  if (different >= 0 && (numbers[different] ?? 0) < (OLDEST_SQLITE[different] ?? 0)) {
    throw new StoreError('unsupported', `SQLite ${version} is older than ${OLDEST_SQLITE.join('.')}.`);
  }
};

/** The first bytes of a file; empty when there is none. */
const headerOf = (path: string): string => {
  if (!existsSync(path)) return '';
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(PLAIN_HEADER.length);
    return bytes.toString('latin1', 0, readSync(file, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(file);
  }
};

const nativeDriver = async (path: string, busyTimeout = 0): Promise<Driver> => {
  const { default: BetterSqlite } = await import('better-sqlite3');
  const connection = guarded(() => new BetterSqlite(path, { timeout: busyTimeout }));
  return {
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
};

const configure = (driver: Driver, key: Uint8Array): void => {
  const single = (sql: string): unknown => Object.values((driver.prepare(sql).get([]) ?? {}) as Record<string, unknown>)[0];
  // Nothing may be prepared before the key: even a SELECT without a table reads the file.
  driver.prepare("PRAGMA cipher = 'aegis'").all([]);
  driver.prepare(`PRAGMA key = "x'${Buffer.from(key).toString('hex')}'"`).all([]);
  assertVersion(driver);
  // For a new file only, before the journal writes its first page: it would write to any other, and one of a newer Vigil stays as it is.
  if (single('PRAGMA page_count') === 0) driver.exec('PRAGMA auto_vacuum = INCREMENTAL');
  driver.exec('PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; PRAGMA foreign_keys = ON');
  const mode = single('PRAGMA journal_mode = WAL');
  if (mode !== 'wal') throw new StoreError('unsupported', `The journal is ${String(mode)}, not wal.`);
  driver.exec('PRAGMA synchronous = FULL');
  if (single('PRAGMA synchronous') !== 2) throw new StoreError('unsupported', 'synchronous is not FULL.');
  const health = single('PRAGMA quick_check(1)');
  if (health !== 'ok') throw new StoreError('corrupt', 'The database does not pass its check.');
};

/**
 * Opens or creates the encrypted database at `path` with a raw key of 32 bytes. Throws StoreError: notADatabase, wrongKey or
 * corrupt for a file that cannot be read, notEncrypted, unsupported, or a failure of the disk.
 */
export const openEncryptedDatabase = async (path: string, key: Uint8Array): Promise<Database> => {
  if (key.byteLength !== KEY_BYTES)
    throw new StoreError('notEncrypted', `The key has ${key.byteLength} bytes, not ${KEY_BYTES}.`);
  const bytesBefore = existsSync(path) ? statSync(path).size : 0;
  if (headerOf(path) === PLAIN_HEADER)
    throw new StoreError('notADatabase', 'The file is a database in clear, not one of this station.');
  const connect = async (): Promise<Driver> => {
    const driver = await nativeDriver(path);
    try {
      guarded(() => configure(driver, key));
      return driver;
    } catch (error) {
      driver.close();
      throw error;
    }
  };
  try {
    const driver = await connect();
    if (bytesBefore > 0) return databaseOver(driver);
    // Something must be on the disk before one can see whether it is readable. It is read while no connection is open:
    // closing a file drops every lock that this process has on it.
    driver.exec('PRAGMA user_version = 0; CREATE TABLE created (at INTEGER) STRICT; DROP TABLE created');
    driver.close();
    if (headerOf(path) === PLAIN_HEADER) throw new StoreError('notEncrypted', 'The database was written in clear.');
    return databaseOver(await connect());
  } catch (error) {
    const failure = asStoreError(error);
    // Ciphertext under another key looks like noise; a file of whole pages was most likely ours.
    throw failure.code === 'notADatabase' && bytesBefore >= PAGE_BYTES && bytesBefore % PAGE_BYTES === 0
      ? new StoreError('wrongKey', 'The database does not open with this key.')
      : failure;
  }
};

/** The same SQL in memory, by WebAssembly: nothing is kept. */
export const openMemoryDatabase = async (): Promise<Database> => {
  const { default: wasm } = await import('node-sqlite3-wasm');
  const connection = new wasm.Database(':memory:');
  const driver: Driver = {
    prepare: (sql) => {
      const prepared = connection.prepare(sql);
      return {
        run: (values) => prepared.run([...values]).changes,
        get: (values) => prepared.get([...values]),
        all: (values) => prepared.all([...values]),
        iterate: (values) => prepared.iterate([...values]),
      };
    },
    exec: (sql) => connection.exec(sql),
    close: () => connection.close(),
  };
  assertVersion(driver);
  return databaseOver(driver);
};

/**
 * Takes a data directory for this process; returns the release. An operating-system lock on an empty SQLite file: it ends with
 * the process however that dies. Throws StoreError `locked` while another station holds it.
 */
export const lockDirectory = async (lockPath: string): Promise<() => void> => {
  const driver = await nativeDriver(lockPath);
  try {
    guarded(() => driver.exec('BEGIN EXCLUSIVE'));
  } catch (error) {
    driver.close();
    const failure = asStoreError(error);
    throw failure.code === 'locked' ? new StoreError('locked', 'Another Vigil uses this data directory.') : failure;
  }
  return () => driver.close();
};
