// The backend dies for a while. Every board says so and goes on; a command is given on each of them by its own keys; the
// backend comes back, and what was kept must settle.
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright';
import { type Board, boards } from '#contracts/ipc/main-window.ts';
import { until } from '../desk.ts';
import { marksOf } from './boards.ts';
import { type Gesture, gestures } from './gestures.ts';

/** How one board painted the link: milliseconds from the pulled plug, null for a state it never showed. */
type LinkReport = {
  readonly staleAfterMs: number | null;
  readonly offlineAfterMs: number | null;
  readonly offlineForMs: number | null;
  readonly liveAgainAfterMs: number | null;
};

export type OutageReport = {
  readonly seconds: number;
  readonly commands: readonly {
    readonly board: Board;
    readonly name: string;
    readonly outcome: 'queued' | 'refused';
    readonly said: string;
  }[];
  readonly queued: number;
  readonly settled: number;
  readonly refused: number;
  readonly conflicts: number;
  /** milliseconds from the backend's return until nothing was unsent */
  readonly settledAfterMs: number | null;
  readonly links: Readonly<Record<Board, LinkReport>>;
  readonly problems: readonly string[];
};

type Passage = { readonly at: number; readonly link: string };

/** Notes every change of the painted link of a page until stopped; times are milliseconds since `from`. */
const watchLink = (page: Page, from: number): { readonly stop: () => Promise<readonly Passage[]> } => {
  const passages: Passage[] = [];
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const link = (await marksOf(page).catch(() => undefined))?.['link'];
      if (link !== undefined && link !== passages.at(-1)?.link) passages.push({ at: performance.now() - from, link });
      await delay(50);
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await watching;
      return passages;
    },
  };
};

const linkReport = (passages: readonly Passage[], returnedAt: number): LinkReport => {
  const first = (link: string): number | null => passages.find((passage) => passage.link === link)?.at ?? null;
  const offlineAfterMs = first('offline');
  const next = offlineAfterMs === null ? undefined : passages.find(({ at, link }) => at > offlineAfterMs && link !== 'offline');
  const live = passages.find(({ at, link }) => at > returnedAt && link === 'live');
  return {
    // A socket that is known dead goes straight to OFFLINE, which says more than STALE.
    staleAfterMs: first('stale') ?? offlineAfterMs,
    offlineAfterMs,
    offlineForMs: offlineAfterMs === null || !next ? null : next.at - offlineAfterMs,
    liveAgainAfterMs: live ? live.at - returnedAt : null,
  };
};

const unsentOf = async (page: Page): Promise<number> => Number((await marksOf(page))['unsent'] ?? 0);

/** Gives the command of one gesture and sees that it is kept (one more unsent) or refused with a sentence on the screen. */
const give = async (page: Page, gesture: Gesture): Promise<OutageReport['commands'][number]> => {
  const before = await unsentOf(page);
  await gesture.make(page);
  const { board, name, expected } = gesture;
  if (expected.outcome === 'refused') {
    await page.getByText(expected.said).first().waitFor({ timeout: 10_000 });
    return { board, name, outcome: 'refused', said: expected.said };
  }
  await until(`${board}: ${name} kept as unsent`, async () => ((await unsentOf(page)) > before ? true : undefined), 10_000);
  return { board, name, outcome: 'queued', said: '' };
};

/** Runs the outage of `seconds`; pictures of the boards as they stood offline go beside the live ones. */
export const runOutage = async (outage: {
  readonly seconds: number;
  readonly pages: ReadonlyMap<Board, Page>;
  readonly directory: string;
  readonly pullThePlug: () => Promise<void>;
  readonly putItBack: () => Promise<void>;
}): Promise<OutageReport> => {
  const problems: string[] = [];
  const commands: OutageReport['commands'][number][] = [];
  const pageOf = (board: Board): Page => {
    const page = outage.pages.get(board);
    if (!page) throw new Error(`there is no ${board} window`);
    return page;
  };
  console.log(`check: the backend is killed for ${outage.seconds} s`);
  const from = performance.now();
  const watches = boards.map((board) => [board, watchLink(pageOf(board), from)] as const);
  await outage.pullThePlug();
  for (const board of boards) {
    await until(
      `OFFLINE on the ${board} board`,
      async () => ((await marksOf(pageOf(board)))['link'] === 'offline' ? true : undefined),
      20_000,
    ).catch((error: Error) => problems.push(error.message));
  }
  for (const gesture of gestures) {
    try {
      commands.push(await give(pageOf(gesture.board), gesture));
    } catch (error) {
      problems.push(`${gesture.board}: ${gesture.name}: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  for (const board of boards) await pageOf(board).screenshot({ path: `${outage.directory}/${board}-offline.png` });
  const kept = await unsentOf(pageOf('beds'));
  await delay(Math.max(0, outage.seconds * 1_000 - (performance.now() - from)));

  console.log('check: the backend is started again');
  await outage.putItBack();
  const returnedAt = performance.now() - from;
  for (const board of boards) {
    await until(
      `LIVE again on the ${board} board`,
      async () => ((await marksOf(pageOf(board)))['link'] === 'live' ? true : undefined),
      30_000,
    ).catch((error: Error) => problems.push(error.message));
  }
  const settled = await until(
    'everything settled',
    async () => ((await unsentOf(pageOf('beds'))) === 0 ? true : undefined),
    30_000,
  ).then(
    () => true,
    (error: Error) => {
      problems.push(error.message);
      return false;
    },
  );
  const settledAfterMs = settled ? performance.now() - from - returnedAt : null;
  await delay(1_500);
  const links = Object.fromEntries(
    await Promise.all(watches.map(async ([board, watch]) => [board, linkReport(await watch.stop(), returnedAt)] as const)),
  ) as OutageReport['links'];
  for (const board of boards) {
    const { staleAfterMs } = links[board];
    if (staleAfterMs === null || staleAfterMs > 5_500)
      problems.push(`${board}: not STALE or OFFLINE within 5 s (${staleAfterMs ?? 'never'})`);
  }
  const left = await unsentOf(pageOf('beds'));
  const conflicts = Number((await marksOf(pageOf('beds')))['conflicts'] ?? 0);
  const queued = commands.filter(({ outcome }) => outcome === 'queued').length;
  if (kept < queued) problems.push(`${queued} commands were given, ${kept} were kept`);
  return {
    seconds: outage.seconds,
    commands,
    queued,
    settled: kept - left - conflicts,
    refused: commands.length - queued,
    conflicts,
    settledAfterMs,
    links,
    problems,
  };
};
