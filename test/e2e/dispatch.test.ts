/** The main path of a dispatcher on the real product, without a pointer: a call taken and a crew sent, with a link and without one. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { liveText, until } from '#tools/desk.ts';
import { openSimulatedDesk, type SimulatedDesk } from './simulated-desk.ts';

let opened: SimulatedDesk;
let page: Page;

beforeAll(async () => {
  opened = await openSimulatedDesk('--board=map');
  page = await opened.desk.page('map');
  await liveText(page);
  await page.waitForSelector('[data-incident]');
});
afterAll(() => opened?.stop());

/** The text of the right side, where what is done is shown. */
const side = async (): Promise<string> => (await page.locator('.map-side--right').textContent()) ?? '';
const sideSays = (text: string): Promise<unknown> =>
  page.waitForFunction((wanted) => document.querySelector('.map-side--right')?.textContent?.includes(wanted), text, {
    timeout: 20_000,
  });
/** Presses keys one after the other and counts them; a chord counts each of its keys. */
const presser = () => {
  let count = 0;
  return {
    press: async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) {
        count += key.split('+').length;
        await page.keyboard.press(key);
      }
    },
    count: () => count,
  };
};

describe('a dispatcher who never lets go of the keyboard', () => {
  test('takes a call and sends the first unit of the list in at most 12 keys besides the address', async () => {
    const hand = presser();
    await hand.press('n');
    await page.keyboard.type('rivera 2210');
    await page.waitForSelector('#call-address [role=option]');
    await hand.press('Enter', 'c', 'p', 'Control+Shift+Enter');
    await page.waitForSelector('.map-candidate');
    const callsign = await page.locator('.map-candidate b').first().textContent();
    await hand.press('1', 'Enter');
    await sideSays(`${callsign} · Unit told`);
    expect(hand.count()).toBeLessThanOrEqual(12);
    const text = await side();
    expect([text.includes('Chest pain'), text.includes('Call received'), /rivera/i.test(text)]).toEqual([true, true, true]);
    // The hospital gives the number: the incident and its crew are its own now.
    await page.waitForFunction(() =>
      /\d{4}-\d{4}/.test(document.querySelector('.map-side--right .map-head .meta')?.textContent ?? ''),
    );
  });

  test('notes, corrects, and takes a cancellation back, all in the timeline', async () => {
    await page.keyboard.press('n');
    await page.keyboard.type('-34.9, -56.16');
    await page.waitForSelector('#call-address [role=option]');
    await page.keyboard.press('Enter');
    await page.keyboard.type('fa');
    await page.keyboard.press('Control+Enter');
    await sideSays('Call received');
    await page.keyboard.press('t');
    await page.keyboard.type('Door code 1472');
    await page.keyboard.press('Enter');
    await sideSays('Door code 1472');
    await page.keyboard.press('p');
    await page.keyboard.press('2');
    await sideSays('Priority · 3 → 2');
    await page.keyboard.press('x');
    await page.keyboard.type('caller rang back');
    await page.keyboard.press('Enter');
    await sideSays('Cancelled · caller rang back');
    await page.keyboard.press('z');
    await sideSays('Reopened');
  });

  test('a half-written call survives kill -9 of its window and is offered again', async () => {
    await page.keyboard.press('n');
    await page.keyboard.type('Bulevar Zyxquillon 12');
    await page.waitForFunction(() => document.querySelector('.map-side--right')?.textContent?.includes('draft kept'));
    const renderer = await opened.desk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find(({ title }) => title.includes('Map'))
        ?.webContents.getOSProcessId(),
    );
    const gone = new Promise((resolve) => page.once('crash', resolve).once('close', resolve));
    if (renderer === undefined) throw new Error('there is no map window');
    process.kill(renderer, 'SIGKILL');
    await gone;
    page = await opened.desk.page('map');
    await page.waitForSelector('.map-call--draft');
    await page.keyboard.press('Shift+N');
    expect(await page.locator('.map-form input').first().inputValue()).toBe('Bulevar Zyxquillon 12');
    await page.keyboard.press('Control+e');
    await page.waitForSelector('.map-form', { state: 'detached' });
    await page.waitForSelector('.map-call--draft', { state: 'detached' });
  });

  test('without a link the call is kept, the crew is told by radio, and that is what the desk says', async () => {
    await opened.backend.process.stop();
    await page.waitForFunction(() => document.querySelector('.frame')?.getAttribute('data-link') === 'offline', undefined, {
      timeout: 30_000,
    });
    await page.keyboard.press('n');
    await page.keyboard.type('-34.895, -56.17');
    await page.waitForSelector('#call-address [role=option]');
    await page.keyboard.press('Enter');
    await page.keyboard.type('st');
    await page.keyboard.press('Control+Shift+Enter');
    await page.waitForSelector('.map-candidate');
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await sideSays('The crew has not been told: send by radio.');
    await page.keyboard.type('Radio channel 2');
    await page.keyboard.press('Enter');
    await sideSays('told by voice: Radio channel 2');
    await until('an incident of this desk that nobody has yet', async () =>
      (await page.locator('.map-incident.is-selected .pending').count()) > 0 ? true : undefined,
    );
    expect(await side()).toContain('Unsent');
  });
});
