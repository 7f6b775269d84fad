/**
 * The sync of Vigil beside the smallest honest sync there can be (the floor), what the disk gives, and, where they are
 * installed, products of the same trade; all on one workload. Peers run one after the other in each of three rounds, so that
 * noise hits them alike; a figure is the median, and its ratio is of the same run. Absolute figures of two runs do not compare.
 * Every peer has its server in a process of its own. VIGIL_BENCH_SMALL=1 rehearses with a tenth of everything.
 */
import { fork, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Figure, median, printFigure } from './figure.ts';
import type { Measured } from './sync/exchange.ts';
import { rowBytes } from './sync/workload.ts';

const rounds = Number(process.env['VIGIL_BENCH_ROUNDS'] ?? 3);
/** One run of one peer, milliseconds. */
const longest = 180_000;
const here = join(import.meta.dirname, 'sync');

/** Runs one peer once, in a process of its own. */
const measure = (file: string): Promise<Measured> =>
  new Promise((resolve, reject) => {
    const child = fork(join(here, file), [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    let measured: Measured | undefined;
    child.once('message', (given) => {
      measured = given as Measured;
    });
    const tooLong = setTimeout(() => child.kill('SIGKILL'), longest);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(tooLong);
      if (measured && code === 0) resolve(measured);
      else reject(new Error(`${file} ended with ${code}.`));
    });
  });

const peersDirectory = join(here, 'peers');
const peers = { powersync: 'peers/powersync.mjs', rxdb: 'peers/rxdb.mjs', pouchdb: 'peers/pouchdb.mjs' };

/** Peers are installed when they are asked for, and measured when they are there. */
const installedPeers = (): Readonly<Record<string, string>> => {
  if (process.env['VIGIL_BENCH_PEERS'] === '1' && !existsSync(join(peersDirectory, 'node_modules')))
    spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: peersDirectory, stdio: 'ignore' });
  if (existsSync(join(peersDirectory, 'node_modules'))) return peers;
  console.error('PowerSync, RxDB and PouchDB are not installed: VIGIL_BENCH_PEERS=1 installs and measures them.');
  return {};
};

const taken = new Map<string, Measured[]>();
const missing = new Set<string>();
const files: Readonly<Record<string, string>> = { raw: 'raw.ts', floor: 'floor.ts', vigil: 'vigil.ts', ...installedPeers() };
for (let round = 0; round < rounds; round += 1) {
  for (const [peer, file] of Object.entries(files)) {
    if (missing.has(peer)) continue;
    try {
      const measured = await measure(file);
      taken.set(peer, [...(taken.get(peer) ?? []), measured]);
      console.error(JSON.stringify({ round, peer, ...measured }));
    } catch (error) {
      if (!(peer in peers)) throw error;
      missing.add(peer);
      console.error(`${peer} cannot be measured here: ${error instanceof Error ? error.message : error}`);
    }
  }
}
/** The median over the rounds; undefined for a peer that was not measured. */
const of = (peer: string, name: string): number | undefined => {
  const values = (taken.get(peer) ?? []).flatMap((measured) => measured[name] ?? []);
  return values.length === 0 ? undefined : median(values);
};

for (const peer of taken.keys()) {
  const names = Object.keys(taken.get(peer)?.[0] ?? {});
  console.log(
    JSON.stringify({ name: `sync/medians/${peer}`, ...Object.fromEntries(names.map((name) => [name, of(peer, name)])) }),
  );
}

type Comparison = readonly [name: string, unit: string, figure: string, against: string, reference: string, goal: Figure['goal']];
const comparisons: readonly Comparison[] = [
  ['initial-to-floor', 'rows/s', 'initialPerSecond', 'floor', 'initialPerSecond', { atLeast: 0.6 }],
  ['initial-to-powersync', 'rows/s', 'initialPerSecond', 'powersync', 'initialPerSecond', { atLeast: 1 }],
  ['stream-to-floor', 'changes/s', 'streamPerSecond', 'floor', 'streamPerSecond', { atLeast: 0.5 }],
  ['stream-to-floor-that-keeps', 'changes/s', 'streamPerSecond', 'floor', 'streamKeptPerSecond', { atLeast: 0.5 }],
  ['offline-command-to-commit', 'commands/s', 'commandsPerSecond', 'raw', 'commitsPerSecond', { atLeast: 0.6 }],
  ['drain-to-floor', 'commands/s', 'drainPerSecond', 'floor', 'drainPerSecond', { atLeast: 0.6 }],
  ['change-p99-to-floor', 'ms', 'steadyP99', 'floor', 'steadyP99', { atMost: 5 }],
];
for (const [name, unit, figure, against, reference, goal] of comparisons) {
  const [value, other] = [of('vigil', figure), of(against, reference)];
  if (value !== undefined && other !== undefined) printFigure({ name: `sync/${name}`, unit, value, reference: other, goal });
}
const fixed: readonly (readonly [name: string, unit: string, figure: string, reference: number, goal: number])[] = [
  ['bytes-per-change', 'bytes', 'bytesPerChange', 72, 1.2],
  ['bytes-per-row', 'bytes', 'bytesPerRow', rowBytes, 0.39],
  ['change-p99', 'ms', 'steadyP99', 10, 1],
];
for (const [name, unit, figure, reference, goal] of fixed) {
  const value = of('vigil', figure);
  if (value !== undefined) printFigure({ name: `sync/${name}`, unit, value, reference, goal: { atMost: goal } });
}
