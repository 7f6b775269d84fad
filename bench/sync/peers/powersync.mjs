// PowerSync's Node client against a stand-in for its service. It does not sync its file at each write.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { column, PowerSyncDatabase, Schema, Table } from '@powersync/node';
import { now, openDirectory, report, startPeerServer } from '../exchange.ts';
import { steadyFigures } from '../steady.ts';
import {
  batchSize,
  changeCount,
  changeOf,
  commandCount,
  commandOf,
  rowCount,
  rowId,
  rowOf,
  steadyCount,
  steadyFrom,
} from '../workload.ts';

const UPLOAD = 1_000;
const directory = openDirectory();
const server = await startPeerServer(join(import.meta.dirname, 'powersync-server.mjs'), directory.path);
const base = `http://127.0.0.1:${server.port}`;
const { id: _, ...fields } = rowOf(0);
const columns = Object.entries(fields).map(([name, value]) => [name, typeof value === 'number' ? column.integer : column.text]);
const schema = new Schema({
  visit: new Table(Object.fromEntries(columns)),
  command: new Table({ name: column.text, input: column.text, at: column.integer }),
});
const database = new PowerSyncDatabase({ schema, database: { dbFilename: 'peer.db', dbLocation: directory.path } });
await database.init();
const connector = {
  fetchCredentials: async () => ({ endpoint: base, token: 'bench' }),
  uploadData: async (from) => {
    for (;;) {
      const batch = await from.getCrudBatch(UPLOAD);
      if (!batch) return;
      const body = JSON.stringify(batch.crud.map(({ id, opData }) => ({ id, ...opData })));
      await fetch(`${base}/upload`, { method: 'POST', body });
      await batch.complete();
    }
  },
};

const bytes = await server.bytes();
let from = now();
database.connect(connector);
await database.waitForFirstSync();
const initialPerSecond = (rowCount / (now() - from)) * 1_000;
const bytesPerRow = ((await server.bytes()) - bytes) / rowCount;

from = now();
await server.ask('burst', { count: changeCount, batch: batchSize });
const last = rowId(changeOf(changeCount - 1).index);
while ((await database.get('SELECT place FROM visit WHERE id = ?', [last])).place !== String(changeCount - 1)) await delay(2);
const streamPerSecond = (changeCount / (now() - from)) * 1_000;

// The cheapest way to learn what has come: at each change of the table the rows that are due are looked up by id.
const told = new Map();
const steadyId = (k) => rowId(changeOf(k + steadyFrom).index);
let looking = Promise.resolve();
const look = async () => {
  const at = now();
  for (let k = told.size; k < steadyCount; k += 1) {
    const { place } = await database.get('SELECT place FROM visit WHERE id = ?', [steadyId(k)]);
    if (place !== String(k + steadyFrom)) return;
    told.set(steadyId(k), at);
  }
};
const onChange = () => {
  looking = looking.then(look);
};
const stopLooking = database.onChangeWithCallback({ onChange }, { tables: ['visit'], throttleMs: 0 });
const steady = await steadyFigures(server, told);
stopLooking();

await database.disconnect();
from = now();
for (let k = 0; k < commandCount; k += 1) {
  const { commandId, name, input } = commandOf(k);
  const values = [commandId, name, JSON.stringify(input), Date.now()];
  await database.execute('INSERT INTO command (id, name, input, at) VALUES (?, ?, ?, ?)', values);
}
const commandsPerSecond = (commandCount / (now() - from)) * 1_000;

from = now();
database.connect(connector);
while ((await server.ask('kept')) < commandCount) await delay(2);
const drainPerSecond = (commandCount / (now() - from)) * 1_000;

report({ initialPerSecond, bytesPerRow, streamPerSecond, ...steady, commandsPerSecond, drainPerSecond });
await delay(50);
directory.remove();
process.exit(0);
