import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildBed, testId } from '#domain/testing/builders.ts';
import { adtSql } from './adt.ts';
import { migrations } from './migrate.ts';
import { openStore } from './open.ts';
import { sql } from './sql.ts';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-store-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('opening', () => {
  test('a database from the future is refused and left as it is', () => {
    const path = join(directory, 'future.db');
    const database = new BetterSqlite(path);
    database.pragma('user_version = 9990');
    database.close();
    expect(() => openStore(path)).toThrow(expect.objectContaining({ name: 'StoreOpenError', code: 'fromTheFuture' }));
    const after = new BetterSqlite(path);
    expect(after.pragma('user_version', { simple: true })).toBe(9990);
    after.close();
  });

  test('what is not a database is refused', () => {
    const path = join(directory, 'text.db');
    writeFileSync(path, 'this is not a database at all, and longer than its header');
    expect(() => openStore(path)).toThrow(expect.objectContaining({ code: 'cannotOpen' }));
    expect(() => openStore(join(directory, 'nowhere', 'x.db'))).toThrow(expect.objectContaining({ code: 'cannotOpen' }));
  });

  test('every table is strict and the log survives a power cut', () => {
    const path = join(directory, 'new.db');
    openStore(path).close();
    const database = new BetterSqlite(path);
    expect(
      database
        .prepare(
          "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
        )
        .all(),
    ).toEqual([]);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.pragma('user_version', { simple: true })).toBe(migrations.at(-1)?.version);
    database.close();
  });

  test('records of a database from before they lay in the order of their coming are all there', () => {
    const path = join(directory, 'old.db');
    const database = new BetterSqlite(path);
    for (const { version, sql: text } of migrations.filter((one) => one.version < 70)) {
      database.exec(text);
      database.pragma(`user_version = ${version}`);
    }
    const rows = [3, 1, 2].map((rev) => ({ rev, record: buildBed({ id: testId('b', rev) }) }));
    const insert = database.prepare('INSERT INTO record VALUES (?, ?, ?, ?)');
    for (const { rev, record } of rows) insert.run(record.kind, record.id, rev, JSON.stringify(record));
    database.close();
    const store = openStore(path);
    expect([...store.allRows()]).toEqual(rows.toSorted((one, other) => one.rev - other.rev));
    store.close();
  });

  test('a transaction that fails leaves nothing', () => {
    const store = openStore(':memory:');
    expect(() =>
      store.transact(() => {
        store.putRow({ rev: 1, record: buildBed() });
        throw new Error('no');
      }),
    ).toThrow('no');
    expect([...store.allRows()]).toEqual([]);
    store.close();
  });
});

test('queries that must be quick use their index', () => {
  const path = join(directory, 'plan.db');
  openStore(path).close();
  const database = new BetterSqlite(path);
  const plan = (text: string) =>
    (
      database.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...Array.from({ length: text.split('?').length - 1 }, () => 1)) as {
        detail: string;
      }[]
    )
      .map(({ detail }) => detail)
      .join('; ');
  expect(plan(sql.tombstonesAfter)).toContain('INDEX tombstone_by_rev (rev>?)');
  expect(plan(sql.settlementsAfter)).toContain('INDEX settlement_by_station_and_rev (station_id=? AND rev>?)');
  expect(plan(sql.isArchived)).toBe('SEARCH archive USING PRIMARY KEY (id=?)');
  expect(plan(sql.rowsInKeyOrder)).toBe('SEARCH record USING INDEX sqlite_autoindex_record_1 ((kind,id)>(?,?))');
  expect(plan(adtSql.named)).toContain('INDEX adt_message_by_control_id (control_id=? AND sender=?)');
  expect(plan(adtSql.ofVisit)).toBe('SEARCH adt_message USING INDEX adt_message_by_visit (visit_key=?)');
  expect(plan(adtSql.listTrouble)).toBe('SEARCH adt_message USING INDEX adt_message_by_trouble (state=? AND sequence<?)');
  expect(plan(adtSql.list)).toBe('SEARCH adt_message USING INTEGER PRIMARY KEY (rowid<?)');
  expect(plan(adtSql.waitingFor)).toBe('SEARCH adt_message USING INDEX adt_message_by_location (location=? AND sender=?)');
  expect(plan(adtSql.unresolved)).toBe('SEARCH adt_message USING COVERING INDEX adt_message_by_trouble (state=?)');
  expect(plan(adtSql.oldestBytes)).toContain('SEARCH message USING INTEGER PRIMARY KEY (rowid=?)');
  expect(plan(adtSql.bytesAfter)).toBe('SEARCH adt_bytes USING INTEGER PRIMARY KEY (rowid>?)');
  expect(plan(adtSql.queue)).toBe('SEARCH adt_outgoing USING INDEX adt_outgoing_by_state (state=?)');
  database.close();
});
