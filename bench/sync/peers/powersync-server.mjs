// A stand-in for the PowerSync service: it speaks the public line protocol of its sync stream (one JSON object a line), so that
// the real Node client can be measured. It keeps its log in memory, which flatters it; uploads are kept with synchronous=FULL.
import http from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { openCommandLog } from '../command-log.ts';
import { atPace, serveClient } from '../exchange.ts';
import { allRows, changeOf, steadyFrom } from '../workload.ts';

const BUCKET = 'all[]';
const PAGE = 1_000;
const MOST_UNSENT = 4e6;

await serveClient(async () => {
  const database = new Database(join(process.argv[2], 'powersync-server.db'));
  const insertAll = openCommandLog(database);

  const rows = allRows();
  const log = [];
  const streams = new Set();
  let checksum = 0;
  let writeCheckpoint = 0;
  const append = ({ id, ...rest }) => {
    const op = log.length + 1;
    const own = (op * 2_654_435_761) >>> 0;
    checksum = (checksum + own) >>> 0;
    const entry = {
      op_id: String(op),
      op: 'PUT',
      object_type: 'visit',
      object_id: id,
      data: JSON.stringify(rest),
      checksum: own,
      subkey: id,
    };
    log.push(entry);
    return entry;
  };
  for (const row of rows) append({ ...row, flags: '' });
  const bucket = () => ({ bucket: BUCKET, checksum, count: log.length, priority: 3, subscriptions: [{ default: 0 }] });
  const write = (response, line) => response.write(`${JSON.stringify(line)}\n`);
  const drained = async (response) => {
    while (response.writableLength > MOST_UNSENT) await delay(1);
  };
  const upTo = () => ({ last_op_id: String(log.length), write_checkpoint: writeCheckpoint ? String(writeCheckpoint) : null });
  const complete = (response) => write(response, { checkpoint_complete: { last_op_id: String(log.length) } });

  const push = async (entries, after) => {
    for (const response of streams) {
      write(response, { checkpoint_diff: { ...upTo(), updated_buckets: [bucket()], removed_buckets: [] } });
      const data = { bucket: BUCKET, after: String(after), next_after: String(log.length), has_more: false, data: entries };
      if (entries.length > 0) write(response, { data });
      complete(response);
      await drained(response);
    }
  };
  const stream = async (response, asked) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    const streamsOf = [{ name: 'all', is_default: true, errors: [] }];
    write(response, { checkpoint: { ...upTo(), buckets: [bucket()], streams: streamsOf } });
    const end = log.length;
    for (let from = Number(asked.buckets?.find(({ name }) => name === BUCKET)?.after ?? 0); from < end; from += PAGE) {
      const to = Math.min(end, from + PAGE);
      const data = { bucket: BUCKET, after: String(from), next_after: String(to), has_more: to < end, data: log.slice(from, to) };
      write(response, { data });
      await drained(response);
    }
    complete(response);
    streams.add(response);
    const alive = setInterval(() => write(response, { token_expires_in: 3_600 }), 5_000);
    response.on('close', () => {
      clearInterval(alive);
      streams.delete(response);
    });
  };
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const json = (value) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
    if (request.url.startsWith('/sync/stream')) await stream(response, JSON.parse(body));
    else if (request.url.startsWith('/write-checkpoint2')) {
      writeCheckpoint += 1;
      json({ data: { write_checkpoint: String(writeCheckpoint) } });
      await push([], log.length);
    } else if (request.url.startsWith('/upload')) {
      insertAll(JSON.parse(body));
      json({});
    } else response.writeHead(404).end();
  });
  const burst = async ({ count, batch }) => {
    for (let k = 0; k < count; k += batch) {
      const after = log.length;
      const entries = Array.from({ length: batch }, (_, at) => {
        const { index, acuity } = changeOf(k + at);
        return append({ ...rows[index], flags: '', acuity, place: String(k + at) });
      });
      await push(entries, after);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const steady = (pace) =>
    atPace(pace, async (k) => {
      const { index, acuity } = changeOf(k + steadyFrom);
      const after = log.length;
      await push([append({ ...rows[index], flags: '', acuity, place: String(k + steadyFrom) })], after);
      return rows[index].id;
    });
  const kept = () => database.prepare('SELECT count(*) AS count FROM command').get().count;
  const port = await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
  return { port, answers: { burst, steady, kept } };
});
