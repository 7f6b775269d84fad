/**
 * The sync of Vigil beside the smallest honest sync there can be (the floor), what the disk gives, and, where they are
 * installed, products of the same trade; all on one workload. Peers run one after the other in each of three rounds, so that
 * noise hits them alike; a figure is the median, and its ratio is of the same run. Absolute figures of two runs do not compare.
 * Every peer has its server in a process of its own. What Vigil alone promises follows in each round: alarms, telemetry, outages,
 * crashes. VIGIL_BENCH_SMALL=1 rehearses with a tenth of everything, VIGIL_BENCH_ROUNDS says how many rounds, VIGIL_BENCH_KILLS
 * how many crashes a round has, and VIGIL_BENCH_ONLY=floor,vigil takes only what it names.
 */
import { fork, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Figure, median, printFigure } from './figure.ts';
import type { Measured } from './sync/exchange.ts';
import { killCount, rowBytes } from './sync/workload.ts';

const rounds = Number(process.env['VIGIL_BENCH_ROUNDS'] ?? 3);
/** One run of one peer, milliseconds; a kill takes a second or two. */
const longest = 180_000 + killCount * 5_000;
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
/** What a peer has no figure for, and why. */
const without: Readonly<Record<keyof typeof peers, string>> = {
  powersync:
    'no server that is free to run here: a stand-in speaks its protocol; alarms, telemetry and outages are not asked of it',
  rxdb: 'no free store for Node that is durable: its commands and rows are in memory, so it has no crash figure',
  pouchdb: 'no lane of its own for alarms or telemetry; it does not sync its files at each write, so it has no crash figure',
};

/** Peers are installed when they are asked for, and measured when they are there. */
const installedPeers = (): Readonly<Record<string, string>> => {
  if (process.env['VIGIL_BENCH_PEERS'] === '1' && !existsSync(join(peersDirectory, 'node_modules')))
    spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: peersDirectory, stdio: 'ignore' });
  if (existsSync(join(peersDirectory, 'node_modules'))) return peers;
  console.error('PowerSync, RxDB and PouchDB are not installed: VIGIL_BENCH_PEERS=1 installs and measures them.');
  return {};
};

const wanted = process.env['VIGIL_BENCH_ONLY']?.split(',');
const everything: Readonly<Record<string, string>> = {
  raw: 'raw.ts',
  floor: 'floor.ts',
  vigil: 'vigil.ts',
  ...installedPeers(),
  alarms: 'alarms.ts',
  telemetry: 'telemetry.ts',
  outage: 'outage.ts',
  crash: 'crash.ts',
};
const files = Object.entries(everything).filter(([peer]) => wanted?.includes(peer) ?? true);
const isPeer = (name: string): name is keyof typeof peers => name in peers;

const taken = new Map<string, Measured[]>();
const missing = new Set<string>();
for (let round = 0; round < rounds; round += 1) {
  for (const [peer, file] of files) {
    if (missing.has(peer)) continue;
    try {
      const measured = await measure(file);
      taken.set(peer, [...(taken.get(peer) ?? []), measured]);
      console.error(JSON.stringify({ round, peer, ...measured }));
    } catch (error) {
      if (!isPeer(peer)) throw error;
      missing.add(peer);
      console.error(`${peer} cannot be measured here: ${error instanceof Error ? error.message : error}`);
    }
  }
}

const all = (peer: string, name: string): readonly number[] =>
  (taken.get(peer) ?? []).flatMap((measured) => measured[name] ?? []);
/** One number over the rounds; undefined when it was not measured. */
const over =
  (take: (values: readonly number[]) => number) =>
  (peer: string, name: string): number | undefined => {
    const values = all(peer, name);
    return values.length === 0 ? undefined : take(values);
  };
const of = over(median);
const worst = over((values) => Math.max(...values));
const sum = over((values) => values.reduce((total, value) => total + value, 0));

for (const peer of taken.keys()) {
  const names = Object.keys(taken.get(peer)?.[0] ?? {});
  console.log(
    JSON.stringify({ name: `sync/medians/${peer}`, ...Object.fromEntries(names.map((name) => [name, of(peer, name)])) }),
  );
  if (isPeer(peer)) console.log(JSON.stringify({ name: `sync/without/${peer}`, because: without[peer] }));
}

