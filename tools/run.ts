// The entry of every tool under Node 24: `node tools/run.ts NAME …`. It owns the processes a tool starts and ends them all
// however the tool ends: by returning, by failing, by a signal, or because the process that started it is gone.
import { constants } from 'node:os';
import { createProcessOwner, type ProcessOwner } from './processes.ts';

type Tool = { readonly run: (args: readonly string[], processes: ProcessOwner) => Promise<number> };

const tools: Readonly<Record<string, () => Promise<Tool>>> = {
  setup: () => import('./setup/setup.ts'),
  start: () => import('./start.ts'),
  backend: () => import('./backend.ts'),
  console: () => import('./console.ts'),
  test: () => import('./test.ts'),
  check: () => import('./check.ts'),
  bench: () => import('./bench.ts'),
  fuzz: () => import('./fuzz.ts'),
  build: () => import('./build.ts'),
  faults: () => import('./faults.ts'),
  soak: () => import('./soak.ts'),
  audit: () => import('./audit.ts'),
  outbox: () => import('./outbox.ts'),
  licences: () => import('./licences.ts'),
};

const [name = '', ...args] = process.argv.slice(2);
const load = tools[name];
if (!load) {
  console.error(`no such tool: "${name}" (there are ${Object.keys(tools).join(', ')})`);
  process.exit(2);
}

const processes = createProcessOwner();
// The first reason to end is the one that is told: what follows from it would only blur it.
let ending = false;
const end = async (code: number): Promise<void> => {
  if (ending) return;
  ending = true;
  await processes.stopAll();
  process.exit(code);
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void end(128 + constants.signals[signal]));
}
process.on('disconnect', () => void end(129));
process.channel?.unref();

try {
  const tool = await load();
  await end(await tool.run(args, processes));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (process.env['VIGIL_TRACE'] && error instanceof Error) console.error(error.stack);
  await end(1);
}
