/** A desk in real Electron, driven by Playwright, as the end-to-end tests start it. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import type { WindowKind } from '#contracts/ipc/main-window.ts';
import type { ElectronRuntime } from './electron-runtime/resolve.ts';
import { consoleArguments, consoleEnvironment } from './launch.ts';
import { processTree } from './memory.ts';

export type DeskOptions = {
  readonly electron: ElectronRuntime;
  readonly display: string | undefined;
  readonly backend: string;
  readonly data: string;
  readonly arguments?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

export type Desk = {
  readonly app: ElectronApplication;
  readonly mainPid: number;
  /** What main has said so far, a line each. */
  readonly lines: () => readonly string[];
  /** The living page of a board, once it is connected. */
  readonly page: (board: WindowKind, timeoutMs?: number) => Promise<Page>;
  /** The living process of the station; undefined between two of them. */
  readonly stationPid: () => number | undefined;
  readonly close: () => Promise<void>;
};

/** Asks again until `read` gives something that is neither null nor false; rejects with `what` after `timeoutMs`. */
export const until = async <T>(
  what: string,
  read: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  timeoutMs = 10_000,
): Promise<T> => {
  const end = performance.now() + timeoutMs;
  while (performance.now() < end) {
    const value = await Promise.resolve(read()).catch(() => undefined);
    if (value !== undefined && value !== null && value !== false) return value;
    await delay(50);
  }
  throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
};

/** Whether a process lives; one that ended and is not yet buried does not. */
export const isAlive = (pid: number): boolean => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z';
  } catch {
    return false;
  }
};

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
};
const isStation = (command: string): boolean => command.includes('station.cjs') || command.includes('node.mojom.NodeService');

/** A directory for a desk's data, and its removal. */
export const temporaryDirectory = async (): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> => {
  const path = await mkdtemp(join(tmpdir(), 'vigil-desk-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
};

/** Starts a desk. Its windows open a moment later. */
export const openDesk = async ({ electron, display, backend, data, env, ...options }: DeskOptions): Promise<Desk> => {
  const environment = { ...process.env, ...consoleEnvironment(display), ...env };
  const app = await _electron.launch({
    executablePath: electron.executable,
    args: consoleArguments({ electron, backend, data, arguments: options.arguments ?? [] }),
    env: Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined)),
  });
  const mainPid = app.process().pid ?? -1;
  const lines: string[] = [];
  for (const stream of [app.process().stdout, app.process().stderr]) {
    stream?.on('data', (chunk: Buffer) => lines.push(...chunk.toString().split('\n').filter(Boolean)));
  }
  const boardOf = (page: Page): Promise<string | undefined> => page.evaluate(() => document.documentElement.dataset['board']);
  return {
    app,
    mainPid,
    lines: () => lines,
    page: (board, timeoutMs = 15_000) =>
      until(
        `the ${board} window`,
        async () => {
          for (const page of app.windows()) {
            // A dead page never answers.
            const shown = await Promise.race([boardOf(page).catch(() => undefined), delay(500, undefined)]);
            if (shown === board) return page;
          }
          return undefined;
        },
        timeoutMs,
      ),
    stationPid: () => processTree(mainPid).find((pid) => isStation(commandOf(pid)) && isAlive(pid)),
    close: async () => {
      if (isAlive(mainPid)) await app.close();
    },
  };
};

/** Resolves once a page has painted rows of the backend and a live link; the text it shows at that moment. */
export const liveText = async (page: Page, timeoutMs = 15_000): Promise<string> => {
  const text = await page.waitForFunction(
    () =>
      document.documentElement.dataset['livePaint'] !== undefined &&
      document.querySelector('.frame[data-link="live"]') !== null &&
      document.body.textContent,
    undefined,
    { timeout: timeoutMs },
  );
  return (await text.jsonValue()) || '';
};
