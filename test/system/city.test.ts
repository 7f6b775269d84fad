/** The city in a real station process: its thread answers beside the desk and ends with it. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildFacility, buildHospital, buildIncident, buildUnit } from '#domain/testing/builders.ts';
import { projectDirectory } from '#tools/places.ts';
import { type Hospital, type StationProcess, startHospital, startStationProcess, until } from './station-process.ts';

const incident = buildIncident({ position: [-56.1893, -34.9058] });
const rows = [
  buildFacility(),
  incident,
  buildUnit({ status: 'availableMobile' }),
  buildHospital({ services: ['cardiac'], position: [-56.1521, -34.8917] }),
];
let data = '';
let hospital: Hospital | undefined;
let desk: StationProcess | undefined;

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'vigil-city-'));
  hospital = await startHospital(join(data, 'hospital.db'), rows);
});
afterEach(async () => {
  await desk?.stop();
  await hospital?.stop();
  desk = undefined;
  rmSync(data, { recursive: true, force: true });
});
const begin = async (cityDirectory: string): Promise<StationProcess> => {
  desk = startStationProcess({
    directory: join(data, 'station'),
    key: randomBytes(32),
    backendPort: hospital?.port ?? 0,
    cityDirectory,
  });
  await until('all rows', () => desk?.records.size === rows.length);
  return desk;
};

test('a desk finds an address of the demo city, the way there and the hospital, and ends with its thread', async () => {
  const station = await begin(join(projectDirectory, 'resources/city'));
  expect(await station.call('searchAddress', { text: '18 de julio y ejido', most: 1 })).toMatchObject({
    state: 'found',
    matches: [{ kind: 'corner', text: 'Avenida 18 de Julio / Ejido' }],
  });
  expect(await station.call('route', { from: incident.position, to: [-56.1521, -34.8917] })).toMatchObject({ state: 'found' });
  expect(await station.call('recommendHospital', { incidentId: incident.id })).toMatchObject({
    state: 'ranked',
    routed: { by: 'offline' },
    candidates: [{ etaSeconds: expect.any(Number) }],
  });
  // Nothing is known of where the unit is.
  expect(await station.call('recommend', { incidentId: incident.id })).toMatchObject({
    verdict: 'locationsTooStale',
    leftOut: [{ why: 'noPosition' }],
  });
  await station.stop();
  expect(await station.exited).toBe(0);
});

test('a desk without the files of the city runs, and says what is missing', async () => {
  const station = await begin(join(data, 'nowhere'));
  expect(await station.call('searchAddress', { text: 'rivera' })).toMatchObject({ state: 'unavailable', reason: 'missing' });
  await until('it stands on the strip', () => station.frame()?.troubles.some(({ code }) => code === 'city') === true);
  expect(await station.call('recommend', { incidentId: incident.id })).toMatchObject({
    state: 'ranked',
    verdict: 'locationsTooStale',
  });
});
