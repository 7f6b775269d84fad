/** A shift handed over by keys, signed by two people at two desks, and printed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { isPrintFile } from '#contracts/ipc/downtime-pack.ts';
import type { Handover } from '#domain/model/handover.ts';
import { buildArea, buildBed, buildEncounter, buildFacility, buildPatient, ids } from '#domain/testing/builders.ts';
import { until } from '#tools/desk.ts';
import { openTwoDesks, type TwoDesks } from './two-desks.ts';

const records = [
  buildFacility(),
  buildArea(),
  buildBed({ label: 'B7', status: 'occupied', encounterId: ids.encounter }),
  buildPatient(),
  buildEncounter({ status: 'inProgress', bedId: ids.bed, nurse: 'R. Ortiz' }),
];
let made: TwoDesks | undefined;
afterEach(async () => {
  await made?.stop();
  made = undefined;
});

test('what one desk wrote and signed waits at the other; signed by both it is printed, or saved where there is no printer', async () => {
  made = await openTwoDesks(records, 'beds');
  const { desk, elsewhere, directory } = made;
  const page = await desk.page('beds');
  await page.waitForSelector('[data-bed="B7"]');
  await page.waitForSelector('html[data-copy="whole"]');
  await page.keyboard.press('Shift+H');
  await page.waitForSelector('.handover__point');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.handover__now');
  await page.keyboard.press('Space');
  await page.waitForSelector('.handover__signature');
  await page.keyboard.press('1');
  await page.waitForSelector('text=Another person signs here');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.banner >> text=It waits for who takes over');

  await elsewhere.call('signIn', { as: 'triageNurse' });
  const waiting = await until('the handover at the other desk', () => {
    const found = [...elsewhere.records.values()].find(({ record }) => record.kind === 'handover')?.record as
      | Handover
      | undefined;
    return found?.given ? found : undefined;
  });
  await page.keyboard.press('Shift+H');
  await elsewhere.submit('signHandover', { handoverId: waiting.id, writtenAt: waiting.writtenAt, part: 'taken' });
  await page.getByText('Past handovers').click();
  await page.waitForSelector('text=signed by both');

  const file = join(directory, 'handover.pdf');
  await desk.app.evaluate(({ app, dialog }, filePath) => {
    app.on('web-contents-created', (_event, contents) => {
      contents.getPrintersAsync = () => Promise.resolve([]);
    });
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await page.keyboard.press('p');
  await page.waitForSelector('text=This machine has no printer');
  await page.keyboard.press('Shift+P');
  await page.waitForSelector('text=Saved as');
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
  expect(readdirSync(join(directory, 'desk/downtime')).filter(isPrintFile)).toEqual([]);
});
