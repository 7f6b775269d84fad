import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, liveText, until } from '#tools/desk.ts';
import { filesHolding } from './clear-text.ts';
import { openSimulatedDesk, type SimulatedDesk } from './simulated-desk.ts';

const typed = { family: 'Zyxquillon', given: 'Wendeline', complaint: 'Brontophobia since yesterday' };
let opened: SimulatedDesk;
let desk: Desk;

beforeAll(async () => {
  opened = await openSimulatedDesk('--board=triage,beds');
  ({ desk } = opened);
});
afterAll(() => opened?.stop());

/** The files below the desk's data in which a text stands in clear, in any of the encodings that Chromium writes. */
const filesWith = (text: string): readonly string[] => filesHolding(opened.data, text);
const typedWords = Object.values(typed).flatMap((text) => text.split(' ').filter((word) => word.length > 8));

describe('a half-written triage', () => {
  test('survives kill -9 of its window, is offered again, and opens as it was; every window says what happened', async () => {
    const page = await desk.page('triage');
    await liveText(page);
    await page.waitForSelector('.triage[data-rows]');
    await page.keyboard.press('n');
    await page.getByLabel('Family name').fill(typed.family);
    await page.getByLabel('Given name').fill(typed.given);
    await page.getByLabel('Complaint').fill(typed.complaint);
    await page.waitForFunction(() => document.body.textContent.includes('draft kept'));
    const renderer = await desk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find(({ title }) => title.includes('Triage'))
        ?.webContents.getOSProcessId(),
    );
    const gone = new Promise((resolve) => page.once('crash', resolve).once('close', resolve));
    if (renderer === undefined) throw new Error('there is no triage window');
    process.kill(renderer, 'SIGKILL');
    await gone;

    const again = await desk.page('triage');
    await again.locator('.triage__draft', { hasText: typed.family }).click();
    const form = {
      family: await again.getByLabel('Family name').inputValue(),
      given: await again.getByLabel('Given name').inputValue(),
      complaint: await again.getByLabel('Complaint').inputValue(),
    };
    expect(form).toEqual(typed);
    for (const board of ['triage', 'beds'] as const) {
      const shown = await desk.page(board);
      await shown.waitForFunction(() => document.body.textContent.includes('The Triage window ended unexpectedly (killed)'));
    }
  });

  test('lies in no file in clear', () => {
    // The name of the drafts' database does stand there: the search looks in the right places and finds what is in clear.
    expect(filesWith('vigil-drafts')).not.toEqual([]);
    expect(typedWords).toEqual(['Zyxquillon', 'Wendeline', 'Brontophobia', 'yesterday']);
    expect(typedWords.flatMap(filesWith)).toEqual([]);
  });

  test('saved, the draft is deleted, and the words are still nowhere in clear', async () => {
    const page = await desk.page('triage');
    const kept = (): Promise<number> =>
      page.evaluate(
        () =>
          new Promise<number>((resolve, reject) => {
            const opening = indexedDB.open('vigil-drafts');
            opening.onerror = () => reject(opening.error);
            opening.onsuccess = () => {
              const count = opening.result.transaction('drafts').objectStore('drafts').count();
              count.onsuccess = () => {
                opening.result.close();
                resolve(count.result);
              };
            };
          }),
      );
    expect(await kept()).toBe(1);
    await page.keyboard.press('Control+Enter');
    await page.waitForFunction((name) => document.body.textContent.includes(`${name} registered`), typed.family);
    await until('no draft', async () => (await kept()) === 0 || undefined);
    await page.waitForSelector('.triage__draft', { state: 'detached' });
    expect(typedWords.flatMap(filesWith)).toEqual([]);
  });
});
