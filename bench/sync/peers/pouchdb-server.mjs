// express-pouchdb over LevelDB, as PouchDB's own server comes.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { atPace, serveClient } from '../exchange.ts';
import { allRows, changeOf, rowCount, steadyFrom } from '../workload.ts';

// Both are CommonJS with no names that an import could see.
const require = createRequire(import.meta.url);

await serveClient(async () => {
  const directory = process.argv[2];
  const Pouch = require('pouchdb').defaults({ prefix: `${directory}/` });
  process.chdir(directory);
  const options = { mode: 'minimumForPouchDB', logPath: join(directory, 'log.txt'), inMemoryConfig: true };
  const express = require('express');
  const application = express();
  application.use('/', require('express-pouchdb')(Pouch, options));
  const database = new Pouch('main');
  const rows = allRows();
  const revisions = [];
  for (let from = 0; from < rowCount; from += 1_000) {
    const written = await database.bulkDocs(rows.slice(from, from + 1_000).map((row) => ({ _id: row.id, ...row })));
    revisions.push(...written.map(({ rev }) => rev));
  }
  const burst = async ({ count, batch }) => {
    for (let k = 0; k < count; k += batch) {
      const changed = Array.from({ length: batch }, (_, at) => ({ ...changeOf(k + at), k: k + at }));
      const documents = changed.map(({ index, acuity, k: place }) => {
        const row = rows[index];
        return { _id: row.id, _rev: revisions[index], ...row, acuity, place: String(place) };
      });
      const written = await database.bulkDocs(documents);
      for (const [at, { rev }] of written.entries()) revisions[changed[at].index] = rev;
    }
  };
  const steady = (pace) =>
    atPace(pace, async (k) => {
      const { index, acuity } = changeOf(k + steadyFrom);
      const row = rows[index];
      const document = { _id: row.id, _rev: revisions[index], ...row, acuity, place: String(k + steadyFrom) };
      revisions[index] = (await database.put(document)).rev;
      return row.id;
    });
  const kept = async () => (await database.info()).doc_count - rowCount;
  const port = await new Promise((resolve) => {
    const server = application.listen(0, '127.0.0.1', () => resolve(server.address().port));
  });
  return { port, answers: { burst, steady, kept } };
});
