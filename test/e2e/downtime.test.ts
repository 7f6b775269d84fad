/** The downtime pack as main shows and prints it: with the hospital gone, and with no station at all. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication } from 'playwright';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { packFilesIn } from '#contracts/ipc/downtime-pack.ts';
import { buildArea, buildBed, buildEncounter, buildFacility, buildPatient, ids } from '#domain/testing/builders.ts';
import { openStore } from '#station/store/open-store.ts';
import { type Hospital, startHospital } from '#test/system/station-process.ts';
import { type Desk, type DeskOptions, openDesk, temporaryDirectory, until } from '#tools/desk.ts';
import { withDisplay } from '#tools/display.ts';
import { type ElectronRuntime, resolveElectron } from '#tools/electron-runtime/resolve.ts';
import { createProcessOwner } from '#tools/processes.ts';
import { filesHolding } from './clear-text.ts';

const processes = createProcessOwner();
const patient = buildPatient({ name: { family: 'Quetzalcanary', given: 'Zebulon' }, initials: 'ZQ' });
const visit = buildEncounter({ bedId: ids.bed, patientId: patient.id, complaint: 'Canarycomplaint' });
const bed = buildBed({ id: ids.bed, label: 'B1', status: 'occupied', encounterId: visit.id, reservation: null });

let data: Awaited<ReturnType<typeof temporaryDirectory>>;
let hospital: Hospital;
let electron: ElectronRuntime;
let display: string | undefined;
let desk: Desk | undefined;

beforeAll(async () => {
  data = await temporaryDirectory();
  hospital = await startHospital(join(data.path, 'hospital.db'), [buildFacility(), buildArea(), bed, patient, visit]);
  electron = await resolveElectron();
  display = (await withDisplay(processes)).display;
});
afterEach(async () => {
  await desk?.close();
  desk = undefined;
});
afterAll(async () => {
  await hospital?.stop();
  await processes.stopAll();
  await data?.remove();
});

const start = (more: Partial<DeskOptions>): Promise<Desk> =>
  openDesk({ electron, display, backend: `http://127.0.0.1:${hospital.port}`, data: join(data.path, 'desk'), ...more });
const pagesIn = (pdf: string): number => pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
const packs = (): readonly string[] => {
  try {
    return packFilesIn(readdirSync(join(data.path, 'desk/downtime')));
  } catch {
    return [];
  }
};
/** What the window of the pack serves itself, as text and as it would be printed; undefined while there is none. */
const shown = async (app: ElectronApplication) =>
  await app.evaluate(async ({ BrowserWindow }) => {
    const viewer = BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().startsWith('vigil://downtime/'));
    if (!viewer || viewer.webContents.isLoading()) return undefined;
    const response = await viewer.webContents.session.fetch(viewer.webContents.getURL());
    const pdf = await viewer.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true });
    return { html: await response.text(), pdf: pdf.toString('latin1') };
  });

test('D5 the newest pack is opened from the banner while the hospital is gone, as of the last moment it was there', async () => {
  desk = await start({ arguments: ['--board=beds'] });
  const beds = await desk.page('beds');
  await beds.waitForSelector('[data-bed="B1"]');
  await beds.waitForSelector('html[data-copy="whole"]');
  await hospital.stop();
  await until('a pack', () => packs().length > 0, 20_000);
  await beds.click('.banners .btn');
  const { app } = desk;
  const pack = await until('the pack in its window', () => shown(app), 15_000);
  for (const words of ['Quetzalcanary', 'B1', 'As of', 'primary alarm']) expect(pack.html).toContain(words);
  // A page that is a hair too high for the paper would be followed by an empty one.
  expect(pagesIn(pack.pdf)).toBe(pack.html.match(/<section/g)?.length);
});

test('D5 it is opened by the switch on the command line where no station starts, and no word of it is on the disk', async () => {
  desk = await start({ arguments: ['--board=beds', '--downtime-pack'], env: { VIGIL_NODE: join(data.path, 'no-node') } });
  const { app } = desk;
  const pack = await until('the pack in its window', () => shown(app), 15_000);
  expect(pack.html).toContain('Quetzalcanary');
  await until('main to say that no station runs', () => desk?.lines().find((line) => line.includes('the station ended')));
  await desk.close();
  expect(filesHolding(join(data.path, 'desk'), 'Quetzalcanary')).toEqual([]);
});

test('A1 each time it was opened is an export in the audit trail, noted when a station runs again', async () => {
  desk = await start({ arguments: ['--board=beds'] });
  await (await desk.page('beds')).waitForSelector('[data-bed="B1"]');
  await until('every use to be noted', () => readFileSync(join(data.path, 'desk/pack-uses.json'), 'utf8') === '[]');
  await desk.close();
  const store = await openStore({
    directory: join(data.path, 'desk/station'),
    key: readFileSync(join(data.path, 'desk/keys/database.key.development')),
    wallNow: Date.now(),
  });
  const rows = store.database.read.all<{ outcome: string }>("SELECT outcome FROM audit WHERE action = 'export'");
  store.close();
  expect(rows.map(({ outcome }) => outcome)).toEqual(['downtimePackOpened', 'downtimePackOpened']);
});

test('D5 a desk that never made a pack says so, and nothing opens', async () => {
  desk = await start({ data: join(data.path, 'new'), arguments: ['--board=beds', '--downtime-pack'] });
  const beds = await desk.page('beds');
  await beds.waitForSelector('.frame');
  await beds.keyboard.press('F6');
  await beds.waitForSelector('text=This desk has not made a downtime pack yet.');
  expect(await shown(desk.app)).toBe(undefined);
});
