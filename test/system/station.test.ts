import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  buildArea,
  buildBed,
  buildEncounter,
  buildFacility,
  buildIncident,
  buildPatient,
  buildUnit,
  testId,
} from '#domain/testing/builders.ts';
import { refusalIn } from '#renderer/ui/refusal-text.ts';
import { type Hospital, keyOf, type StationProcess, startHospital, startStationProcess, until } from './station-process.ts';

const beds = Array.from({ length: 40 }, (_, index) =>
  buildBed({ id: testId('b', index + 1), label: `B${index + 1}`, status: 'available', encounterId: null, reservation: null }),
);
const unit = buildUnit({ status: 'availableAtStation', assignmentId: null, restingUntil: null });
const incident = buildIncident();
const patient = buildPatient({ name: { family: 'Canaryfamily', given: 'Canarygiven' } });
const encounter = buildEncounter({
  patientId: patient.id,
  bedId: null,
  bedAssignedAt: null,
  status: 'triaged',
  departedAt: null,
});
const records = [buildFacility(), buildArea(), ...beds, patient, encounter, unit, incident];
const block = (index: number) => ({ bedId: beds[index]?.id, reason: 'equipment', until: null });

const registration = {
  name: { family: 'Canaryfamily', given: 'Canarygiven' },
  mrn: null,
  birthDate: null,
  ageYears: 40,
  ageEstimated: true,
  sex: 'unknown',
  allergies: null,
  arrivalMode: 'walkIn',
  place: null,
  incidentId: null,
};
const key = randomBytes(32);
let directory = '';
const stations: StationProcess[] = [];
const hospitals = new Set<Hospital>();
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-system-'));
});
afterEach(async () => {
  for (const station of stations.splice(0)) {
    station.child.kill('SIGKILL');
    await station.exited;
  }
  for (const hospital of hospitals) await hospital.stop();
  hospitals.clear();
  rmSync(directory, { recursive: true, force: true });
});
const hospital = async (port?: number): Promise<Hospital> => {
  const started = await startHospital(join(directory, 'hospital.db'), records, port);
  hospitals.add(started);
  return started;
};
const endHospital = async (ended: Hospital): Promise<void> => {
  hospitals.delete(ended);
  await ended.stop();
};
const station = (backendPort: number, environment?: NodeJS.ProcessEnv): StationProcess => {
  const started = startStationProcess({
    directory: join(directory, 'desk'),
    key,
    backendPort,
    ...(environment && { environment }),
  });
  stations.push(started);
  return started;
};
const live = (one: StationProcess) =>
  until(
    'live and whole',
    () => one.frame()?.link.state === 'live' && one.frame()?.copy.state === 'whole' && one.frame()?.person !== null,
  );

test('O3 O4 O10 an outage: commands queue, an ambulance is refused, all settle in order, none lost, none twice', async () => {
  const before = await hospital();
  const desk = station(before.port);
  await live(desk);
  // Frame and records are two feeds: the one may say that the copy is whole before the other has brought it.
  await until('all rows', () => desk.records.size === records.length);
  const { rev } = { rev: before.core.rev() };
  await endHospital(before);
  await until('offline', () => desk.frame()?.link.state === 'offline');

  const made = [];
  for (let index = 0; index < beds.length; index += 1) made.push(await desk.submit('blockBed', block(index)));
  expect(made.map(({ status }) => status)).toEqual(beds.map(() => 'saved'));
  const urgent = await desk.submit('dispatchUnit', { incidentId: incident.id, unitId: unit.id });
  expect(urgent).toMatchObject({ status: 'refused', code: 'needsLink' });
  expect('message' in urgent && refusalIn('es', urgent)).toBe('El equipo no fue avisado: envíe por radio.');
  await until('pending shown', () => beds.every(({ id }) => desk.records.get(keyOf('bed', id))?.pending === true));

  const after = await hospital(before.port);
  await until('all settled', () => desk.unsent().length === 0 && desk.frame()?.unsent.count === 0, 20_000);
  expect([after.core.rev(), desk.conflicts()]).toEqual([rev + beds.length, []]);
  const order = beds.map(({ id }) => after.core.view.get('bed', id)).map((bed) => [bed?.label, bed?.status]);
  expect(order).toEqual(beds.map(({ label }) => [label, 'blocked']));
  // Each took the next rev, in the order of the gestures.
  const revs = after.core.changesSince('nobody', rev)?.rows.map(({ record }) => record.id);
  expect(revs).toEqual(beds.map(({ id }) => id));
  await until('confirmed shown', () => beds.every(({ id }) => desk.records.get(keyOf('bed', id))?.pending === false));
  await desk.stop();
  for (const name of readdirSync(join(directory, 'desk')))
    expect(readFileSync(join(directory, 'desk', name)).includes('Canary'), name).toBe(false);
  expect(desk.stderr()).not.toContain('Canary');
});

