import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright';
import type { Board } from '#contracts/ipc/main-window.ts';

export type BoardReport = {
  /** beds, waiting patients, monitors, or units with a position, as painted */
  readonly rows: number;
  readonly link: string;
  /** milliseconds from the start of the console to the first painted rows, from the cache */
  readonly firstPaintMs: number | null;
  /** milliseconds from the start of the console to the first painted rows with a live link */
  readonly livePaintMs: number | null;
  readonly updatesPerSecond: number;
};

/** What the root element of a window says of what it has painted. */
export const marksOf = (page: Page): Promise<Readonly<Record<string, string | undefined>>> =>
  page.evaluate(() => ({ ...document.documentElement.dataset }));

/** Where the rows of a board stand in its page. */
const rowSelectors: Readonly<Record<Board, string>> = {
  map: '[data-units]',
  beds: '[data-bed]',
  triage: '[data-encounter]',
  alarms: '[data-device]',
};

const rowsOf = async (board: Board, page: Page): Promise<number> => {
  const rows = page.locator(rowSelectors[board]);
  return board === 'map' ? Number((await rows.first().getAttribute('data-units')) ?? 0) : rows.count();
};

/** One board as it stands, its updates counted over five seconds; `startedAt` is when the console was started, epoch ms. */
export const boardReport = async (board: Board, page: Page, startedAt: number): Promise<BoardReport> => {
  const before = await marksOf(page);
  await delay(5_000);
  const marks = await marksOf(page);
  const since = (mark: string | undefined): number | null => (mark === undefined ? null : Number(mark) - startedAt);
  return {
    rows: await rowsOf(board, page),
    link: marks['link'] ?? 'unknown',
    firstPaintMs: since(marks['firstPaint']),
    livePaintMs: since(marks['livePaint']),
    updatesPerSecond: (Number(marks['updates'] ?? 0) - Number(before['updates'] ?? 0)) / 5,
  };
};
