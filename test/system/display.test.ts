/** A wall display at a real hospital: nobody's name, and nothing a person wrote, in what it is told, shows or keeps. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  buildAlarm,
  buildArea,
  buildBed,
  buildEncounter,
  buildFacility,
  buildIncident,
  buildMessage,
  buildPatient,
  buildTriageAssessment,
  ids,
  testId,
} from '#domain/testing/builders.ts';
import { filesHolding } from '#test/e2e/clear-text.ts';
import { type Hospital, keyOf, type StationProcess, startHospital, startStationProcess, until } from './station-process.ts';

const canary = 'Kestrelwing';
const author = { personId: testId('9', 1), name: canary };
const patient = buildPatient({ name: { family: canary, given: 'Zoe' }, initials: 'ZK', mrn: canary, allergies: [canary] });
const later = buildPatient({ id: testId('c', 2), name: { family: canary, given: 'Yan' }, initials: 'YK' });
const visit = buildEncounter({ patientId: patient.id, complaint: canary, nurse: canary, acuity: 2 });
const assessment = buildTriageAssessment({ encounterId: visit.id, complaint: canary, note: canary, by: author });
const alarm = buildAlarm({ state: 'acknowledged', acknowledgedBy: author });
const records = [
  buildFacility(),
  buildArea(),
  buildBed({ id: ids.bed, note: canary }),
  patient,
  visit,
  assessment,
  alarm,
  buildIncident({ address: canary, patientSummary: canary }),
  buildMessage({ text: canary, by: author }),
];

let directory = '';
let hospital: Hospital;
let display: StationProcess;
const key = randomBytes(32);
const kept = (): string => join(directory, 'display');

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-display-'));
  hospital = await startHospital(join(directory, 'hospital.db'), records);
  display = startStationProcess({ directory: kept(), key, backendPort: hospital.port, as: 'display' });
  await until('the first copy', () => display.frame()?.copy.state === 'whole');
});
afterAll(async () => {
  display?.child.kill('SIGKILL');
  await display?.exited;
  await hospital?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** Every page of its database, decrypted, free ones and those of the log included. */
const pages = (): Buffer => {
  const connection = new BetterSqlite(join(kept(), 'vigil.db'));
  connection.pragma("cipher = 'aegis'");
  connection.pragma(`key = "x'${key.toString('hex')}'"`);
  const bytes = connection.serialize();
  connection.close();
  return bytes;
};

test('a display holds beds, initials, levels and what NEWS2 is reckoned from, and no name, in memory or on disk', async () => {
  hospital.core.commit([later, { ...visit, complaint: `${canary} again`, acuity: 1 }]);
  await until('what came later', () => display.records.has(keyOf('patient', later.id)));
  const held = (kind: Parameters<typeof keyOf>[0], id: string) => display.records.get(keyOf(kind, id))?.record;
  expect([held('patient', patient.id), held('encounter', visit.id), held('alarm', alarm.id)]).toMatchObject([
    { initials: 'ZK', name: null, mrn: null },
    { acuity: 1, complaint: null, nurse: null },
    { state: 'acknowledged', acknowledgedBy: { name: '' } },
  ]);
  expect(held('triageAssessment', assessment.id)).toEqual({
    ...assessment,
    complaint: '',
    note: null,
    by: { ...author, name: '' },
  });
  const told = JSON.stringify([
    [...display.records.values()],
    display.frame(),
    display.conflicts(),
    [...display.positions.values()],
  ]);
  const file = pages();
  expect({ told: told.includes(canary), kept: file.includes(canary), bed: file.includes(ids.bed) }).toEqual({
    told: false,
    kept: false,
    bed: true,
  });
  expect(filesHolding(kept(), canary)).toEqual([]);
});