test('O1 a station killed at any moment has kept every command it said was saved', async () => {
  const before = await hospital();
  const first = station(before.port);
  await live(first);
  await first.stop();
  await endHospital(before);
  const saved: string[] = [];
  const kills = Number(process.env.VIGIL_KILLS ?? 12);
  for (let kill = 0; kill < kills; kill += 1) {
    const desk = station(before.port);
    expect(await desk.started).toEqual({ type: 'ready' });
    await until('a frame', () => desk.frame() !== null);
    expect(desk.frame()?.unsent.count).toBeGreaterThanOrEqual(saved.length);
    const timer = setTimeout(() => desk.child.kill('SIGKILL'), (kill * 37) % 150);
    try {
      for (let count = 0; ; count += 1) {
        const answer = await desk.submit('registerPatient', { ...registration, complaint: `${kill} ${count}` });
        expect(answer.status, JSON.stringify(answer)).toBe('saved');
        saved.push(answer.commandId);
      }
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'The station has ended.') throw error;
    }
    clearTimeout(timer);
    await desk.exited;
  }
  const after = await hospital(before.port);
  const desk = station(after.port);
  await until(
    'the unsent are known',
    () => desk.frame() !== null && (desk.unsent().length > 0 || desk.frame()?.unsent.count === 0),
  );
  await live(desk);
  await until('all settled', () => desk.frame()?.unsent.count === 0, 30_000);
  const arrived = [...after.core.view.list('encounter')]
    .filter(({ id }) => id !== encounter.id)
    .map(({ complaint }) => complaint);
  expect(new Set(arrived).size).toBe(arrived.length);
  expect(arrived.length).toBeGreaterThanOrEqual(saved.length);
  expect(saved.length).toBeGreaterThan(kills);
  expect(desk.conflicts()).toEqual([]);
  await desk.stop();
}, 60_000);

test('K4 a second station on the same directory is refused; the first goes on', async () => {
  const one = await hospital();
  const first = station(one.port);
  await live(first);
  const second = station(one.port);
  expect(await second.started).toMatchObject({ type: 'refused', code: 'locked' });
  expect((await first.submit('blockBed', block(0))).status).toBe('saved');
});

test('a station ends when main is gone, and on stop, leaving no process behind', async () => {
  const one = await hospital();
  const first = station(one.port);
  await first.started;
  first.child.disconnect();
  expect(await first.exited).toBe(0);
  const second = station(one.port);
  await second.started;
  await second.stop();
  expect(await second.exited).toBe(0);
});

test('the same station runs on the store in memory', async () => {
  const one = await hospital();
  const desk = station(one.port, { VIGIL_STORE: 'memory-wasm' });
  await live(desk);
  const { commandId } = await desk.submit('blockBed', block(3));
  await until(
    'settled',
    () => one.core.view.get('bed', beds[3]?.id ?? '')?.status === 'blocked' && !desk.unsent().includes(commandId),
  );
});
