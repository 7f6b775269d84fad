// The floor of the console's figures: the same Electron with N windows that show nothing.
import { join } from 'node:path';
import { _electron } from 'playwright';
import { until } from '#tools/desk.ts';
import type { ElectronRuntime } from '#tools/electron-runtime/resolve.ts';
import { projectDirectory } from '#tools/places.ts';

export type EmptyDesk = {
  readonly pid: number;
  /** milliseconds from the start of the process to the first frame of the first window */
  readonly firstPaintMs: number;
  readonly close: () => Promise<void>;
};

/** Starts it and waits until every window has painted. */
export const openEmptyDesk = async (electron: ElectronRuntime, windows: number, data: string): Promise<EmptyDesk> => {
  const startedAt = Date.now();
  const app = await _electron.launch({
    executablePath: electron.executable,
    args: [...electron.argumentsFor(join(projectDirectory, 'bench/empty')), `--windows=${windows}`, `--vigil-data=${data}`],
  });
  const paints = await until(
    'the empty windows',
    async () => {
      const pages = app.windows();
      if (pages.length < windows) return undefined;
      const marks = await Promise.all(pages.map((page) => page.evaluate(() => document.documentElement.dataset['firstPaint'])));
      return marks.every((mark) => mark !== undefined) ? marks.map(Number) : undefined;
    },
    30_000,
  );
  return { pid: app.process().pid ?? -1, firstPaintMs: Math.min(...paints) - startedAt, close: () => app.close() };
};
