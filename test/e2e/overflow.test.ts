/**
 * Every board in a language half as long as English again, on the smallest desk display: no word may be cut off without a sign,
 * and none may push the page wider than the window.
 */
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boards } from '#contracts/ipc/main-window.ts';
import { type Desk, liveText } from '#tools/desk.ts';
import { openSimulatedDesk, type SimulatedDesk } from './simulated-desk.ts';

let opened: SimulatedDesk;
let desk: Desk;

beforeAll(async () => {
  opened = await openSimulatedDesk();
  ({ desk } = opened);
});
afterAll(() => opened?.stop());

/** Words that are cut at an edge with no ellipsis and nothing to scroll, or leave the window, a line each. */
const cut = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const root = document.documentElement;
    const found = new Set<string>();
    if (root.scrollWidth > root.clientWidth) found.add(`the page is ${root.scrollWidth - root.clientWidth} px too wide`);
    for (const box of document.body.querySelectorAll('*')) {
      const { overflowX, clip } = getComputedStyle(box);
      const isWide = box.scrollWidth > box.clientWidth + 1 && clip === 'auto';
      if (isWide && (overflowX === 'auto' || overflowX === 'scroll'))
        found.add(`${box.className} hides ${box.scrollWidth - box.clientWidth} px to the side`);
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (!text.textContent?.trim()) continue;
      range.selectNodeContents(text);
      const { left, right } = range.getBoundingClientRect();
      for (let box = text.parentElement; box && box !== root; box = box.parentElement) {
        const { overflowX, textOverflow, clip } = getComputedStyle(box);
        // Said to a screen reader only, cut off with a sign, or to be scrolled to; the keys are listed whole by "?".
        if (box.className === 'keys__list') break;
        if (clip !== 'auto' || overflowX === 'auto' || overflowX === 'scroll' || textOverflow === 'ellipsis') break;
        const edges = box.getBoundingClientRect();
        const isCut = right > edges.right + 1 || left < edges.left - 1;
        if (isCut && (overflowX !== 'visible' || box === document.body || box.classList.contains('panel')))
          found.add(`${box.className || box.tagName} cuts off "${text.textContent.slice(0, 40)}"`);
      }
    }
    return [...found];
  });

test.each(boards)('the %s board', async (board) => {
  const page = await desk.page(board);
  await page.addInitScript(() => {
    // The shell says the language to the document, and every word asks the document.
    Object.defineProperty(HTMLElement.prototype, 'lang', { get: () => 'en-XA', set: () => undefined });
  });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.reload();
  await liveText(page);
  expect(await page.textContent('.keys')).toContain('·');
  expect(await cut(page)).toEqual([]);
});
