// `npm start`: backend, simulator and console on one machine; with `--check DIR` the same, headless, judged and pictured.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { withDisplay } from './display.ts';
import { resolveElectron } from './electron-runtime/resolve.ts';
import { preferredPort, startBackend, startConsole } from './launch.ts';
import { readStartOptions, type StartOptions } from './options.ts';
import { dataDirectory } from './places.ts';
import { exitCodeOf, type ProcessLog, type ProcessOwner } from './processes.ts';

/** What `tools/check-run/run.ts` exports as `runCheck`; resolves to the exit code. */
export type RunCheck = (options: StartOptions & { readonly check: string }, processes: ProcessOwner) => Promise<number>;

/** Where the output of one process goes: its own file under the data directory, or the console. */
export const logFor = (name: string, { verbose, data }: Pick<StartOptions, 'verbose' | 'data'>): ProcessLog =>
  verbose ? 'console' : { file: join(data ?? dataDirectory(), 'logs', `${name}.log`) };

const runCheck = async (options: StartOptions & { readonly check: string }, processes: ProcessOwner): Promise<number> => {
  const check: { readonly runCheck: RunCheck } = await import(new URL('./check-run/run.ts', import.meta.url).href);
  return check.runCheck(options, processes);
};

/** Runs until the console is closed; resolves to the exit code. */
export const run = async (args: readonly string[], processes: ProcessOwner): Promise<number> => {
  const options = readStartOptions(args);
  const { check } = options;
  if (check !== undefined) return runCheck({ ...options, check }, processes);

  const electron = await resolveElectron();
  const display = await withDisplay(processes);
  const port = options.port ?? (await preferredPort());
  const { data = dataDirectory() } = options;
  // On disk, so that a hospital whose plug was pulled comes back as the same hospital.
  const hospital = join(data, 'hospital');
  mkdirSync(hospital, { recursive: true });
  const backend = await startBackend(processes, {
    simulator: options.simulator,
    port,
    data: hospital,
    log: logFor('backend', options),
    ...(options.positions ? { positions: options.positions } : {}),
  });
  console.log(`Vigil: hospital and city simulated at ${backend.url} (process ${backend.process.pid})`);
  const desk = startConsole(processes, {
    electron,
    display: display.display,
    backend: backend.url,
    data,
    log: logFor('console', options),
  });
  console.log(`Vigil: console running (process ${desk.pid}), its data and logs in ${data}`);
  if (display.isVirtual) {
    console.log(`Vigil: there is no display here, so the windows are on a virtual one (${display.display}).`);
    console.log('       To see them: npm start -- --check pictures');
  }
  console.log(
    `       To pull the plug: kill ${backend.process.pid}. To put it back: npm run backend -- --port ${backend.port} --data ${hospital}`,
  );
  console.log('       Ctrl-C ends everything.');
  void backend.process.exited.then(() => console.log('Vigil: the backend has ended; the console goes on with what it has'));

  const exit = await desk.exited;
  const code = exitCodeOf(exit);
  if (code !== 0)
    console.error(['Vigil: the console has failed; its last words:', ...desk.recentLines().slice(-20)].join('\n  '));
  return code;
};
