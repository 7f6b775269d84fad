/**
 * A fleet that moves once a second, drawn by Vigil's map, by the engine it ships given new data each second (`setData`), and by
 * Leaflet's canvas: what an update costs the page's main thread and its workers, the longest task, and how old the oldest
 * position is that a person looks at. Each way runs in a window of its own, one after the other in each of three rounds; a
 * figure is the median, less what the bare feed costs, and its ratio is of the same run. The main thread's time is that of its
 * tasks, those included in which it waits for the graphics process; that of the workers comes from the kernel's counters, so
 * this runs on Linux. VIGIL_BENCH_UNITS=2000 takes one size, VIGIL_BENCH_ROUNDS says
 * how many rounds, VIGIL_BENCH_ONLY=feed,vigil takes only what it names, and VIGIL_BENCH_PEERS=1 installs Leaflet.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { _electron, type Page } from 'playwright';
import { build, preview } from 'vite';
import { openCity } from '#test/pictures/map/city.ts';
import { until } from '#tools/desk.ts';
import { resolveElectron } from '#tools/electron-runtime/resolve.ts';
import { median, printFigure } from './figure.ts';
import type { Measure } from './map/page.ts';

const sizes = process.env['VIGIL_BENCH_UNITS']?.split(',').map(Number) ?? [500, 2_000, 10_000];
const rounds = Number(process.env['VIGIL_BENCH_ROUNDS'] ?? 3);
const warmMs = 6_000;
const measuredMs = Number(process.env['VIGIL_BENCH_SECONDS'] ?? 12) * 1_000;
const here = join(import.meta.dirname, 'map');

const peers = join(here, 'peers');
if (process.env['VIGIL_BENCH_PEERS'] === '1' && !existsSync(join(peers, 'node_modules')))
  spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: peers, stdio: 'ignore' });
const hasLeaflet = existsSync(join(peers, 'node_modules'));
if (!hasLeaflet) console.error('Leaflet is not installed: VIGIL_BENCH_PEERS=1 installs and measures it.');
const wanted = process.env['VIGIL_BENCH_ONLY']?.split(',');
const ways = ['feed', 'vigil', 'desk', 'setdata', 'setdata-labels', ...(hasLeaflet ? ['leaflet'] : [])].filter(
  (way) => wanted?.includes(way) ?? true,
);

/** Processor time of a page's workers so far, ms. The kernel counts in hundredths of a second. */
const workersOf = (pid: number): number =>
  readdirSync(`/proc/${pid}/task`)
    .map((thread) => readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8'))
    .filter((stat) => stat.includes('(Dedicated'))
    .map((stat) => stat.slice(stat.lastIndexOf(')') + 2).split(' '))
    .reduce((sum, fields) => sum + (Number(fields[11]) + Number(fields[12])) * 10, 0);

type Measured = {
  readonly main: number;
  readonly workers: number;
  readonly longest: number;
  readonly age: number;
  readonly key: number;
};
const outDir = await mkdtemp(join(tmpdir(), 'vigil-bench-map-'));
const city = await openCity();
const logLevel = 'warn';
await build({
  root: here,
  configFile: false,
  logLevel,
  build: {
    outDir,
    emptyOutDir: true,
    target: 'chrome114',
    rollupOptions: { input: [join(here, 'index.html'), join(here, 'feeder.html')] },
  },
  worker: { format: 'es' },
});
const server = await preview({
  root: here,
  configFile: false,
  logLevel,
  build: { outDir },
  preview: { port: 0, host: '127.0.0.1' },
  plugins: [{ name: 'city', configurePreviewServer: ({ middlewares }) => city.serve(middlewares) }],
});
const at = server.resolvedUrls?.local[0]?.replace(/\/$/, '');
const electron = await resolveElectron();

/** A dispatcher who walks the queue and turns its filter, for so long. */
const walkQueue = async (page: Page, forMs: number): Promise<void> => {
  const until = performance.now() + forMs;
  for (let turn = 0; performance.now() < until; turn += 1) {
    await page.keyboard.press(turn % 8 === 7 ? 'q' : 'ArrowDown');
    await delay(290);
  }
};

const measure = async (way: string, units: number): Promise<Measured> => {
  const data = await mkdtemp(join(tmpdir(), 'vigil-bench-map-data-'));
  const app = await _electron.launch({
    executablePath: electron.executable,
    args: [
      ...electron.argumentsFor(join(here, 'app')),
      `--at=${at}`,
      `--with=${way}`,
      `--units=${units}`,
      `--vigil-data=${data}`,
    ],
  });
  try {
    const page = await until('the page that draws', () => app.windows().find((one) => one.url().includes('index.html')), 30_000);
    page.on('pageerror', (error) => console.error(way, error.message));
    await page.waitForSelector('html[data-ready]', { state: 'attached', timeout: 60_000 });
    const pid = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.webContents.getURL().includes('index.html'))
        ?.webContents.getOSProcessId(),
    );
    if (pid === undefined) throw new Error('the page has no process');
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    /** How long the main thread has been in tasks, blocked ones included, and its workers at work; ms. */
    const spent = async (): Promise<{ readonly main: number; readonly workers: number }> => {
      const { metrics } = await session.send('Performance.getMetrics');
      return { main: (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000, workers: workersOf(pid) };
    };
    await delay(warmMs);
    await page.evaluate(() =>
      Object.assign((globalThis as unknown as { measure: Measure }).measure, { tasks: [], ages: [], updates: 0, keys: [] }),
    );
    const before = await spent();
    if (way === 'desk') await walkQueue(page, measuredMs);
    else await delay(measuredMs);
    const after = await spent();
    const { tasks, ages, updates, keys } = await page.evaluate(() => (globalThis as unknown as { measure: Measure }).measure);
    if (process.env['VIGIL_BENCH_PICTURES'])
      await page.screenshot({ path: join(process.env['VIGIL_BENCH_PICTURES'], `${way}-${units}.png`) });
    const updated = Math.max(1, updates);
    return {
      main: (after.main - before.main) / updated,
      workers: (after.workers - before.workers) / updated,
      longest: Math.max(0, ...tasks),
      age: ages.length > 0 ? Math.max(...ages) : measuredMs,
      key: Math.max(0, ...keys),
    };
  } finally {
    await app.close();
    await rm(data, { recursive: true, force: true, maxRetries: 3 });
  }
};

