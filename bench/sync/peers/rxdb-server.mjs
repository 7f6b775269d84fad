// A small server for RxDB's replication over socket.io: rows in memory, commands kept with synchronous=FULL.
import http from 'node:http';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Server } from 'socket.io';
import { openCommandLog } from '../command-log.ts';
import { atPace, serveClient } from '../exchange.ts';
import { allRows, changeOf, steadyFrom } from '../workload.ts';

await serveClient(async () => {
  const database = new Database(join(process.argv[2], 'rxdb-server.db'));
  const insertAll = openCommandLog(database);
  const documents = allRows().map((row) => ({ ...row, _deleted: false }));
  let sequence = documents.length;
  const server = http.createServer();
  const io = new Server(server, { transports: ['websocket'], maxHttpBufferSize: 1e8 });
  io.on('connection', (socket) => {
    socket.on('pull', (checkpoint, count, answer) => {
      const after = Math.min(checkpoint?.sequence ?? 0, documents.length);
      const some = documents.slice(after, after + count);
      answer({ documents: some, checkpoint: { sequence: after + some.length } });
    });
    socket.on('commands', (commands, answer) => {
      insertAll(commands);
      answer();
    });
  });
  const burst = async ({ count, batch }) => {
    for (let k = 0; k < count; k += batch) {
      const changed = Array.from({ length: batch }, (_, at) => {
        const { index, acuity } = changeOf(k + at);
        return { ...documents[index], acuity, place: String(k + at) };
      });
      sequence += batch;
      io.emit('changes', { documents: changed, checkpoint: { sequence } });
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const steady = (pace) =>
    atPace(pace, (k) => {
      const { index, acuity } = changeOf(k + steadyFrom);
      sequence += 1;
      const document = { ...documents[index], acuity, place: String(k + steadyFrom) };
      io.emit('changes', { documents: [document], checkpoint: { sequence } });
      return document.id;
    });
  const port = await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
  return { port, answers: { burst, steady } };
});
