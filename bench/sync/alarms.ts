/**
 * Alarms while the desk has other things to do: 50 new ones a second, from the moment at which each is due at the hospital until
 * a window of the desk is told, when nothing else goes on, while a new desk loads its first copy, and while one drains.
 */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { percentile } from '../figure.ts';
import { type Desk, type DeskWindow, rowsIn, startDesk, until } from './desk.ts';
import { now, openDirectory, report, startPeerServer } from './exchange.ts';
import { commandCount, commandOf } from './workload.ts';

const PER_SECOND = 50;
/** New desks; one loads in a second or two, which alone would be few alarms. */
const DESKS = 3;
const IDLE_FOR = 6_000;

const directory = openDirectory();
const server = await startPeerServer(join(import.meta.dirname, 'vigil-server.ts'), directory.path);

type Watched = {
  readonly desk: Desk;
  readonly window: DeskWindow;
  /** When each alarm was first told to the window, milliseconds of the machine's clock. */
  readonly told: ReadonlyMap<string, number>;
  /** When the window was first told that rows are coming; null before. */
  readonly loadingSince: () => number | null;
};
const watchedDesk = async (name: string): Promise<Watched> => {
  const desk = await startDesk(join(directory.path, name), `http://127.0.0.1:${server.port}`);
  const told = new Map<string, number>();
  let loadingSince: number | null = null;
  const window = desk.open(['frame', 'records'], (values) => {
    const at = now();
    for (const { feed, value } of values)
      if (feed === 'frame' && (value as { readonly copy: { readonly state: string } }).copy.state === 'loading')
        loadingSince ??= at;
    for (const { record } of rowsIn(values)) if (record.kind === 'alarm' && !told.has(record.id)) told.set(record.id, at);
    return undefined;
  });
  return { desk, window, told, loadingSince: () => loadingSince };
};

/** How long it took until each alarm that was due from one moment to the other was told, milliseconds. */
const delaysOf = async ({ told }: Watched, from: number, to: number): Promise<readonly number[]> => {
  const raised = await server.ask<readonly (readonly [string, number])[]>('quiet');
  await until('every alarm is told', () => raised.every(([id]) => told.has(id)));
  return raised.flatMap(([id, due]) => (due < from || due > to ? [] : [(told.get(id) ?? Number.NaN) - due]));
};

const whole = ({ window }: Watched) => window.frame()?.copy.state === 'whole' && window.frame()?.person != null;

/** Loads the first copy of a new desk while alarms come. */
const loading = async (name: string): Promise<{ readonly watched: Watched; readonly delays: readonly number[] }> => {
  await server.ask('raise', PER_SECOND);
  const watched = await watchedDesk(name);
  await until('the copy is whole', () => whole(watched));
  const wholeAt = now();
  return { watched, delays: await delaysOf(watched, watched.loadingSince() ?? wholeAt, wholeAt) };
};

const idle = async (watched: Watched): Promise<readonly number[]> => {
  await delay(1_000);
  await server.ask('raise', PER_SECOND);
  const from = now();
  await delay(IDLE_FOR);
  return delaysOf(watched, from, now());
};

const draining = async (watched: Watched): Promise<readonly number[]> => {
  const { desk, window } = watched;
  desk.cut();
  await until('offline', () => window.frame()?.link.state === 'offline');
  for (let k = 0; k < commandCount; k += 1) {
    const { status } = await window.submit(commandOf(k));
    if (status !== 'saved') throw new Error(`Command ${k} was ${status}.`);
  }
  desk.restore();
  await until('live again', () => window.frame()?.link.state === 'live');
  await server.ask('raise', PER_SECOND);
  const from = now();
  await until('all is settled', () => window.frame()?.unsent.count === 0);
  return delaysOf(watched, from, now());
};

const first: number[] = [];
let last: Watched | undefined;
for (let index = 0; index < DESKS; index += 1) {
  last?.desk.stop();
  const { watched, delays } = await loading(`desk${index}`);
  first.push(...delays);
  last = watched;
}
if (!last) throw new Error('There was no desk.');
const quiet = await idle(last);
const drained = await draining(last);

report({
  idleP50: percentile(quiet, 0.5),
  idleP99: percentile(quiet, 0.99),
  initialAlarms: first.length,
  initialP99: percentile(first, 0.99),
  drainAlarms: drained.length,
  drainP99: percentile(drained, 0.99),
});
last.desk.stop();
server.stop();
directory.remove();
process.disconnect?.();