type Goal = Figure['goal'];
type Known = number | undefined;
const figures: readonly (readonly [name: string, unit: string, value: Known, reference: Known, goal: Goal])[] = [
  ['initial-to-floor', 'rows/s', of('vigil', 'initialPerSecond'), of('floor', 'initialPerSecond'), { atLeast: 0.6 }],
  ['initial-to-powersync', 'rows/s', of('vigil', 'initialPerSecond'), of('powersync', 'initialPerSecond'), { atLeast: 1 }],
  ['stream-to-floor', 'changes/s', of('vigil', 'streamPerSecond'), of('floor', 'streamPerSecond'), { atLeast: 0.5 }],
  // A floor whose server keeps a change before it tells it, as Vigil's does.
  [
    'stream-to-floor-that-keeps',
    'changes/s',
    of('vigil', 'streamPerSecond'),
    of('floor', 'streamKeptPerSecond'),
    { atLeast: 0.5 },
  ],
  ['offline-command-to-commit', 'commands/s', of('vigil', 'commandsPerSecond'), of('raw', 'commitsPerSecond'), { atLeast: 0.6 }],
  ['drain-to-floor', 'commands/s', of('vigil', 'drainPerSecond'), of('floor', 'drainPerSecond'), { atLeast: 0.6 }],
  ['bytes-per-change', 'bytes', of('vigil', 'bytesPerChange'), 72, { atMost: 1.2 }],
  ['bytes-per-row', 'bytes', of('vigil', 'bytesPerRow'), rowBytes, { atMost: 0.39 }],
  ['change-p99-to-floor', 'ms', of('vigil', 'steadyP99'), of('floor', 'steadyP99'), { atMost: 5 }],
  ['change-p99-to-floor-that-keeps', 'ms', of('vigil', 'steadyP99'), of('floor', 'steadyKeptP99'), { atMost: 5 }],
  ['change-p99', 'ms', of('vigil', 'steadyP99'), 10, { atMost: 1 }],
  ['alarm-p99-in-initial-sync', 'ms', of('alarms', 'initialP99'), 50, { atMost: 1 }],
  ['alarm-p99-in-initial-sync-to-idle', 'ms', of('alarms', 'initialP99'), of('alarms', 'idleP99'), { atMost: 10 }],
  ['alarm-p99-in-drain', 'ms', of('alarms', 'drainP99'), 50, { atMost: 1 }],
  ['alarm-p99-in-drain-to-idle', 'ms', of('alarms', 'drainP99'), of('alarms', 'idleP99'), { atMost: 10 }],
  ['telemetry-age-painted-p99', 'ms', of('telemetry', 'whenPaintedP99'), 2_000, { atMost: 1 }],
  ['telemetry-memory', 'MB', of('telemetry', 'megabytesAfter'), of('telemetry', 'megabytesBefore'), { atMost: 1.1 }],
  ['telemetry-beside-rows-p99', 'ms', of('telemetry', 'rowsBusyP99'), of('telemetry', 'rowsIdleP99'), { atMost: 1.5 }],
  ['cut-to-caught-up-worst', 'ms', worst('outage', 'cutWorst'), 1_500, { atMost: 1 }],
  ['black-hole-noticed-worst', 'ms', worst('outage', 'holeNoticedWorst'), 5_000, { atMost: 1 }],
  ['black-hole-return-to-caught-up-worst', 'ms', worst('outage', 'holeReturnedWorst'), 3_000, { atMost: 1 }],
  ['crash-lost', 'commands, by kills', sum('crash', 'lost'), sum('crash', 'kills'), { atMost: 0 }],
  ['crash-twice', 'commands, by kills', sum('crash', 'twice'), sum('crash', 'kills'), { atMost: 0 }],
  ['crash-to-usable-worst', 'ms', worst('crash', 'usableWorst'), 10_000, { atMost: 1 }],
  ['crash-usable-to-drained-worst', 'ms', worst('crash', 'drainedWorst'), 2_000, { atMost: 1 }],
];
for (const [name, unit, value, reference, goal] of figures)
  if (value !== undefined && reference !== undefined) printFigure({ name: `sync/${name}`, unit, value, reference, goal });