const taken = new Map<string, Measured[]>();
for (const units of sizes)
  for (let round = 0; round < rounds; round += 1)
    for (const way of ways) {
      const measured = await measure(way, units);
      taken.set(`${way} ${units}`, [...(taken.get(`${way} ${units}`) ?? []), measured]);
      console.error(JSON.stringify({ round, way, units, ...measured }));
    }
await new Promise<void>((closed) => void server.httpServer.close(() => closed()));
await city.close();
await rm(outDir, { recursive: true, force: true });

for (const units of sizes) {
  const of = (way: string, name: keyof Measured): number | undefined => {
    const all = taken.get(`${way} ${units}`);
    return all && median(all.map((one) => one[name]));
  };
  const cost = (way: string, name: 'main' | 'workers'): number | undefined => {
    const [all, feed] = [of(way, name), of('feed', name) ?? 0];
    // The kernel's counter is coarse: less than a tenth of a millisecond an update is nothing it can tell.
    return all === undefined ? undefined : Math.max(0.1, all - feed);
  };
  const say = (name: string, value: number | undefined, reference: number | undefined, atMost: number): void => {
    if (value !== undefined && reference !== undefined)
      printFigure({ name: `map/${units}/${name}`, unit: 'ms', value, reference, goal: { atMost } });
  };
  say('main-per-update-to-setdata', cost('vigil', 'main'), cost('setdata', 'main'), 0.35);
  say('main-per-update-to-setdata-labels', cost('vigil', 'main'), cost('setdata-labels', 'main'), 0.35);
  say('main-per-update-to-leaflet', cost('vigil', 'main'), cost('leaflet', 'main'), 1);
  say('worker-per-update-to-setdata', cost('vigil', 'workers'), cost('setdata', 'workers'), 0.35);
  say('longest-task', of('vigil', 'longest'), 50, 1);
  say('position-age', of('vigil', 'age'), 2_000, 1);
  say('desk-longest-task', of('desk', 'longest'), 50, 1);
  say('desk-position-age', of('desk', 'age'), 2_000, 1);
  say('desk-longest-key', of('desk', 'key'), 50, 1);
  for (const way of ways)
    console.log(
      JSON.stringify({
        name: `map/${units}/medians/${way}`,
        main: of(way, 'main'),
        workers: of(way, 'workers'),
        longest: of(way, 'longest'),
        age: of(way, 'age'),
        key: of(way, 'key'),
      }),
    );
}
