import BetterSqlite from 'better-sqlite3';
import type { Row, Settlement } from '#contracts/wire/down.ts';
import type { Divergence, Store, Tombstone } from '../../core/store.ts';
import { openMessages } from './adt.ts';
import { openAudit } from './audit.ts';
import { migrate, StoreOpenError } from './migrate.ts';
import { sql } from './sql.ts';

type StoredRow = { rev: number; body: string };
type StoredSettlement = { commandId: string; rev: number; outcome: string };

/** Before 3.51.3 a reset of the write-ahead log can corrupt the database. */
const OLDEST_SQLITE = [3, 51, 3] as const;

const isOlder = (version: string): boolean => {
  const parts = version.split('.').map(Number);
  const differing = OLDEST_SQLITE.findIndex((part, index) => parts[index] !== part);
  return differing >= 0 && (parts[differing] ?? 0) < (OLDEST_SQLITE[differing] as number);
};

const openDatabase = (path: string): BetterSqlite.Database => {
  let database: BetterSqlite.Database;
  try {
    database = new BetterSqlite(path);
  } catch (error) {
    throw new StoreOpenError('cannotOpen', `The database ${path} cannot be opened: ${(error as Error).message}`);
  }
  try {
    const version = database.prepare('SELECT sqlite_version()').pluck().get() as string;
    if (isOlder(version)) throw new StoreOpenError('sqliteTooOld', `SQLite ${version} is older than ${OLDEST_SQLITE.join('.')}.`);
    const journal = database.pragma('journal_mode = WAL', { simple: true });
    // The driver's own default is NORMAL, which loses commits when the power goes.
    database.pragma('synchronous = FULL');
    // What is written often goes from the log into the database once in 16 MB, not in 4.
    database.pragma('wal_autocheckpoint = 4000');
    if (path !== ':memory:' && journal !== 'wal')
      throw new StoreOpenError('notWriteAheadLog', `The database ${path} cannot use a write-ahead log.`);
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    if (error instanceof StoreOpenError) throw error;
    throw new StoreOpenError('cannotOpen', `The database ${path} cannot be read: ${(error as Error).message}`);
  }
};

const readRow = ({ rev, body }: StoredRow): Row => ({ rev, record: JSON.parse(body) });
const readSettlement = ({ commandId, rev, outcome }: StoredSettlement): Settlement => ({
  commandId,
  rev,
  outcome: JSON.parse(outcome),
});

/** Opens the backend's database at a path or `:memory:`; throws StoreOpenError. */
export const openStore = (path: string): Store => {
  const database = openDatabase(path);
  const prepared = Object.fromEntries(Object.entries(sql).map(([name, text]) => [name, database.prepare(text)])) as Record<
    keyof typeof sql,
    BetterSqlite.Statement<unknown[]>
  >;
  const audit = openAudit(database);
  return {
    transact: (write) => {
      try {
        return database.transaction(write).immediate();
      } catch (error) {
        // What was remembered may not have been committed.
        audit.forget();
        throw error;
      }
    },
    meta: (key) => (prepared.meta.get(key) as { value: string } | undefined)?.value,
    setMeta: (key, value) => void prepared.setMeta.run(key, value),
    putRow: ({ rev, record }) => {
      const body = JSON.stringify(record);
      // A row that stands has no tombstone.
      if (prepared.changeRow.run(rev, body, record.kind, record.id).changes > 0) return;
      prepared.removeTombstone.run(record.kind, record.id);
      prepared.addRow.run(record.kind, record.id, rev, body);
    },
    bury: ({ kind, id, rev }, at) => {
      prepared.removeRow.run(kind, id);
      prepared.putTombstone.run(kind, id, rev, at);
    },
    putSettlement: (stationId, { commandId, rev, outcome }, at) =>
      void prepared.putSettlement.run(stationId, commandId, rev, at, JSON.stringify(outcome)),
    settlement: (stationId, commandId) => {
      const stored = prepared.settlement.get(stationId, commandId) as StoredSettlement | undefined;
      return stored && readSettlement(stored);
    },
    allRows: () => (prepared.allRows.all() as StoredRow[]).map(readRow),
    tombstonesAfter: (rev) => prepared.tombstonesAfter.all(rev) as Tombstone[],
    settlementsAfter: (stationId, rev) =>
      (prepared.settlementsAfter.all(stationId, rev) as StoredSettlement[]).map(readSettlement),
    rowsInKeyOrder: (after, limit, characters) => {
      const rows: Row[] = [];
      let left = characters;
      for (const stored of prepared.rowsInKeyOrder.iterate(after?.kind ?? '', after?.id ?? '', limit) as Iterable<StoredRow>) {
        rows.push(readRow(stored));
        left -= stored.body.length;
        if (left <= 0) break;
      }
      return rows;
    },
    putDivergence: (stationId, { epoch, rev, held, expected }, at) =>
      void prepared.putDivergence.run(stationId, at, epoch, rev, held, expected),
    divergences: (limit) => prepared.divergences.all(limit) as Divergence[],
    forget: (tombstonesBefore, settlementsBefore) => {
      const { rev } = prepared.highestTombstoneBefore.get(tombstonesBefore) as { rev: number | null };
      prepared.forgetTombstones.run(tombstonesBefore);
      prepared.forgetSettlements.run(settlementsBefore);
      prepared.forgetDivergences.run(settlementsBefore);
      return rev ?? 0;
    },
    audit,
    messages: openMessages(database),
    archive: ({ rev, record }, at) => void prepared.archive.run(record.id, record.kind, rev, at, JSON.stringify(record)),
    isArchived: (id) => prepared.isArchived.get(id) !== undefined,
    putWithdrawal: (id, at) => void prepared.putWithdrawal.run(id, at),
    isWithdrawn: (id) => prepared.isWithdrawn.get(id) !== undefined,
    close: () => void database.close(),
  };
};

/** Opens a database for reading alone: nothing is created, migrated or changed. Throws StoreOpenError. */
export const openForReading = (path: string): Pick<Store, 'audit' | 'meta' | 'close'> => {
  let database: BetterSqlite.Database | undefined;
  try {
    database = new BetterSqlite(path, { readonly: true, fileMustExist: true });
    const meta = database.prepare<[string], { value: string }>(sql.meta);
    const opened = database;
    return { audit: openAudit(opened), meta: (key) => meta.get(key)?.value, close: () => void opened.close() };
  } catch (error) {
    database?.close();
    throw new StoreOpenError('cannotOpen', `The database ${path} cannot be read: ${(error as Error).message}`);
  }
};
