// PouchDB over LevelDB at both ends. It does not sync its files at each write.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { now, openDirectory, report, startPeerServer } from '../exchange.ts';
import { steadyFigures } from '../steady.ts';
import { batchSize, changeCount, commandCount, commandOf, rowCount } from '../workload.ts';

const require = createRequire(import.meta.url);
const directory = openDirectory();
const own = openDirectory();
const server = await startPeerServer(join(import.meta.dirname, 'pouchdb-server.mjs'), directory.path);
const Pouch = require('pouchdb').defaults({ prefix: `${own.path}/` });
const database = new Pouch('main');
const remote = `http://127.0.0.1:${server.port}/main`;

const bytes = await server.bytes();
let from = now();
await Pouch.replicate(remote, database, { batch_size: 1_000, batches_limit: 5 });
const initialPerSecond = (rowCount / (now() - from)) * 1_000;
const bytesPerRow = ((await server.bytes()) - bytes) / rowCount;

const last = new Promise((resolve) => {
  database
    .changes({ live: true, since: 'now', include_docs: true })
    .on('change', ({ doc }) => doc?.place === String(changeCount - 1) && resolve());
});
const live = Pouch.replicate(remote, database, { live: true, retry: true, batch_size: 1_000 });
await new Promise((resolve) => live.once('paused', resolve));
from = now();
await server.ask('burst', { count: changeCount, batch: batchSize });
await last;
const streamPerSecond = (changeCount / (now() - from)) * 1_000;

const told = new Map();
const telling = database.changes({ live: true, since: 'now' }).on('change', ({ id }) => told.set(id, now()));
const steady = await steadyFigures(server, told);
telling.cancel();
live.cancel();

from = now();
for (let k = 0; k < commandCount; k += 1) {
  const { commandId, name, input } = commandOf(k);
  await database.put({ _id: commandId, name, input, at: Date.now() });
}
const commandsPerSecond = (commandCount / (now() - from)) * 1_000;

from = now();
await Pouch.replicate(database, remote, { batch_size: 1_000 });
const kept = await server.ask('kept');
if (kept !== commandCount) throw new Error(`${kept} of ${commandCount} commands arrived.`);
const drainPerSecond = (commandCount / (now() - from)) * 1_000;
report({ initialPerSecond, bytesPerRow, streamPerSecond, ...steady, commandsPerSecond, drainPerSecond });
await new Promise((resolve) => setTimeout(resolve, 50));
directory.remove();
own.remove();
process.exit(0);
