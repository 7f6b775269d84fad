import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testId } from '#domain/testing/builders.ts';
import { verifyHospital } from '../../audit/verify.ts';
import { assignInput, openHospital } from '../../testing/hospital.ts';
import { openForReading } from './open.ts';

let directory = '';
let path = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-audit-'));
  path = join(directory, 'hospital.db');
  const { core, store, envelope } = openHospital(path);
  for (let count = 0; count < 9; count += 1) core.apply(testId('8', 1), envelope('assignBed', assignInput), 0);
  store.close();
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const withDatabase = <T>(use: (database: BetterSqlite.Database) => T): T => {
  const database = new BetterSqlite(path);
  try {
    return use(database);
  } finally {
    database.close();
  }
};
const verified = (shown: { sequence: number; hash: string }[] = []) => {
  const store = openForReading(path);
  try {
    const epoch = store.meta('epoch') ?? '';
    return verifyHospital(
      store,
      shown.map((head) => ({ ...head, epoch, by: 'desk 1' })),
    ).finding;
  } finally {
    store.close();
  }
};

describe("A4 what was done to the hospital's trail is found, with its first bad row", () => {
  test('A4 its rows can neither be changed nor removed', () => {
    withDatabase((database) => {
      for (const sql of ["UPDATE audit SET outcome = 'x' WHERE sequence = 3", 'DELETE FROM audit WHERE sequence = 9'])
        expect(() => database.exec(sql), sql).toThrow('the audit trail is not');
    });
    expect(verified()).toMatchObject({ rows: 9, head: { sequence: 9 }, broken: null });
  });

  test.each([
    ['an edited row', "UPDATE audit SET outcome = 'applied' WHERE sequence = 4", 4, 'was changed'],
    ['a row taken out', 'DELETE FROM audit WHERE sequence = 6', 6, 'is missing'],
    [
      'two rows exchanged',
      'UPDATE audit SET sequence = 100 WHERE sequence = 3; UPDATE audit SET sequence = 3 WHERE sequence = 7; UPDATE audit SET sequence = 7 WHERE sequence = 100',
      3,
      'does not stand where it was written',
    ],
  ])('A4 %s', (_name, sql, sequence, sentence) => {
    withDatabase((database) => database.exec(`DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_removed; ${sql}`));
    expect(verified().broken).toEqual({ sequence, sentence: expect.stringContaining(sentence) });
  });

  test('A5 rows cut off at its end are found by what a desk was shown', () => {
    const { head } = verified();
    if (!head) throw new Error('No head.');
    withDatabase((database) => database.exec('DROP TRIGGER audit_is_not_removed; DELETE FROM audit WHERE sequence > 7'));
    const sentence = 'The trail ends with row 7, but desk 1 was shown row 9: rows were cut off.';
    expect([verified().broken, verified([head]).broken]).toEqual([null, { sequence: 8, sentence }]);
  });
});

test('a hospital is read for verification without a change to it', () => {
  const version = () => withDatabase((database) => database.pragma('user_version', { simple: true }));
  withDatabase((database) => database.pragma('user_version = 10'));
  expect(verified().rows).toBe(9);
  expect(version()).toBe(10);
  expect(() => openForReading(join(directory, 'nothing.db'))).toThrow('cannot be read');
});
