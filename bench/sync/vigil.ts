/** Vigil itself on the workload of the sync benchmark: everything a desk does is on, and every figure ends at its disk. */
import { join } from 'node:path';
import { rowsIn, startDesk, until } from './desk.ts';
import { now, openDirectory, report, startPeerServer } from './exchange.ts';
import { steadyFigures } from './steady.ts';
import { batchSize, changeCount, commandCount, commandOf, rowCount, warmingCount } from './workload.ts';

const directory = openDirectory();
const server = await startPeerServer(join(import.meta.dirname, 'vigil-server.ts'), directory.path);
const rev = await server.ask<number>('rev');
const bytesAtStart = await server.bytes();

const desk = await startDesk(join(directory.path, 'desk'), `http://127.0.0.1:${server.port}`);
await until('the copy is whole', () => desk.wholeUpTo() === rev);
// From the first attempt to connect: making a file is not sync.
const initialTook = now() - desk.connectedAt();
const bytesPerRow = ((await server.bytes()) - bytesAtStart) / rowCount;

/** Changes a second. */
const stream = async (count: number, first: number): Promise<number> => {
  const from = now();
  const last = await server.ask<number>('burst', { count, batch: batchSize, from: first });
  await until('the stream is kept', () => desk.wholeUpTo() === last);
  return (count / (now() - from)) * 1_000;
};

/** When each row was last told to the window, milliseconds of the machine's clock. */
const told = new Map<string, number>();
const openWindow = async () => {
  const window = desk.open(['frame', 'records'], (values) => {
    const at = now();
    for (const { record } of rowsIn(values)) told.set(record.id, at);
    return undefined;
  });
  await until('the window has its rows and somebody is signed in', () => told.size > rowCount && window.frame()?.person != null);
  return window;
};

await stream(warmingCount, changeCount);
const streamPerSecond = await stream(changeCount, 0);
const online = { initialPerSecond: (rowCount / initialTook) * 1_000, bytesPerRow, streamPerSecond };
const window = await openWindow();
const lively = { ...online, ...(await steadyFigures(server, told)) };

const offline = async () => {
  desk.cut();
  await until('offline', () => window.frame()?.link.state === 'offline');
  const from = now();
  for (let k = 0; k < commandCount; k += 1) {
    const { status } = await window.submit(commandOf(k));
    if (status !== 'saved') throw new Error(`Command ${k} was ${status}.`);
  }
  return { commandsPerSecond: (commandCount / (now() - from)) * 1_000 };
};

const drain = async () => {
  desk.restore();
  await until('all is settled', () => window.frame()?.unsent.count === 0);
  const took = now() - desk.connectedAt();
  return { drainPerSecond: (commandCount / took) * 1_000 };
};

report({ ...lively, ...(await offline()), ...(await drain()) });
desk.stop();
server.stop();
directory.remove();
process.disconnect?.();
