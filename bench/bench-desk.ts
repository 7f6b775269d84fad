// What every benchmark of the console starts with: a directory of its own, a hospital, a runtime, and their end.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Board, boards } from '#contracts/ipc/main-window.ts';
import { type Desk, openDesk, until } from '#tools/desk.ts';
import { type ElectronRuntime, resolveElectron } from '#tools/electron-runtime/resolve.ts';
import { type RunningBackend, startBackend } from '#tools/launch.ts';
import type { SimulatorOptions } from '#tools/options.ts';
import { createProcessOwner } from '#tools/processes.ts';

export type Bench = {
  readonly electron: ElectronRuntime;
  readonly directory: string;
  readonly backend: RunningBackend;
  readonly openDesk: () => Promise<Desk>;
};

/** Runs `measure` with a running hospital and cleans up whatever it started. */
export const withBench = async (simulator: SimulatorOptions, measure: (bench: Bench) => Promise<void>): Promise<void> => {
  const processes = createProcessOwner();
  const directory = await mkdtemp(join(tmpdir(), 'vigil-bench-'));
  try {
    const electron = await resolveElectron();
    const backend = await startBackend(processes, { simulator, data: join(directory, 'hospital.sqlite'), log: 'silent' });
    await measure({
      electron,
      directory,
      backend,
      openDesk: () =>
        openDesk({ electron, display: process.env['DISPLAY'], backend: backend.url, data: join(directory, 'desk') }),
    });
  } finally {
    await processes.stopAll();
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  }
};

/** A mark of a board's root element, once it is there. */
export const markOf = async (desk: Desk, board: Board, mark: string): Promise<string> => {
  const page = await desk.page(board, 60_000);
  return until(
    `${mark} on the ${board} board`,
    () => page.evaluate((name) => document.documentElement.dataset[name], mark),
    60_000,
  );
};

/** Waits until all four boards have painted live data. */
export const allLive = async (desk: Desk): Promise<void> => {
  for (const board of boards) await markOf(desk, board, 'livePaint');
};
