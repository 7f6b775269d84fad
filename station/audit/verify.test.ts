import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditAnchorText } from '#contracts/wire/audit.ts';
import type { AuditHead } from '#domain/model/audit.ts';
import { ids, testId, testNow } from '#domain/testing/builders.ts';
import { type OpenedStore, openStore } from '../store/open-store.ts';
import { CUT_ROWS, CUTTABLE, keepHospitalHead, readAudit, THIN_ANCHORS } from '../store/queries/audit.ts';
import { writeMeta } from '../store/queries/meta.ts';
import { type AuditTrail, createAuditTrail } from './trail.ts';
import { verifyDesk } from './verify.ts';

const DAY = 86_400_000;
const stationId = testId('8', 1);
const epoch = testId('8', 2);
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const grantKey = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');

let directory = '';
let store: OpenedStore;
let trail: AuditTrail;
let now = testNow;
beforeEach(async () => {
  now = testNow;
  directory = mkdtempSync(join(tmpdir(), 'vigil-audit-'));
  store = await openStore({ directory, key: randomBytes(32), wallNow: now });
  store.database.transaction((handle) => writeMeta(handle, 'stationId', stationId));
  trail = createAuditTrail({
    database: store.database,
    stationId,
    serverNow: () => now,
    serverTimeError: () => 5,
    person: () => ids.person,
    hospitalBroken: () => undefined,
  });
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

const act = (number: number): void =>
  trail.note({ action: 'command.cleanBed', subjects: [testId('6', number)], outcome: 'saved', payload: { number } });
const rows = () => [...readAudit(store.database.read)];
/** The hospital signs the head as it is now. */
const anchor = (): AuditHead => {
  const head = trail.head() ?? { sequence: 0, hash: '' };
  const station = { ...head, at: now };
  const signature = sign(null, Buffer.from(auditAnchorText(stationId, station)), privateKey).toString('base64url');
  const answer = { hospital: { sequence: head.sequence, hash: 'c'.repeat(64) }, station: { ...station, signature } };
  store.database.transaction((handle) => trail.answered(handle, answer, { epoch, grantKey }));
  return head;
};
const verify = (hospitalKept: readonly AuditHead[] = []) =>
  verifyDesk(store.database.read, () => ({ now, hospitalKept, hospitalKey: grantKey }));
const broken = (hospitalKept: readonly AuditHead[] = []) => verify(hospitalKept).finding.broken;
/** What somebody with the key and a database tool can do. */
const tamper = (sql: string): void =>
  store.database.transaction((handle) => {
    handle.exec('DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_removed');
    handle.exec(sql);
  });

describe('A4 what was done to the trail is found, with its first bad row', () => {
  beforeEach(() => {
    for (let number = 1; number <= 9; number += 1) act(number);
  });

  test('A4 rows can neither be changed nor removed', () => {
    const { database } = store;
    for (const sql of [
      "UPDATE audit SET outcome = 'x' WHERE sequence = 3",
      'DELETE FROM audit WHERE sequence = 9',
      'DELETE FROM audit',
    ])
      expect(() => database.transaction((handle) => handle.run(sql)), sql).toThrow('the audit trail is not');
    expect(verify().finding).toEqual({ rows: 9, head: trail.head(), broken: null });
  });

  const changed = (sequence: number) => ({ sequence, sentence: `Row ${sequence} was changed.` });
  const exchanged = (sequence: number) => ({
    sequence,
    sentence: `Row ${sequence} does not stand where it was written: rows were exchanged or changed.`,
  });
  test.each([
    ['an edited outcome', "UPDATE audit SET outcome = 'refused' WHERE sequence = 4", changed(4)],
    ['another person', `UPDATE audit SET actor = '${testId('9', 2)}' WHERE sequence = 1`, changed(1)],
    ['another moment', 'UPDATE audit SET at = at + 1 WHERE sequence = 9', changed(9)],
    ['an error bound taken away', 'UPDATE audit SET at_error = NULL WHERE sequence = 5', changed(5)],
    ['another desk', 'UPDATE audit SET station_id = NULL WHERE sequence = 5', changed(5)],
    [
      'a subject moved into the action',
      "UPDATE audit SET action = action || ' ' || subjects, subjects = '' WHERE sequence = 5",
      changed(5),
    ],
    ['another payload', 'UPDATE audit SET digest = zeroblob(32) WHERE sequence = 5', changed(5)],
    ['another hash', 'UPDATE audit SET hash = zeroblob(32) WHERE sequence = 5', changed(5)],
    ['another predecessor', 'UPDATE audit SET previous = zeroblob(32) WHERE sequence = 5', exchanged(5)],
    [
      'a row taken out',
      'DELETE FROM audit WHERE sequence = 6',
      { sequence: 6, sentence: 'Row 6 is missing; the next one there is 7.' },
    ],
    [
      'the first rows taken out',
      'DELETE FROM audit WHERE sequence < 4',
      { sequence: 1, sentence: 'Row 1 is missing; the next one there is 4.' },
    ],
    [
      'a row taken out and the gap closed',
      'DELETE FROM audit WHERE sequence = 6; UPDATE audit SET sequence = -sequence + 1 WHERE sequence > 6; UPDATE audit SET sequence = -sequence WHERE sequence < 0',
      exchanged(6),
    ],
    [
      'two rows exchanged',
      'UPDATE audit SET sequence = 100 WHERE sequence = 3; UPDATE audit SET sequence = 3 WHERE sequence = 7; UPDATE audit SET sequence = 7 WHERE sequence = 100',
      exchanged(3),
    ],
  ])('A4 %s', (_name, sql, found) => {
    tamper(sql);
    expect(broken()).toEqual(found);
  });

  test('A5 rows cut off at the end are found by what either side has kept', () => {
    const head = anchor();
    tamper('DELETE FROM audit WHERE sequence > 6');
    const found = { sequence: 7, sentence: 'The trail ends with row 6, but the hospital was shown row 9: rows were cut off.' };
    expect(broken()).toEqual(found);
    store.database.transaction((handle) => handle.exec('DELETE FROM audit_anchor'));
    expect([broken(), broken([head])]).toEqual([null, found]);
  });

  test('A5 a trail written anew from some row on is found though every hash in it fits', () => {
    const head = anchor();
    tamper('DELETE FROM audit WHERE sequence > 6');
    for (let number = 11; number <= 19; number += 1) act(number);
    const found = {
      sequence: 9,
      sentence: 'Row 9 is not the one that the hospital was shown: it, or rows before it, were written anew.',
    };
    expect([rows().length, broken(), broken([head])]).toEqual([15, found, found]);
  });

  test('A5 a signature of somebody else is no signature', () => {
    anchor();
    const { privateKey: other } = generateKeyPairSync('ed25519');
    const [, , row] = rows();
    const text = auditAnchorText(stationId, { sequence: 3, hash: row?.hash ?? '', at: now });
    const signature = sign(null, Buffer.from(text), other).toString('base64url');
    store.database.transaction((handle) =>
      handle.run('UPDATE audit_anchor SET sequence = 3, hash = ?, signature = ?', Buffer.from(row?.hash ?? '', 'hex'), signature),
    );
    expect(broken()).toEqual({ sequence: 3, sentence: 'The hospital did not sign row 3 as it is kept here.' });
  });
});

describe('A7 old rows go only behind a signature', () => {
  const cut = (): void => store.database.transaction(trail.cut);

  test('A7 after 90 days, up to what the hospital had signed by then, and the trail still verifies', () => {
    for (let number = 1; number <= 4; number += 1) act(number);
    anchor();
    now += DAY;
    act(5);
    anchor();
    act(6);
    now += 89 * DAY;
    cut();
    expect(rows().map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6]);
    now += 1;
    cut();
    expect(rows().map(({ sequence, action }) => [sequence, action])).toEqual([
      [5, 'command.cleanBed'],
      [6, 'command.cleanBed'],
      [7, 'checkpoint'],
    ]);
    expect(verify()).toMatchObject({ cutBehind: 4, finding: { rows: 3, broken: null } });
    now += 2 * DAY;
    cut();
    cut();
    expect(rows().map(({ sequence }) => sequence)).toEqual([6, 7, 8]);
    expect(verify()).toMatchObject({ cutBehind: 5, finding: { rows: 3, broken: null } });
    act(9);
    expect(trail.head()?.sequence).toBe(9);
  });

  test('A7 what no hospital signed stays, however old', () => {
    act(1);
    now += 1_000 * DAY;
    cut();
    expect(rows().length).toBe(1);
  });

  test('A7 of each day the newest signature stays', () => {
    for (let number = 1; number <= 30; number += 1) {
      act(number);
      anchor();
      now += DAY / 10;
    }
    const kept = store.database.read.all<{ sequence: number }>('SELECT sequence FROM audit_anchor ORDER BY sequence');
    // Noon, and three days in steps of a tenth.
    expect(kept).toEqual([5, 15, 25, 30].map((sequence) => ({ sequence })));
  });

  test('A7 rows cut before their time are found', () => {
    for (let number = 1; number <= 4; number += 1) act(number);
    anchor();
    act(5);
    store.database.transaction((handle) => {
      handle.exec('UPDATE audit_anchor SET cut = 1');
      handle.exec('DELETE FROM audit WHERE sequence <= 4');
    });
    expect(broken()).toEqual({ sequence: 4, sentence: 'Rows up to 4 were cut before their 90 days were over.' });
  });
});

test('A5 what this desk was shown of the hospital is told to the verifier', () => {
  act(1);
  store.database.transaction((handle) => keepHospitalHead(handle, epoch, { sequence: 3, hash: 'd'.repeat(64) }));
  expect(verify()).toMatchObject({ stationId, hospitals: [{ epoch, sequence: 3, hash: 'd'.repeat(64) }] });
});

test.each([
  ['THIN_ANCHORS', THIN_ANCHORS],
  ['CUTTABLE', CUTTABLE],
  ['CUT_ROWS', CUT_ROWS],
])('%s searches and does not scan', (_name, sql) => {
  const values = Array.from({ length: sql.split('?').length - 1 }, () => 0);
  const plan = store.database.read.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values);
  expect(plan[0]?.detail).toMatch(/^SEARCH/);
});
