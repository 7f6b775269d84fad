/** `npm run audit -- verify` on what a real desk and a real hospital have written, while they run and after somebody was at it. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildArea, buildBed, buildFacility, testId } from '#domain/testing/builders.ts';
import { openEncryptedDatabase } from '#station/store/open.ts';
import { projectDirectory } from '#tools/places.ts';
import { type Hospital, type StationProcess, startHospital, startStationProcess, until } from './station-process.ts';

const beds = Array.from({ length: 5 }, (_, index) =>
  buildBed({ id: testId('b', index + 1), label: `B${index + 1}`, status: 'available', encounterId: null, reservation: null }),
);
const key = randomBytes(32);
let data = '';
let hospitalFile = '';
let hospital: Hospital | undefined;
let desk: StationProcess | undefined;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'vigil-audit-'));
  hospitalFile = join(data, 'hospital.db');
  mkdirSync(join(data, 'keys'), { mode: 0o700 });
  writeFileSync(join(data, 'keys/database.key.development'), key, { mode: 0o600 });
});
const end = async (): Promise<void> => {
  await desk?.stop();
  await hospital?.stop();
  desk = undefined;
  hospital = undefined;
};
afterEach(async () => {
  await end();
  rmSync(data, { recursive: true, force: true });
});

const audit = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(projectDirectory, 'tools/run.ts'), 'audit', ...args], {
    encoding: 'utf8',
  });
  return { status, lines: stdout.trim().split('\n'), error: stderr.trim() };
};
const verify = () => audit('verify', '--data', data, '--hospital', hospitalFile);
const tamper = async (sql: string): Promise<void> => {
  const database = await openEncryptedDatabase(join(data, 'station/vigil.db'), key);
  database.transaction((handle) => handle.exec(`DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_removed; ${sql}`));
  database.close();
};

test('A4 A5 the trails of a running desk and hospital are whole; cut off at the desk, the hospital bears witness', async () => {
  hospital = await startHospital(hospitalFile, [buildFacility(), buildArea(), ...beds]);
  desk = startStationProcess({ directory: join(data, 'station'), key, backendPort: hospital.port });
  await until('live and signed in', () => desk?.frame()?.link.state === 'live' && desk.frame()?.person !== null);
  await until('all rows', () => desk?.records.size === beds.length + 2);
  for (const bed of beds) await desk.submit('blockBed', { bedId: bed.id, reason: 'equipment', until: null });
  await until('all settled', () => desk?.unsent().length === 0);
  await desk.submit('blockBed', { bedId: testId('b', 99), reason: 'equipment', until: null });

  // The key of a desk never stands where other processes see it, and a desk that is in use is read beside it.
  const whole = verify();
  expect(whole).toEqual({
    status: 0,
    lines: [
      expect.stringMatching(/^desk [0-9a-f-]{36}: whole, 7 rows, head 7 [0-9a-f]{16}$/),
      expect.stringMatching(/^hospital: whole, 6 rows, head 6 [0-9a-f]{16}$/),
    ],
    error: '',
  });
  expect(audit('verify', '--hospital', hospitalFile)).toEqual({ status: 0, lines: [whole.lines[1]], error: '' });

  await end();
  await tamper('DELETE FROM audit WHERE sequence > 4; DELETE FROM audit_anchor');
  const cut = verify();
  expect([cut.status, cut.lines[0]]).toEqual([
    1,
    expect.stringMatching(
      /: BROKEN at row 5\. The trail ends with row 4, but the hospital was shown row 6: rows were cut off\.$/,
    ),
  ]);
});

test('what cannot be verified is said in a sentence', () => {
  const nowhere = mkdtempSync(join(tmpdir(), 'vigil-nowhere-'));
  try {
    expect([audit().error, audit('verify', '--data', nowhere).error, audit('verify', '--data', nowhere).status]).toEqual([
      'usage: npm run audit -- verify [--data DIR] [--hospital FILE]',
      `There is no key of a desk in ${nowhere}.`,
      1,
    ]);
    expect(audit('verify', '--data', data).error).toBe(`There is no database of a desk in ${join(data, 'station')}.`);
    writeFileSync(join(data, 'keys/database.key.sealed'), 'sealed');
    expect(audit('verify', '--data', data).error).toContain('sealed by the key store of its user');
    expect(audit('verify', '--hospital', join(nowhere, 'no.db')).error).toContain('cannot be read');
  } finally {
    rmSync(nowhere, { recursive: true, force: true });
  }
});
