/**
 * The server of the floor: the smallest thing that can honestly be called sync. Commands are kept once, by id, in SQLite with
 * synchronous=FULL. Changes are kept only when asked for; in memory alone they flatter it.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { Server } from 'socket.io';
import { type Command, openCommandLog } from './command-log.ts';
import { now, serveClient } from './exchange.ts';
import { allRows, changeOf, pageCache } from './workload.ts';

const MOST_UNSENT = 4e6;

await serveClient(async () => {
  const database = new Database(join(process.argv[2] ?? '.', 'floor-server.db'));
  database.pragma(pageCache);
  const insertAll = openCommandLog(database);
  database.exec('CREATE TABLE change (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const insertChange = database.prepare('INSERT INTO change VALUES (?, ?)');
  const keepAll = database.transaction((changes: readonly { readonly seq: number }[]) => {
    for (const one of changes) insertChange.run(one.seq, JSON.stringify(one));
  });
  const rows = allRows();
  let sequence = 0;
  const change = (k: number) => {
    sequence += 1;
    const { index, acuity } = changeOf(k);
    return { seq: sequence, t: now(), i: index, acuity, rev: k + 1 };
  };
  const http = createServer();
  const io = new Server(http, { transports: ['websocket'], maxHttpBufferSize: 1e8 });
  io.on('connection', (socket) => {
    const lane = socket.conn.transport as unknown as { readonly socket: { readonly bufferedAmount: number } };
    socket.on('page', (after: number, count: number, answer: (page: unknown) => void) =>
      answer({ rows: rows.slice(after, after + count), next: after + count, end: after + count >= rows.length }),
    );
    socket.on('commands', (commands: readonly Command[], answer: (taken: number) => void) => {
      insertAll(commands);
      answer(commands.length);
    });
    socket.on('burst', async (count: number, batch: number, keep: boolean) => {
      for (let k = 0; k < count; k += batch) {
        const changes = Array.from({ length: batch }, (_, at) => change(k + at));
        if (keep) keepAll(changes);
        socket.emit('changes', changes);
        await new Promise((resolve) => setImmediate(resolve));
        while (lane.socket.bufferedAmount > MOST_UNSENT) await delay(1);
      }
    });
    socket.on('steady', async (count: number, perSecond: number, keep: boolean) => {
      const from = now();
      for (let k = 0; k < count; k += 1) {
        while (now() - from < (k * 1_000) / perSecond) await delay(1);
        const changes = [change(k)];
        if (keep) keepAll(changes);
        socket.emit('changes', changes);
      }
    });
  });
  const port = await new Promise<number>((resolve) =>
    http.listen(0, '127.0.0.1', () => resolve((http.address() as AddressInfo).port)),
  );
  return { port, answers: {} };
});
