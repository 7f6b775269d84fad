/**
 * F2: main is killed, a window's process dies, the graphics process dies, or a page is too busy to answer. What was saved stays
 * saved, a window is back within 10 s, and the others never notice.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { Board } from '#contracts/ipc/main-window.ts';
import { type Desk, isAlive, liveText, openDesk, until } from '#tools/desk.ts';
import { type ElectronRuntime, resolveElectron } from '#tools/electron-runtime/resolve.ts';
import { processTree } from '#tools/memory.ts';
import { readHospital } from './invariants.ts';
import { type Findings, type HospitalProcess, type Scene, withScene } from './scene.ts';

const shown = ['beds', 'triage'] as const;
const BACK_WITHIN = 10_000;
/** A page that does not answer is noticed first; then it is replaced. */
const REPLACED_WITHIN = 22_000;

/** Why the console cannot be started here; null when it can. */
export const consoleMissing = (): string | null => {
  if (process.platform === 'linux' && !process.env.DISPLAY) return 'this needs a display: start it by npm run faults';
  return existsSync(join(import.meta.dirname, '../../out/main/main.cjs')) ? null : 'this needs the console built: npm run build';
};

const unsentOn = (page: Page): Promise<number> => page.evaluate(() => Number(document.documentElement.dataset['unsent'] ?? 0));
const linkOn = (page: Page): Promise<string | undefined> => page.evaluate(() => document.documentElement.dataset['link']);
const untilUnsent = (page: Page, count: number, within = 10_000): Promise<boolean> =>
  until(`${count} unsent`, async () => ((await unsentOn(page)) === count ? true : undefined), within);

const register = async (page: Page): Promise<void> => {
  await page.bringToFront();
  await page.keyboard.press('n');
  await page.getByLabel('Family name').fill('Canary');
  await page.getByLabel('Complaint').fill('Chest pain');
  await page.keyboard.press('Control+Enter');
};

type Stage = {
  readonly scene: Scene;
  readonly hospital: HospitalProcess;
  readonly desk: Desk;
  readonly open: () => Promise<Desk>;
};

const within = async (scene: Scene, what: string, limit: number, act: () => Promise<unknown>): Promise<void> => {
  const from = performance.now();
  await act();
  const took = Math.round(performance.now() - from);
  scene.expect(took <= limit, `I9: ${what} took ${took} ms`);
};

/** Main is killed while two registrations are unsent; the console is started again without a hospital, then with one. */
const mainKilled = async ({ scene, hospital, desk, open }: Stage): Promise<void> => {
  await hospital.crash();
  const triage = await desk.page('triage');
  await until('offline', async () => ((await linkOn(triage)) === 'offline' ? true : undefined), 20_000);
  for (let count = 1; count <= 2; count += 1) {
    await register(triage);
    await untilUnsent(triage, count);
  }
  const family = processTree(desk.mainPid);
  process.kill(desk.mainPid, 'SIGKILL');
  await until('the end of every process', () => (family.some(isAlive) ? undefined : true), 3_000);
  const again = await open();
  await within(scene, 'to be usable after main was killed', BACK_WITHIN, async () => {
    for (const board of shown) await untilUnsent(await again.page(board, BACK_WITHIN), 2, BACK_WITHIN);
  });
  await scene.hospital({ port: hospital.port });
  const page = await again.page('triage');
  await untilUnsent(page, 0, 40_000);
  await again.close();
};

const otherOf = (board: Board): Board => (board === 'beds' ? 'triage' : 'beds');
const markUntouched = (page: Page): Promise<unknown> => page.evaluate(() => Object.assign(window, { untouched: true }));
const isUntouched = (page: Page): Promise<boolean> => page.evaluate(() => 'untouched' in window);

