// `npm run outbox -- export [--data DIR]`: the unsent commands of a desk as JSON lines on standard output. They name patients: keep
// them where patients may be named.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { keyFileOf } from './desk-key.ts';
import { dataDirectory, projectDirectory } from './places.ts';

const usage = 'usage: npm run --silent outbox -- export [--data DIR] > FILE';
const MOST_BYTES = 512 * 1024 * 1024;

/** `npm run outbox`: 0 when everything was printed. Throws a sentence when it cannot be read. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { data: { type: 'string' } },
  });
  if (positionals.join(' ') !== 'export') throw new Error(usage);
  const data = resolve(values.data ?? dataDirectory());
  const command = [
    join(projectDirectory, 'station/entry/outbox.ts'),
    '--directory',
    join(data, 'station'),
    '--key-file',
    keyFileOf(data),
  ];
  const { stdout, status } = spawnSync(process.execPath, command, { encoding: 'utf8', maxBuffer: MOST_BYTES });
  const [first = ''] = stdout.split('\n', 1);
  if (first.startsWith('{"error"')) throw new Error(String((JSON.parse(first) as { readonly error: unknown }).error));
  process.stdout.write(stdout);
  return status ?? 1;
};
