/**
 * The bed board of a large house, 400 beds and more, in an Electron window of its own: the first paint beside that of the same
 * picture given to the browser as text; the longest task while 50 tiles change at once, as the browser's own trace tells it; and how long a key waits until what it
 * chose is painted, less a key that does nothing. Every figure is the median of its rounds in one run.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { _electron, type Page } from 'playwright';
import { build, preview } from 'vite';
import { until } from '#tools/desk.ts';
import { resolveElectron } from '#tools/electron-runtime/resolve.ts';
import { projectDirectory } from '#tools/places.ts';
import { median, printFigure } from './figure.ts';

const rounds = 3;
const updates = 20;
const keys = 30;

/** Milliseconds from the start of the page until every tile is painted. */
const firstPaint = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          if (document.querySelector('.bed') === null) requestAnimationFrame(look);
          else requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
        };
        look();
      }),
  );

/** Milliseconds until the same picture, taken as text, is painted again in an empty page with the same style. */
const floorPaint = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const picture = document.querySelector('.frame')?.outerHTML ?? '';
        const ground = document.createElement('div');
        ground.style.cssText = 'position: fixed; inset: 0; z-index: 99';
        document.body.append(ground);
        requestAnimationFrame(() => {
          const startedAt = performance.now();
          ground.innerHTML = picture;
          requestAnimationFrame(() =>
            setTimeout(() => {
              resolve(performance.now() - startedAt);
              ground.remove();
            }),
          );
        });
      }),
  );

/** What the browser tells of its own work: microseconds, a task with its length, the name of a thread or of a mark. */
type TraceEvent = {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly args?: { readonly name?: string };
};
/** How long the tasks of an update are watched, ms. */
const watched = 300;

/** The longest task of the page's thread, ms, after each update in which 50 patients get another next step at once. */
const longestTasks = async (page: Page, count: number): Promise<readonly number[]> => {
  const devTools = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  devTools.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as readonly TraceEvent[])));
  const ended = new Promise<void>((resolve) => devTools.once('Tracing.tracingComplete', () => resolve()));
  await devTools.send('Tracing.start', { traceConfig: { includedCategories: ['toplevel', 'blink.user_timing', '__metadata'] } });
  await page.waitForTimeout(500);
  await page.evaluate(
    async ([times, milliseconds]) => {
      type Row = { readonly record: { readonly bedId: string | null } };
      const { store, show } = globalThis as unknown as {
        readonly store: { getState: () => { records: { encounter: ReadonlyMap<string, Row> } } };
        readonly show: (records: readonly unknown[]) => void;
      };
      for (let round = 0; round < times; round += 1) {
        const lying = [...store.getState().records.encounter.values()]
          .map(({ record }) => record)
          .filter(({ bedId }) => bedId !== null);
        const changed = lying
          .slice((round * 50) % 300, ((round * 50) % 300) + 50)
          .map((record) => ({ ...record, nextStep: `Step ${round}` }));
        performance.mark('fifty-tiles');
        show(changed);
        await new Promise((resolve) => setTimeout(resolve, milliseconds));
      }
    },
    [count, watched] as const,
  );
  await devTools.send('Tracing.end');
  await ended;
  await devTools.detach();
  const marks = events.filter(({ name }) => name === 'fifty-tiles');
  const tasks = events.filter(
    ({ name, pid, tid, dur }) => name.endsWith('RunTask') && dur !== undefined && pid === marks[0]?.pid && tid === marks[0]?.tid,
  );
  return marks.map(({ ts }) =>
    Math.max(
      0,
      ...tasks.flatMap((task) =>
        task.ts + (task.dur ?? 0) > ts && task.ts < ts + watched * 1000 ? [(task.dur ?? 0) / 1000] : [],
      ),
    ),
  );
};

/** Milliseconds from a key to the frame after it. */
const keyTimes = (page: Page, key: string, count: number): Promise<readonly number[]> =>
  page.evaluate(
    async ([name, times]) => {
      const all: number[] = [];
      for (let index = 0; index < times; index += 1) {
        await new Promise((resolve) => setTimeout(resolve, 40));
        const startedAt = performance.now();
        const target = document.activeElement ?? document.body;
        target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
        await new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        all.push(performance.now() - startedAt);
      }
      return all;
    },
    [key, count] as const,
  );

const directory = await mkdtemp(join(tmpdir(), 'vigil-bench-beds-'));
const outDir = join(directory, 'page');
const root = join(projectDirectory, 'test/pictures');
const shared = { root, configFile: false, logLevel: 'warn' } as const;
await build({ ...shared, base: './', plugins: [react()], build: { outDir, emptyOutDir: true, target: 'chrome114' } });
const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
const electron = await resolveElectron();
const app = await _electron.launch({
  executablePath: electron.executable,
  args: [
    ...electron.argumentsFor(join(projectDirectory, 'bench/empty')),
    '--windows=1',
    `--vigil-data=${join(directory, 'data')}`,
  ],
});
try {
  const page = await until('the window', () => app.windows()[0], 30_000);
  const taken = {
    paint: [] as number[],
    floor: [] as number[],
    tasks: [] as number[],
    key: [] as number[],
    idle: [] as number[],
  };
  for (let round = 0; round < rounds; round += 1) {
    await page.goto(`${server.resolvedUrls?.local[0]}?board=beds&scene=many`, { waitUntil: 'commit' });
    taken.paint.push(await firstPaint(page));
    await page.waitForTimeout(2_000);
    taken.floor.push(await floorPaint(page));
    taken.tasks.push(...(await longestTasks(page, updates)));
    await page.keyboard.press('ArrowRight');
    taken.idle.push(...(await keyTimes(page, 'F20', keys)));
    taken.key.push(...(await keyTimes(page, 'ArrowRight', keys)));
  }
  const beds = await page.locator('.bed').count();
  const say = (name: string, value: number, reference: number, atMost: number): void =>
    printFigure({ name: `beds/${beds}/${name}`, unit: 'ms', value, reference, goal: { atMost } });
  say('first-paint-to-same-picture-as-text', median(taken.paint), median(taken.floor), 12);
  say('longest-task-of-50-tiles', median(taken.tasks), 50, 1);
  say('worst-task-of-50-tiles', Math.max(...taken.tasks), 50, 1);
  say('key-without-an-idle-frame', median(taken.key) - median(taken.idle), 50, 1);
} finally {
  await app.close();
  await new Promise<void>((closed) => void server.httpServer.close(() => closed()));
  await rm(directory, { recursive: true, force: true, maxRetries: 3 });
}
