import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packFilesIn } from '#contracts/ipc/downtime-pack.ts';
import { buildArea, buildBed, buildEncounter, buildFacility, buildPatient, ids } from '#domain/testing/builders.ts';
import { packKeyOf } from '#electron/broker/key-provider.ts';
import { newestPack } from '#electron/downtime/packs.ts';
import { type Hospital, type StationProcess, startHospital, startStationProcess, until } from './station-process.ts';

const records = [
  buildFacility(),
  buildArea(),
  buildBed({ status: 'occupied', encounterId: ids.encounter }),
  buildPatient({ name: { family: 'Canaryfamily', given: 'Canarygiven' }, mrn: 'Canarymrn' }),
  buildEncounter({ status: 'inProgress', bedId: ids.bed, complaint: 'Canarycomplaint' }),
];
const key = randomBytes(32);
let directory = '';
let hospital: Hospital | undefined;
let station: StationProcess | undefined;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-downtime-'));
  for (const name of ['temporary', 'plain', 'backend']) mkdirSync(join(directory, name));
});
afterEach(async () => {
  station?.child.kill('SIGKILL');
  await station?.exited;
  await hospital?.stop();
  [station, hospital] = [undefined, undefined];
  rmSync(directory, { recursive: true, force: true });
});

const packs = (): string => join(directory, 'packs');
const made = (): readonly string[] => {
  try {
    return packFilesIn(readdirSync(packs()));
  } catch {
    return [];
  }
};
const start = async (plainDirectory: string | null): Promise<void> => {
  hospital = await startHospital(join(directory, 'backend/hospital.db'), records);
  station = startStationProcess({
    directory: join(directory, 'station'),
    key,
    backendPort: hospital.port,
    environment: { TMPDIR: join(directory, 'temporary') },
    downtime: { directory: packs(), key: packKeyOf(key), plainDirectory, language: 'en' },
  });
  const { frame } = station;
  await until('a whole copy', () => frame()?.copy.state === 'whole');
};
const loseLink = async (): Promise<void> => {
  await hospital?.stop();
  hospital = undefined;
  await until('a pack', () => made().length > 0, 15_000);
};
/** The files below the desk's folders in which a patient can be read. */
const readable = (...folders: readonly string[]): readonly string[] =>
  folders.flatMap((folder) =>
    readdirSync(join(directory, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes('Canary'))
      .map(({ name }) => name),
  );

test('D1 D4 D5 the link is lost: a pack is there that opens without the station, and no patient lies in clear', async () => {
  await start(null);
  await loseLink();
  // Sampled while the thread still writes would be luck: the files of a killed desk are what remains.
  station?.child.kill('SIGKILL');
  await station?.exited;
  const found = newestPack(packs(), packKeyOf(key));
  if (found.state !== 'found') throw new Error(found.state);
  const html = Buffer.from(found.pack.html).toString();
  expect(['Canaryfamily, Canarygiven', 'Canarymrn', 'Canarycomplaint'].filter((text) => !html.includes(text))).toEqual([]);
  expect(Buffer.from(found.pack.pdf).subarray(0, 5).toString()).toBe('%PDF-');
  expect(found.pack.header).toMatchObject({ pages: 5, facility: 'Test Hospital' });
  expect(readable('station', 'packs', 'temporary', 'plain')).toEqual([]);
});

test('D6 where policy names a folder, and only there, a pack lies in clear', async () => {
  await start(join(directory, 'plain'));
  await loseLink();
  await until(
    'the plain copies',
    () => readdirSync(join(directory, 'plain')).filter((name) => !name.endsWith('.part')).length === 2,
  );
  expect(readable('station', 'packs', 'temporary')).toEqual([]);
  expect(readable('plain').map((name) => name.replace(/^.*\./, ''))).toEqual(['html']);
});
