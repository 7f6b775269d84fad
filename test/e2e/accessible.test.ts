/**
 * Every board and dialog of the shared frame under axe (WCAG 2.2 A and AA), dark and light, live and offline: names, roles, order
 * and contrast as Chromium has laid them out.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Board, boards } from '#contracts/ipc/main-window.ts';
import { type Desk, liveText, openDesk, temporaryDirectory } from '#tools/desk.ts';
import { withDisplay } from '#tools/display.ts';
import { resolveElectron } from '#tools/electron-runtime/resolve.ts';
import { type RunningBackend, startBackend } from '#tools/launch.ts';
import { createProcessOwner } from '#tools/processes.ts';

const processes = createProcessOwner();
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let hospital: Awaited<ReturnType<typeof temporaryDirectory>>;
let data: Awaited<ReturnType<typeof temporaryDirectory>>;
let backend: RunningBackend;
let desk: Desk;

beforeAll(async () => {
  [data, hospital] = await Promise.all([temporaryDirectory(), temporaryDirectory()]);
  const electron = await resolveElectron();
  const { display } = await withDisplay(processes);
  backend = await startBackend(processes, { simulator: { seed: 7 }, data: hospital.path, log: 'silent' });
  desk = await openDesk({ electron, display, backend: backend.url, data: data.path });
});
afterAll(async () => {
  await desk?.close();
  await processes.stopAll();
  await Promise.all([data?.remove(), hospital?.remove()]);
});

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
// The name of a tile is a sentence that begins with its label; what the tile shows are fragments and clocks.
const left = { 'label-content-name-mismatch': { enabled: false } };

/** What axe finds, a line each: the rule, where, and why. */
const findings = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (options) =>
      (window as unknown as { readonly axe: { readonly run: (options: object) => Promise<AxeResults> } }).axe.run(options),
    { runOnly: standards, rules: left, resultTypes: ['violations'] },
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, any, all, none }) =>
        `${id} ${target.join(' ')}: ${[...any, ...all, ...none].map(({ message }) => message).join('; ')}`,
    ),
  );
};
const inTheme = async (page: Page, theme: 'dark' | 'light'): Promise<void> => {
  if ((await page.getAttribute('html', 'data-theme')) !== theme) await page.keyboard.press('F9');
  await page.waitForSelector(`html[data-theme="${theme}"]`);
};

describe.each(['dark', 'light'] as const)('%s', (theme) => {
  test.each(boards)('the %s board, live', async (board: Board) => {
    const page = await desk.page(board);
    await liveText(page);
    await inTheme(page, theme);
    expect(await findings(page)).toEqual([]);
  });
});

describe('what opens over a board or beside it', () => {
  test.each([
    ['the keys', 'beds', '?', '.dialog'],
    ['what is to be decided', 'beds', 'F7', '.dialog'],
    ['what is unsent', 'beds', 'F8', '.dialog'],
    ['the form of a triage', 'triage', 'n', '.triage__form form, .triage__form'],
  ] as const)('%s', async (_what, board, key, opened) => {
    const page = await desk.page(board);
    await page.keyboard.press(key);
    await page.waitForSelector(opened);
    const found = await findings(page);
    await page.keyboard.press('Escape');
    expect(found).toEqual([]);
  });

  test('the health of the desk', async () => {
    await (await desk.page('beds')).keyboard.press('F5');
    const page = await desk.page('health');
    await page.waitForSelector('[data-health="known"]');
    expect(await findings(page)).toEqual([]);
  });
});

describe('with the hospital gone', () => {
  beforeAll(async () => void (await backend.process.stop()));

  test.each(boards)('the %s board, offline', async (board) => {
    const page = await desk.page(board);
    await page.waitForSelector('.frame[data-link="offline"]', { timeout: 20_000 });
    expect(await findings(page)).toEqual([]);
  });
});
