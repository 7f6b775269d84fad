/** The client of the floor: one SQLite file with synchronous=FULL, whatever comes together in one commit, nothing else. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { io } from 'socket.io-client';
import { percentile } from '../figure.ts';
import { now, openDirectory, report, startPeerServer } from './exchange.ts';
import {
  batchSize,
  changeCount,
  commandCount,
  commandOf,
  pageCache,
  rowCount,
  rowId,
  steadyCount,
  steadyPerSecond,
  warmingCount,
} from './workload.ts';

type Page = { readonly rows: readonly { readonly id: string }[]; readonly next: number; readonly end: boolean };
type Change = { readonly seq: number; readonly t: number; readonly i: number; readonly acuity: number; readonly rev: number };

const PAGE_ROWS = 1_000;
const COMMANDS_PER_MESSAGE = 200;

const directory = openDirectory();
const server = await startPeerServer(join(import.meta.dirname, 'floor-server.ts'), directory.path);
const database = new Database(join(directory.path, 'floor.db'));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.pragma(pageCache);
database.exec(`CREATE TABLE row (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE outbox (sequence INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT`);
const put = database.prepare('INSERT INTO row VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body');
const get = database.prepare<[string], { readonly body: string }>('SELECT body FROM row WHERE id = ?');
const setCursor = database.prepare(
  "INSERT INTO meta VALUES ('cursor', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
);
const bodyOf = (id: string): Record<string, unknown> => JSON.parse(get.get(id)?.body ?? '{}');

const takePage = database.transaction(({ rows, next }: Page) => {
  for (const row of rows) put.run(row.id, JSON.stringify(row));
  setCursor.run(next);
});
const takeChanges = database.transaction((changes: readonly Change[]) => {
  for (const { i, acuity, rev } of changes) put.run(rowId(i), JSON.stringify({ ...bodyOf(rowId(i)), acuity, rev }));
  setCursor.run(changes.at(-1)?.seq ?? 0);
});
const insert = database.prepare('INSERT INTO outbox (body) VALUES (?)');
const saveCommand = database.transaction((k: number) => {
  const { commandId, name, input } = commandOf(k);
  insert.run(JSON.stringify({ id: commandId, name, input, at: Date.now() }));
  put.run(rowId(k % rowCount), JSON.stringify({ ...bodyOf(rowId(k % rowCount)), place: String(k) }));
});

const socket = io(`http://127.0.0.1:${server.port}`, { transports: ['websocket'], autoConnect: false });
const connected = async (): Promise<void> => {
  socket.connect();
  await new Promise<void>((resolve) => void socket.once('connect', resolve));
};

const initial = async () => {
  const [bytes, from] = [await server.bytes(), now()];
  await connected();
  const ask = (after: number): Promise<Page> => socket.emitWithAck('page', after, PAGE_ROWS);
  let next = ask(0);
  for (;;) {
    const page = await next;
    if (!page.end) next = ask(page.next);
    takePage(page);
    if (page.end) break;
  }
  const took = now() - from;
  return { initialPerSecond: (rowCount / took) * 1_000, bytesPerRow: ((await server.bytes()) - bytes) / rowCount };
};

/** Takes changes until `count` have come; what came in one turn is one commit. */
const take = (count: number, committed: (changes: readonly Change[]) => void): Promise<void> =>
  new Promise((resolve) => {
    let [waiting, taken]: [Change[], number] = [[], 0];
    socket.on('changes', (changes: readonly Change[]) => {
      waiting.push(...changes);
      if (waiting.length > changes.length) return;
      setImmediate(() => {
        const together = waiting;
        waiting = [];
        takeChanges(together);
        committed(together);
        taken += together.length;
        if (taken < count) return;
        socket.off('changes');
        resolve();
      });
    });
  });

/** Changes a second. */
const stream = async (count: number, keep: boolean): Promise<number> => {
  const from = now();
  const all = take(count, () => undefined);
  socket.emit('burst', count, batchSize, keep);
  await all;
  return (count / (now() - from)) * 1_000;
};

const steady = async (keep: boolean) => {
  const delays: number[] = [];
  const bytes = await server.bytes();
  const all = take(steadyCount, (changes) => delays.push(...changes.map(({ t }) => now() - t)));
  socket.emit('steady', steadyCount, steadyPerSecond, keep);
  await all;
  return {
    p50: percentile(delays, 0.5),
    p99: percentile(delays, 0.99),
    bytesPerChange: ((await server.bytes()) - bytes) / steadyCount,
  };
};

const offline = () => {
  const from = now();
  for (let k = 0; k < commandCount; k += 1) saveCommand(k);
  return { commandsPerSecond: (commandCount / (now() - from)) * 1_000 };
};

const drain = async () => {
  const some = database.prepare<[number], { readonly sequence: number; readonly body: string }>(
    'SELECT sequence, body FROM outbox ORDER BY sequence LIMIT ?',
  );
  const remove = database.prepare('DELETE FROM outbox WHERE sequence <= ?');
  const from = now();
  await connected();
  for (;;) {
    const commands = some.all(COMMANDS_PER_MESSAGE);
    const last = commands.at(-1);
    if (!last) break;
    await socket.emitWithAck(
      'commands',
      commands.map(({ body }) => JSON.parse(body)),
    );
    remove.run(last.sequence);
  }
  return { drainPerSecond: (commandCount / (now() - from)) * 1_000 };
};

const loaded = await initial();
await stream(warmingCount, true);
const streams = {
  ...loaded,
  streamPerSecond: await stream(changeCount, false),
  streamKeptPerSecond: await stream(changeCount, true),
};
const [told, kept] = [await steady(false), await steady(true)];
const online = {
  ...streams,
  steadyP50: told.p50,
  steadyP99: told.p99,
  steadyKeptP99: kept.p99,
  bytesPerChange: told.bytesPerChange,
};
socket.disconnect();
report({ ...online, ...offline(), ...(await drain()) });
socket.close();
database.close();
server.stop();
directory.remove();
process.disconnect?.();
