/** The figures of the shift in their own window, and the missions as a file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { liveText } from '#tools/desk.ts';
import { openSimulatedDesk, type SimulatedDesk } from './simulated-desk.ts';

let opened: SimulatedDesk;
beforeAll(async () => {
  opened = await openSimulatedDesk('--board=map');
});
afterAll(() => opened?.stop());

test('the shift opens by a key, counts what the map shows, and its missions leave as a file', async () => {
  const { desk, data } = opened;
  const map = await desk.page('map');
  await liveText(map);
  await map.keyboard.press('F10');
  const shift = await desk.page('shift');
  await shift.waitForSelector('[data-shift="thisShift"]');
  await shift.keyboard.press('4');
  await shift.waitForSelector('[data-shift="day"]');
  expect(Number(await shift.locator('.vital .hero').first().textContent())).toBeGreaterThan(0);
  expect(await shift.textContent('.shift')).toContain('From call to first unit on scene');

  const file = join(data, 'missions.csv');
  await desk.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await shift.keyboard.press('e');
  await shift.waitForSelector('.toast');
  const [header, ...rows] = readFileSync(file, 'utf8').trimEnd().split('\r\n');
  expect(header).toMatch(/^incident,category,.*,unit_notified,acknowledged,.*,turnaround_s$/);
  expect(rows.length).toBeGreaterThan(0);
  expect(await shift.textContent('.toast')).toContain(`${rows.length} lines`);

  const closed = shift.waitForEvent('close');
  // The window may go before the press is reported as done.
  await Promise.all([closed, shift.keyboard.press('Escape').catch(() => undefined)]);
});
