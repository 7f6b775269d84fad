/**
 * 300 units and 100 monitors that report once a second, and a window that takes half a second to paint what it is told: how old
 * the values are that it shows, whether the desk's memory grows, and what becomes of the rows that another window is told.
 */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { percentile } from '../figure.ts';
import { rowsIn, startDesk, until, type Values } from './desk.ts';
import { now, openDirectory, report, startPeerServer } from './exchange.ts';
import { monitorCount, rowCount, steadyCount, unitCount } from './workload.ts';

const PAINTING = 500;
const PER_SECOND = 100;
const WARMING = 5_000;
/** The window is looked at this often, milliseconds. */
const LOOK_EVERY = 50;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
/** Megabytes that are in use after everything that can go has gone. */
const megabytes = (): number => {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

const directory = openDirectory();
const server = await startPeerServer(join(import.meta.dirname, 'vigil-server.ts'), directory.path);
const desk = await startDesk(join(directory.path, 'desk'), `http://127.0.0.1:${server.port}`);

const told = new Map<string, number>();
const quick = desk.open(['frame', 'records'], (values) => {
  const at = now();
  for (const { record } of rowsIn(values)) told.set(record.id, at);
  return undefined;
});

type Observed = { readonly observedAt: number };
const sourcesIn = (values: Values): readonly (readonly [string, number])[] =>
  values.flatMap(({ feed, value }) => {
    if (feed === 'positions')
      return (value as { fixes: (Observed & { unitId: string })[] }).fixes.map((fix) => [fix.unitId, fix.observedAt] as const);
    if (feed === 'readings')
      return (value as { readings: (Observed & { deviceId: string })[] }).readings.map(
        (reading) => [reading.deviceId, reading.observedAt] as const,
      );
    return [];
  });
/** When what is on the slow window's screen was observed, by source. */
const shown = new Map<string, number>();
const [agesWhenPainted, agesOnScreen]: [number[], number[]] = [[], []];
desk.open(['positions', 'readings'], (values) => {
  setTimeout(() => {
    const at = Date.now();
    for (const [source, observedAt] of sourcesIn(values)) {
      shown.set(source, observedAt);
      agesWhenPainted.push(at - observedAt);
    }
  }, PAINTING);
  return PAINTING;
});

await until('the window has its rows', () => told.size > rowCount && quick.frame()?.person != null);

/** The 99th percentile from a change at the hospital until the quick window is told, milliseconds. */
const rowsP99 = async (): Promise<number> => {
  told.clear();
  const began = await server.ask<readonly (readonly [string, number])[]>('steady', { count: steadyCount, perSecond: PER_SECOND });
  await until('every change is shown', () => began.every(([id]) => told.has(id)));
  return percentile(
    began.map(([id, at]) => (told.get(id) ?? Number.NaN) - at),
    0.99,
  );
};

// The first round warms the code, not the figure.
await rowsP99();
const idleP99 = await rowsP99();
await server.ask('reportAll');
await until('every source is shown', () => shown.size === unitCount + monitorCount);
await delay(WARMING);
const before = megabytes();
agesWhenPainted.length = 0;
const looking = setInterval(() => {
  const at = Date.now();
  for (const observedAt of shown.values()) agesOnScreen.push(at - observedAt);
}, LOOK_EVERY);
const busyP99 = await rowsP99();
await rowsP99();
clearInterval(looking);
const [whenPaintedP99, onScreenP99] = [percentile(agesWhenPainted, 0.99), percentile(agesOnScreen, 0.99)];
// What this measuring itself has kept is not the desk's.
agesWhenPainted.length = 0;
agesOnScreen.length = 0;
const after = megabytes();

report({
  whenPaintedP99,
  onScreenP99,
  megabytesBefore: before,
  megabytesAfter: after,
  rowsIdleP99: idleP99,
  rowsBusyP99: busyP99,
});
desk.stop();
server.stop();
directory.remove();
process.exit(0);
