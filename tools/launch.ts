// How the two halves of the product are started: by `npm start`, by its check, and by the whole-system tests.
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { ElectronRuntime } from './electron-runtime/resolve.ts';
import type { SimulatorOptions } from './options.ts';
import { dataDirectory, projectDirectory } from './places.ts';
import type { OwnedProcess, ProcessLog, ProcessOwner } from './processes.ts';

const usualPort = 7410;
const backendReadyMs = 60_000;

export type BackendOptions = {
  readonly simulator?: SimulatorOptions;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Directory of the hospital's database; absent: the backend's own default. */
  readonly data?: string;
  /** Answers what stands at it to whoever asks (tests only). */
  readonly exposeState?: boolean;
  /** `--recover` and what belongs to it. */
  readonly afterRestore?: readonly string[];
  /** `--track` and what else says where units are. */
  readonly positions?: readonly string[];
  readonly log?: ProcessLog;
};

export type RunningBackend = { readonly url: string; readonly port: number; readonly process: OwnedProcess };

export type ConsoleOptions = {
  readonly electron: ElectronRuntime;
  readonly display: string | undefined;
  /** Address of the backend; it need not run. */
  readonly backend: string;
  /** Directory of database, key and logs. */
  readonly data?: string;
  readonly arguments?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly log?: ProcessLog;
};

/** The usual port, so that a backend brought back by hand is found again; 0 (any) when someone else has it. */
export const preferredPort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(0));
    probe.listen(usualPort, '127.0.0.1', () => probe.close(() => resolve(usualPort)));
  });

const readListening = (line: string): number | undefined => {
  if (!line.startsWith('{')) return undefined;
  try {
    const { listening } = JSON.parse(line) as { readonly listening?: unknown };
    return typeof listening === 'number' ? listening : undefined;
  } catch {
    return undefined;
  }
};

/** Starts backend and simulator; resolves when it listens, rejects with its last words when it does not within a minute. */
export const startBackend = async (processes: ProcessOwner, options: BackendOptions = {}): Promise<RunningBackend> => {
  const given = { ...(options.data === undefined ? {} : { data: options.data }), ...options.simulator };
  const named = Object.entries(given).flatMap(([name, value]) => (value === true ? [`--${name}`] : [`--${name}`, String(value)]));
  const more = [
    ...(options.exposeState ? ['--expose-state'] : []),
    ...(options.afterRestore ?? []),
    ...(options.positions ?? []),
  ];
  const child = processes.start(
    'backend',
    process.execPath,
    [join(projectDirectory, 'backend/main.ts'), '--port', String(options.port ?? 0), ...named, ...more],
    { cwd: projectDirectory, ...(options.log === undefined ? {} : { log: options.log }) },
  );
  const port = await child.waitForLine(readListening, backendReadyMs);
  return { url: `http://127.0.0.1:${port}`, port, process: child };
};

/** The command line of the console after the executable: for `startConsole` and for Playwright's `_electron.launch`. */
export const consoleArguments = (options: Pick<ConsoleOptions, 'electron' | 'backend' | 'data' | 'arguments'>): string[] => [
  ...options.electron.argumentsFor(projectDirectory),
  `--backend=${options.backend}`,
  `--vigil-data=${options.data ?? dataDirectory()}`,
  ...(options.arguments ?? []),
];

/** The environment of the console: its display, and Node 24 for whatever it must start outside Electron. */
export const consoleEnvironment = (display: string | undefined): Record<string, string | undefined> => ({
  DISPLAY: display,
  VIGIL_NODE: process.execPath,
  ELECTRON_RUN_AS_NODE: undefined,
});

/** Starts the console in Electron; the process is there at once, its windows a moment later. */
export const startConsole = (processes: ProcessOwner, options: ConsoleOptions): OwnedProcess =>
  processes.start('console', options.electron.executable, consoleArguments(options), {
    cwd: projectDirectory,
    env: { ...consoleEnvironment(options.display), ...options.env },
    ...(options.log === undefined ? {} : { log: options.log }),
  });
