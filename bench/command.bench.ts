// A gesture until its effect is painted as pending, and until it is painted as settled, with a local backend: the alarm of a
// key press in the bed board (X, 1 blocks a free bed; X unblocks it), measured inside the page.
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright';
import { allLive, withBench } from './bench-desk.ts';
import { percentile, printFigure } from './figure.ts';
import { type PaintWatch, watchPaint } from './paint-watch.ts';

const gestures = 100;

type Passage = { readonly pendingMs: number; readonly settledMs: number };

/** In the page: presses `keys` on the selected tile and follows its pending mark; times from the last key, milliseconds. */
const passageOf = (page: Page, keys: readonly string[]): Promise<Passage> =>
  page.evaluate(
    (pressed) =>
      new Promise<Passage>((resolve, reject) => {
        const tile = document.querySelector<HTMLElement>('.bed.is-selected');
        if (!tile) return reject(new Error('no bed is selected'));
        const bedId = tile.dataset['bedId'];
        let startedAt = 0;
        let pendingMs: number | undefined;
        const afterPaint = (globalThis as unknown as PaintWatch).afterPaint;
        const timer = setTimeout(() => reject(new Error('not settled within 5 s')), 5_000);
        const observer = new MutationObserver(() => {
          const isPending = document.querySelector<HTMLElement>(`[data-bed-id="${bedId}"]`)?.dataset['pending'] === 'true';
          if (isPending && pendingMs === undefined) {
            pendingMs = 0;
            afterPaint(() => {
              pendingMs = performance.now() - startedAt;
            });
          }
          if (!isPending && pendingMs !== undefined) {
            observer.disconnect();
            clearTimeout(timer);
            afterPaint(() => resolve({ pendingMs: pendingMs ?? 0, settledMs: performance.now() - startedAt }));
          }
        });
        observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-pending'] });
        const press = (index: number): void => {
          const key = pressed[index];
          if (key === undefined) return;
          startedAt = performance.now();
          (document.activeElement ?? document.body).dispatchEvent(
            new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
          );
          if (index + 1 < pressed.length) setTimeout(() => press(index + 1), 100);
        };
        press(0);
      }),
    keys,
  );

await withBench({ seed: 1 }, async ({ openDesk }) => {
  const desk = await openDesk();
  await allLive(desk);
  const page = await desk.page('beds');
  await watchPaint(page);
  await delay(5_000);
  const passages: Passage[] = [];
  while (passages.length < gestures) {
    // A freed bed may be given to a patient at any time: then another one serves.
    const isBlocked = (await page.locator('.bed--blocked.is-selected').count()) > 0;
    const isFree = (await page.locator('.bed--available.is-selected').count()) > 0;
    if (!isBlocked && !isFree) await page.locator('.bed--available, .bed--blocked').first().click();
    else passages.push(await passageOf(page, isBlocked ? ['x'] : ['x', '1']));
    await delay(50);
  }
  await desk.close();
  const figures = [
    ['command/gesture-to-pending-p99', (passage: Passage) => passage.pendingMs, 50],
    ['command/gesture-to-settled-p99', (passage: Passage) => passage.settledMs, 150],
  ] as const;
  for (const [name, read, goalMs] of figures) {
    printFigure({ name, unit: 'ms', value: percentile(passages.map(read), 0.99), reference: goalMs, goal: { atMost: 1 } });
  }
});