const windowKilled = async ({ scene, desk }: Stage): Promise<void> => {
  const board = scene.random.pick(shown);
  const [dies, lives] = [await desk.page(board), await desk.page(otherOf(board))];
  await markUntouched(lives);
  const gone = new Promise((resolve) => dies.once('crash', resolve).once('close', resolve));
  await desk.app.evaluate(({ BrowserWindow }, title) => {
    const found = BrowserWindow.getAllWindows().find((window) => window.title.toLowerCase().includes(title));
    found?.webContents.forcefullyCrashRenderer();
  }, board);
  await gone;
  await within(scene, `the ${board} window back`, BACK_WITHIN, async () =>
    liveText(await desk.page(board, BACK_WITHIN), BACK_WITHIN),
  );
  scene.expect(await isUntouched(lives), `the ${otherOf(board)} window was touched`);
  scene.expect((await linkOn(lives)) === 'live', `the ${otherOf(board)} window is not live`);
};

const graphicsKilled = async ({ scene, desk }: Stage): Promise<void> => {
  const pages = await Promise.all(shown.map((board) => desk.page(board)));
  for (const page of pages) await markUntouched(page);
  const pid = await desk.app.evaluate(({ app }) => app.getAppMetrics().find(({ type }) => type === 'GPU')?.pid);
  scene.expect(pid !== undefined, 'there is no graphics process');
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
  await within(scene, 'all windows live after the graphics process died', BACK_WITHIN, async () => {
    for (const board of shown) await liveText(await desk.page(board, BACK_WITHIN), BACK_WITHIN);
  });
  for (const page of pages)
    scene.expect(await isUntouched(page).catch(() => false), 'a window was replaced with the graphics process');
};

const pageBusy = async ({ scene, desk }: Stage): Promise<void> => {
  const board = scene.random.pick(shown);
  const [busy, lives] = [await desk.page(board), await desk.page(otherOf(board))];
  await busy.waitForFunction(() => performance.now() > 8_000, undefined, { timeout: 15_000 });
  await markUntouched(lives);
  void busy
    .evaluate(() => {
      const end = performance.now() + 30_000;
      while (performance.now() < end);
    })
    .catch(() => undefined);
  await within(scene, `the busy ${board} window replaced and live`, REPLACED_WITHIN, async () => {
    await until('the report', () => desk.lines().find((line) => line.includes(`${board} window does not answer`)), 12_000);
    await liveText(await desk.page(board, BACK_WITHIN), BACK_WITHIN);
  });
  scene.expect(await isUntouched(lives), `the ${otherOf(board)} window was touched`);
  scene.expect((await linkOn(lives)) === 'live', `I4: the ${otherOf(board)} window is not live beside a busy one`);
};

const accidents = [mainKilled, windowKilled, graphicsKilled, pageBusy] as const;

/** One of the four accidents, in a circle. */
export const run = (seed: number): Promise<Findings> =>
  withScene(seed, async (scene) => {
    const electron: ElectronRuntime = await resolveElectron();
    const accident = accidents[(seed - 1) % accidents.length] ?? mainKilled;
    const hospital = await scene.hospital();
    const open = async (): Promise<Desk> => {
      const desk = await openDesk({
        electron,
        display: process.env.DISPLAY,
        backend: `http://127.0.0.1:${hospital.port}`,
        data: scene.file('console'),
        arguments: [`--board=${shown.join(',')}`],
      });
      scene.own(desk.close);
      return desk;
    };
    const desk = await open();
    for (const board of shown) await liveText(await desk.page(board));
    await accident({ scene, hospital, desk, open });
    // A person goes on working: what is done now arrives.
    const isRunning = accident !== mainKilled;
    if (isRunning) {
      const triage = await desk.page('triage');
      await register(triage);
      await until('the registration has arrived', async () => (await hospital.state()).records.patient[0]);
      await untilUnsent(triage, 0);
    }
    const { settlements, integrity } = readHospital(hospital.file);
    const expected = isRunning ? 1 : 2;
    scene.expect(settlements.length === expected, `I1 I2: ${expected} registrations were made, ${settlements.length} arrived`);
    scene.expect(integrity === 'ok', `the hospital's file is damaged: ${integrity}`);
  });
