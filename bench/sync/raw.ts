/** What the disk gives: one row read, changed and committed at a time, synchronous=FULL, nothing on top. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { percentile } from '../figure.ts';
import { now, openDirectory, report } from './exchange.ts';
import { changeOf, commandCount, pageCache, rowId, rowOf } from './workload.ts';

const ROWS = 5_000;
const directory = openDirectory();
const database = new Database(join(directory.path, 'raw.db'));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.pragma(pageCache);
database.exec('CREATE TABLE row (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID');
const put = database.prepare('INSERT INTO row VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body');
const get = database.prepare<[string], { readonly body: string }>('SELECT body FROM row WHERE id = ?');
database.transaction(() => {
  for (let index = 0; index < ROWS; index += 1) put.run(rowId(index), JSON.stringify(rowOf(index)));
})();
const change = database.transaction((k: number) => {
  const id = rowId(k % ROWS);
  put.run(id, JSON.stringify({ ...JSON.parse(get.get(id)?.body ?? '{}'), acuity: changeOf(k).acuity }));
});
const commits: number[] = [];
const from = now();
for (let k = 0; k < commandCount; k += 1) {
  const at = now();
  change(k);
  commits.push(now() - at);
}
// The disk's own worst is part of every delay that ends at it.
report({ commitsPerSecond: (commandCount / (now() - from)) * 1_000, commitP99: percentile(commits, 0.99) });
database.close();
directory.remove();
process.disconnect?.();
