// RxDB's replication, the real client. What it offers for Node without payment ends at a few hundred documents or lives in
// memory: this is the storage in memory, an upper bound without any durability.
import { join } from 'node:path';
import { createRxDatabase } from 'rxdb';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { Subject } from 'rxjs';
import { io } from 'socket.io-client';
import { now, openDirectory, report, startPeerServer } from '../exchange.ts';
import { steadyFigures } from '../steady.ts';
import { batchSize, changeCount, commandCount, commandOf, rowCount, rowOf } from '../workload.ts';

const directory = openDirectory();
const server = await startPeerServer(join(import.meta.dirname, 'rxdb-server.mjs'), directory.path);
const key = { type: 'string', maxLength: 40 };
const names = Object.keys(rowOf(0)).filter((name) => name !== 'id');
const schemaOf = (properties) => ({
  version: 0,
  primaryKey: 'id',
  type: 'object',
  required: ['id'],
  properties: { id: key, ...properties },
});
const database = await createRxDatabase({
  name: `peer${process.pid}`,
  storage: getRxStorageMemory(),
  multiInstance: false,
  eventReduce: false,
});
await database.addCollections({
  visit: { schema: schemaOf(Object.fromEntries(names.map((name) => [name, {}]))) },
  command: { schema: schemaOf({ name: { type: 'string' }, input: { type: 'object' }, at: { type: 'number' } }) },
});
const socket = io(`http://127.0.0.1:${server.port}`, { transports: ['websocket'] });
await new Promise((resolve) => socket.once('connect', resolve));
const changes = new Subject();
socket.on('changes', (some) => changes.next(some));

const bytes = await server.bytes();
let from = now();
const pulling = replicateRxCollection({
  collection: database.visit,
  replicationIdentifier: 'pull',
  live: true,
  pull: {
    batchSize: 1_000,
    handler: (checkpoint, count) => socket.emitWithAck('pull', checkpoint ?? null, count),
    stream$: changes.asObservable(),
  },
});
await pulling.awaitInitialReplication();
const initialPerSecond = (rowCount / (now() - from)) * 1_000;
const bytesPerRow = ((await server.bytes()) - bytes) / rowCount;

const last = new Promise((resolve) => {
  database.visit.$.subscribe(({ documentData }) => documentData.place === String(changeCount - 1) && resolve());
});
from = now();
await server.ask('burst', { count: changeCount, batch: batchSize });
await last;
const streamPerSecond = (changeCount / (now() - from)) * 1_000;

const told = new Map();
const telling = database.visit.$.subscribe(({ documentData }) => told.set(documentData.id, now()));
const steady = await steadyFigures(server, told);
telling.unsubscribe();

from = now();
for (let k = 0; k < commandCount; k += 1) {
  const { commandId, name, input } = commandOf(k);
  await database.command.insert({ id: commandId, name, input, at: Date.now() });
}
const commandsPerSecond = (commandCount / (now() - from)) * 1_000;

from = now();
const pushing = replicateRxCollection({
  collection: database.command,
  replicationIdentifier: 'push',
  live: false,
  push: {
    batchSize: 200,
    handler: async (rows) => {
      await socket.emitWithAck(
        'commands',
        rows.map(({ newDocumentState }) => newDocumentState),
      );
      return [];
    },
  },
});
await pushing.awaitInSync();
const drainPerSecond = (commandCount / (now() - from)) * 1_000;
report({ initialPerSecond, bytesPerRow, streamPerSecond, ...steady, commandsPerSecond, drainPerSecond });
await new Promise((resolve) => setTimeout(resolve, 50));
directory.remove();
process.exit(0);
