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
import { type Desk, liveText } from '#tools/desk.ts';
import { openSimulatedDesk, type SimulatedDesk } from './simulated-desk.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let opened: SimulatedDesk;
let desk: Desk;

beforeAll(async () => {
  opened = await openSimulatedDesk();
  ({ desk } = opened);
});
afterAll(() => opened?.stop());

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
    ['the messages', 'beds', 'F12', '.messages'],
    ['the capacity', 'beds', 'Alt+c', '.capacity__detail'],
    ['the interfaces', 'beds', 'Alt+i', '.interfaces__views + .interfaces, .interfaces__views + .void'],
    ['the hospitals', 'map', 'b', '.hospitals'],
    ['the replay', 'map', 'Shift+H', '.map-replay__track'],
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

  test('the wall', async () => {
    await (await desk.page('beds')).keyboard.press('Shift+F2');
    const page = await desk.page('wall');
    await page.waitForSelector('.wt .acuity');
    expect(await findings(page)).toEqual([]);
  });
});

describe('with the hospital gone', () => {
  beforeAll(async () => void (await opened.backend.process.stop()));

  test.each(boards)('the %s board, offline', async (board) => {
    const page = await desk.page(board);
    await page.waitForSelector('.frame[data-link="offline"]', { timeout: 20_000 });
    expect(await findings(page)).toEqual([]);
  });
});
