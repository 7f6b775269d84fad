/** Looking back on the real product: the map shows what was, everything beside it is now, and one key returns. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { liveText } from '#tools/desk.ts';
import { openSimulatedDesk, type SimulatedDesk } from './simulated-desk.ts';

let opened: SimulatedDesk;
let page: Page;
beforeAll(async () => {
  opened = await openSimulatedDesk('--board=map');
  page = await opened.desk.page('map');
  await liveText(page);
  // The link is told apart from the rows: a key for a unit needs one that is drawn.
  await page.waitForSelector('[data-map-board][data-painted-rev]:not([data-units="0"])[data-units]');
});
afterAll(() => opened?.stop());

/** The moment that is drawn; null while it is the present. */
const pastAt = async (): Promise<number | null> => {
  const at = await page.getAttribute('[data-map-board]', 'data-past-at');
  return at === null ? null : Number(at);
};
const isPast = () => page.waitForSelector('[data-map-board][data-past-at]');
const isLive = () => page.waitForSelector('[data-map-board]:not([data-past-at])');
const head = () => page.locator('.map-replay__head');
const statusOf = async (side: string): Promise<string | null> => page.locator(`${side} .section.row b`).first().textContent();
const live = '.map-side--right';

test('a crew is seen in its status of before, while its status of now stands beside', async () => {
  await page.keyboard.press('u');
  await page.waitForSelector(`${live} .map-facts`);
  const before = await statusOf(live);

  // As long a record as it takes to go back before what is done next.
  await page.keyboard.press('Shift+H');
  await isPast();
  await page.waitForFunction(() => {
    const line = document.querySelector('.map-replay__track');
    return Number(line?.getAttribute('aria-valuemax')) - Number(line?.getAttribute('aria-valuemin')) >= 12;
  });
  await page.keyboard.press('Escape');
  await isLive();

  await page.keyboard.press('s');
  await page.keyboard.press('1');
  await page.waitForFunction(
    (old) =>
      document.querySelector('.map-side--right .section.row b')?.textContent !== old && !document.querySelector('.pending'),
    before,
  );
  await page.keyboard.press('Shift+H');
  await isPast();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => {
    const line = document.querySelector('.map-replay__track');
    const [at, from] = [line?.getAttribute('aria-valuenow'), line?.getAttribute('aria-valuemin')].map(Number);
    const shown = Number(document.querySelector('[data-map-board]')?.getAttribute('data-past-at')) / 1000;
    return Math.floor(shown) === at && (at ?? 0) - (from ?? 0) <= 11;
  });
  expect(await head().textContent()).toMatch(/REPLAY\d\d:\d\d:\d\d.*ago.*paused.*Back to live/);
  await page.keyboard.press('g');
  await page.waitForSelector('.map-pick');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.map-replay__card .map-facts');
  expect(await statusOf('.map-replay__card')).toBe(before);
  expect(await statusOf(live)).not.toBe(before);
  expect(await page.locator('.map-replay__card button').allTextContents()).not.toContain('Status');
});

test('a call is taken while the map stands in the past, which does not move for it', async () => {
  const at = await pastAt();
  await page.keyboard.press('n');
  await page.keyboard.type('-34.9, -56.16');
  await page.waitForSelector('#call-address [role=option]');
  await page.keyboard.press('Enter');
  await page.keyboard.type('fa');
  await page.keyboard.press('Control+Enter');
  await page.waitForFunction(() => document.querySelector('.map-side--right')?.textContent?.includes('Call received'));
  expect(await pastAt()).toBe(at);
  expect(await page.locator('.map-live-mark').count()).toBe(3);
});

test('plays to the end of the record, says so, and one key is the present again', async () => {
  for (let press = 0; press < 5; press += 1) await page.keyboard.press('.');
  await page.keyboard.press(' ');
  await page.waitForFunction(() => document.querySelector('.map-replay__head')?.textContent?.includes('end of the record'));
  await page.keyboard.press('Escape');
  await isLive();
  expect(await head().count()).toBe(0);
  const newest = Number(await page.getAttribute('[data-map-board]', 'data-newest-fix'));
  await page.waitForFunction(
    (fix) => Number(document.querySelector('[data-map-board]')?.getAttribute('data-newest-fix')) > fix,
    newest,
  );
});
