import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { testId, testNow } from '../testing/builders.ts';
import { auditDigest, auditRow, auditSubjects, verifyAudit } from './audit-chain.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const entry = {
  at: testNow,
  atError: 5,
  actor: testId('9', 1),
  stationId: testId('8', 1),
  action: 'command.cleanBed',
  subjects: [testId('6', 1), testId('b', 1)],
  outcome: 'saved',
  digest: 'd'.repeat(64),
} as const;

test('the hash of a row never changes: trails of years ago must verify', () => {
  const first = auditRow(sha256, null, entry);
  const second = auditRow(sha256, first, { ...entry, atError: null, stationId: null, subjects: [] });
  expect([first, second]).toEqual([
    { ...entry, sequence: 1, previous: '0'.repeat(64), hash: 'fce73920d50bc76401b7194633beb789204b25bd89436df4f4cd14b0b32bf861' },
    {
      ...entry,
      atError: null,
      stationId: null,
      subjects: [],
      sequence: 2,
      previous: first.hash,
      hash: 'a17eb178b019c2f900a87a496628ab3aea207d5d71ce01da0aebab45c6d064e6',
    },
  ]);
  expect(verifyAudit(sha256, null, [first, second], [])).toEqual({
    rows: 2,
    head: { sequence: 2, hash: second.hash },
    broken: null,
  });
});

test('a row that fits in itself but not behind the one before it', () => {
  const first = auditRow(sha256, null, entry);
  const second = auditRow(sha256, first, entry);
  const other = auditRow(sha256, null, { ...entry, outcome: 'expired' });
  expect(verifyAudit(sha256, null, [other, second], []).broken).toEqual({
    sequence: 2,
    sentence: 'Row 2 does not follow what stands before it: rows before it were replaced.',
  });
});

test('nothing is whole that was shown and is not there', () => {
  expect(verifyAudit(sha256, null, [], [{ sequence: 2, hash: 'a'.repeat(64), by: 'the hospital' }])).toEqual({
    rows: 0,
    head: null,
    broken: { sequence: 1, sentence: 'The trail ends with row 0, but the hospital was shown row 2: rows were cut off.' },
  });
});

test('a digest does not hang on the order of fields', () => {
  expect(auditDigest(sha256, { a: 1, b: { c: [1, { e: 1, d: 2 }], f: null } })).toBe(
    auditDigest(sha256, { b: { f: null, c: [1, { d: 2, e: 1 }] }, a: 1 }),
  );
  const travelled = { b: [null, 'ä"'], n: -0.5, u: undefined };
  expect(auditDigest(sha256, travelled)).toBe(auditDigest(sha256, JSON.parse(JSON.stringify(travelled))));
  expect(auditDigest(sha256, [1, 2])).not.toBe(auditDigest(sha256, [2, 1]));
  expect(auditDigest(sha256, undefined)).toBe(sha256('null'));
});

test('subjects are ids and nothing else, each once', () => {
  const [command, bed, patient] = [testId('6', 1), testId('b', 1), testId('c', 1)];
  expect(
    auditSubjects(command, { bedId: bed, name: 'Jane Doe', again: command, nested: { id: patient } }, [{ id: bed }]),
  ).toEqual([command, bed]);
  expect([auditSubjects(command, null), auditSubjects(command, 'text'), auditSubjects(command, [bed])]).toEqual([
    [command],
    [command],
    [command, bed],
  ]);
  expect(
    auditSubjects(
      command,
      {},
      Array.from({ length: 50 }, (_, index) => ({ id: testId('a', index + 1) })),
    ).length,
  ).toBe(16);
});
