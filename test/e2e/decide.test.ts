/** What two desks want at once, decided by a person; and what the desk says of its own health meanwhile. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildArea, buildBed, buildEncounter, buildFacility, buildPatient, ids, testId } from '#domain/testing/builders.ts';
import type { StationProcess } from '#test/system/station-process.ts';
import { type Desk, until } from '#tools/desk.ts';
import type { Line } from './line.ts';
import { openTwoDesks, type TwoDesks } from './two-desks.ts';

const canary = buildPatient({ name: { family: 'Quetzalcanary', given: 'Zebulon' }, initials: 'ZQ' });
const other = buildPatient({ id: testId('7', 2), mrn: 'M000002', name: { family: 'Moreau', given: 'Lea' } });
const waiting = { bedId: null, status: 'triaged', departedAt: null, acuity: 3 } as const;
const visit = buildEncounter({ ...waiting, patientId: canary.id, complaint: 'Canarycomplaint' });
const otherVisit = buildEncounter({ ...waiting, id: testId('7', 3), patientId: other.id });
const bed = buildBed({ id: ids.bed, label: 'B1', status: 'available', encounterId: null, reservation: null });

let opened: TwoDesks;
let directory: string;
let line: Line;
let desk: Desk;
let elsewhere: StationProcess;
let beds: Page;

beforeAll(async () => {
  opened = await openTwoDesks([buildFacility(), buildArea(), bed, canary, other, visit, otherVisit], 'beds');
  ({ directory, line, desk, elsewhere } = opened);
  beds = await desk.page('beds');
});
afterAll(() => opened?.stop());

const linkIs = (page: Page, state: string): Promise<unknown> =>
  page.waitForSelector(`.frame[data-link="${state}"]`, { timeout: 20_000 });
const textOf = async (page: Page, selector: string): Promise<string> => (await page.locator(selector).textContent()) ?? '';

test('a bed given away elsewhere while this desk was cut is a conflict for a person, on its tile and in the inbox', async () => {
  await linkIs(beds, 'live');
  await beds.waitForSelector('[data-bed="B1"]');
  line.isCut = true;
  line.cut();
  await linkIs(beds, 'offline');
  await beds.click('[data-bed="B1"]');
  await beds.keyboard.press('b');
  await beds.keyboard.type('quetz');
  await beds.keyboard.press('Enter');
  await beds.waitForSelector('html[data-unsent="1"]');
  await beds.waitForSelector('.toast');

  await until('the other desk', () => elsewhere.frame()?.person && elsewhere.frame()?.copy.state === 'whole');
  const taken = await elsewhere.submit('assignBed', { bedId: bed.id, encounterId: otherVisit.id });
  expect(taken).toEqual({ status: 'saved', commandId: expect.any(String), issuedAt: expect.any(Number) });
  await until('the hospital', () => elsewhere.unsent().length === 0);
  line.isCut = false;
  await beds.waitForSelector('html[data-conflicts="1"][data-unsent="0"]', { timeout: 20_000 });
  await beds.waitForSelector('[data-bed="B1"].bed--conflict');
  // What was not done cannot be taken back.
  expect(await beds.locator('.toast').count()).toBe(0);

  await beds.keyboard.press('F7');
  await beds.waitForSelector('.inbox');
  const said = await textOf(beds, '.inbox');
  for (const words of ['Assign Quetzalcanary to B1', 'Why it was not done', 'Moreau', 'Safety']) expect(said).toContain(words);
  expect(await beds.locator('.inbox__do .btn--main').isDisabled()).toBe(true);
});

test('what becomes possible again is done again by a key, and the conflict goes', async () => {
  await elsewhere.submit('unassignBed', { bedId: bed.id, encounterId: otherVisit.id });
  await beds.waitForSelector('.inbox__do .btn--main:not([disabled])', { timeout: 10_000 });
  await beds.keyboard.press('a');
  await beds.waitForSelector('html[data-conflicts="0"][data-unsent="0"]', { timeout: 10_000 });
  expect(await textOf(beds, '.dialog')).toContain('Nothing to decide');
  await beds.keyboard.press('Escape');
  await beds.waitForSelector('.dialog', { state: 'detached' });
  expect(await textOf(beds, '[data-bed="B1"]')).toContain('Quetzalcanary');
});

test('the health of the desk opens by a key, says the outage, and its bundle names nobody', async () => {
  await beds.keyboard.press('F5');
  const health = await desk.page('health');
  await health.waitForSelector('[data-health="known"]');
  await health.waitForSelector('.linkstrip__track > .is-offline');
  const said = await textOf(health, '.frame__board');
  for (const words of ['Round trip', 'Outages', 'Offline', 'SQLite', 'link live']) expect(said).toContain(words);
  await health.keyboard.press('b');
  await health.waitForSelector('.bundle__text');
  const bundle = await textOf(health, '.bundle__text');
  expect(bundle).toContain('Vigil support bundle');
  expect(bundle).toContain('main.electron');
  for (const secret of ['Quetzalcanary', 'Zebulon', 'Moreau', 'Canarycomplaint', canary.id, visit.id])
    for (const text of [bundle, said]) expect(text).not.toContain(secret);

  const file = join(directory, 'bundle.txt');
  await desk.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await health.keyboard.press('s');
  await health.waitForSelector('.toast');
  expect(readFileSync(file, 'utf8')).toBe(bundle);
  await health.keyboard.press('c');
  await until('the clipboard', async () => (await desk.app.evaluate(({ clipboard }) => clipboard.readText())) === bundle);

  await health.keyboard.press('Escape');
  await health.waitForSelector('.bundle__text', { state: 'detached' });
  const closed = health.waitForEvent('close');
  // The window may go before the press is reported as done.
  await Promise.all([closed, health.keyboard.press('Escape').catch(() => undefined)]);
  expect(desk.app.windows()).toHaveLength(1);
});
