/**
 * The dispatch desk's questions about the city, in the demo city with its 205,000 addresses: search as a window asks it (over the
 * port, through the city's thread), a recommendation at 300 units the same way, single routes, one place to many, areas by drive
 * time, and how long the desk's own thread is kept meanwhile. Each figure stands beside a goal or beside what does the same
 * otherwise, in the same run. VIGIL_BENCH_PEERS=1 installs and measures a routing library of the registry as well.
 */
import { fork, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { VigilRecord } from '#domain/model/record.ts';
import type { Position } from '#domain/model/values.ts';
import { buildHospital, buildIncident, buildUnit, testId, testNow } from '#domain/testing/builders.ts';
import { createRandom, type Random } from '#domain/testing/random.ts';
import { type Address, type Addresses, addressAt, readAddresses } from '#geo/addresses.ts';
import { createIsochrones } from '#geo/isochrones.ts';
import { createReach } from '#geo/reach.ts';
import { nodePosition } from '#geo/road-graph.ts';
import { createRouter } from '#geo/routing.ts';
import { mistype } from '#geo/search/testing/mistype.ts';
import { wordsOf } from '#geo/search/words.ts';
import { rowsAt, settleTurn, startDesk, type TestDesk } from '#station/testing/peer.ts';
import { city, cityDirectory, pairs, ROUTES } from './dispatch/drives.ts';
import { median, percentile, printFigure } from './figure.ts';

const UNITS = 300;
const SEARCHES = 2_000;
const RECOMMENDATIONS = 200;
const AREAS = 20;

const { graph } = city();
const anywhere = (random: Random): [number, number] => [...nodePosition(graph, random.int(0, graph.mainNodes - 1))];

/** Milliseconds of each of so many calls, one after the other, after some that are not counted. */
const timed = async (count: number, unmeasured: number, call: (at: number) => unknown): Promise<number[]> => {
  const times: number[] = [];
  for (let at = -unmeasured; at < count; at += 1) {
    const startedAt = performance.now();
    await call(at);
    if (at >= 0) times.push(performance.now() - startedAt);
  }
  return times;
};

/** A real station with a real store, 300 units and 12 hospitals, and the demo city in its thread. */
const openDesk = async (): Promise<{ readonly desk: TestDesk; readonly incidents: readonly string[] }> => {
  const random = createRandom(7);
  const incidents = Array.from({ length: 40 }, (_, i) =>
    buildIncident({
      id: testId('1', i + 1),
      position: anywhere(random),
      category: random.pick(['Cardiac arrest', 'Fall', 'Road collision']),
    }),
  );
  const units = Array.from({ length: UNITS }, (_, i) =>
    buildUnit({
      id: testId('2', i + 1),
      callsign: `M${i + 1}`,
      type: random.pick(['als', 'bls', 'car', 'physician']),
      status: random.chance(0.8) ? 'availableMobile' : 'onScene',
    }),
  );
  const hospitals = Array.from({ length: 12 }, (_, i) => buildHospital({ id: testId('5', i + 1), position: anywhere(random) }));
  const rows: readonly VigilRecord[] = [...incidents, ...units, ...hospitals];
  const desk = await startDesk({
    city: { thread: new URL('../station/geo/worker.ts', import.meta.url), directory: cityDirectory },
  });
  const snapshotId = testId('6', 77);
  desk.peer.link().say(desk.peer.welcome({ snapshotId, total: rows.length }, 10));
  desk.peer.link().say({ type: 'page', snapshotId, rows: rowsAt(9, ...rows), next: null });
  await settleTurn(desk.clock);
  const fixes = units.map(({ id }) => ({
    unitId: id,
    position: anywhere(random),
    heading: null,
    speed: null,
    observedAt: testNow,
  }));
  desk.peer.link().say({ type: 'telemetry', fixes, readings: [] });
  await settleTurn(desk.clock);
  return { desk, incidents: incidents.map(({ id }) => id) };
};

/** Lines as they are typed: every other one with an error in the street. */
const typedLines = (addresses: Addresses): readonly string[] => {
  const random = createRandom(3);
  return Array.from({ length: SEARCHES }, () => {
    const { street, number } = addressAt(addresses, random.int(0, addresses.count - 1)) as Address;
    return `${random.chance(0.5) ? mistype(street, random) : street} ${number}`;
  });
};

/** The plain way: every address whose words hold every typed word; it forgives no error. */
const linearScan = (addresses: Addresses): ((line: string) => number) => {
  const all = Array.from({ length: addresses.count }, (_, i) => {
    const { street, number } = addressAt(addresses, i) as Address;
    return wordsOf(`${street} ${number}`)
      .map(({ word }) => word)
      .join(' ');
  });
  return (line) => {
    const words = wordsOf(line).map(({ word }) => word);
    return all.filter((address) => words.every((word) => address.includes(word))).length;
  };
};

const { desk, incidents } = await openDesk();
try {
  const window = desk.window();
  const addresses = readAddresses(readFileSync(join(cityDirectory, 'addresses.bin')));
  const lines = typedLines(addresses);
  await window.call('searchAddress', { text: '' });
  const kept = monitorEventLoopDelay({ resolution: 1 });
  kept.enable();
  const searches = await timed(SEARCHES, 100, (at) => window.call('searchAddress', { text: lines[Math.abs(at) % SEARCHES] }));
  const recommendations = await timed(RECOMMENDATIONS, 20, (at) =>
    window.call('recommend', { incidentId: incidents[Math.abs(at) % incidents.length] }),
  );
  const hospitals = await timed(RECOMMENDATIONS, 20, (at) =>
    window.call('recommendHospital', { incidentId: incidents[Math.abs(at) % incidents.length] }),
  );
  const areas = await timed(AREAS, 3, () => window.call('isochrone', { from: 'freeUnits', minutes: [4, 8, 12] }));
  kept.disable();
  // Its 205,000 texts would be in the way of the desk's own memory above.
  const scan = linearScan(addresses);
  const scans = await timed(40, 2, (at) => scan(lines[Math.abs(at)] ?? ''));

  const ms = (name: string, value: number, reference: number, atMost = 1): void =>
    printFigure({ name: `dispatch/${name}`, unit: 'ms', value, reference, goal: { atMost } });
  ms('address-p50-to-linear-scan', median(searches), median(scans), 0.5);
  ms('address-p99', percentile(searches, 0.99), 50);
  ms('recommendation-300-units-p99', percentile(recommendations, 0.99), 100);
  ms('hospital-recommendation-p99', percentile(hospitals, 0.99), 100);
  ms('isochrones-4-8-12-min-p50', median(areas), 100);
  ms('desk-thread-longest-turn', kept.max / 1e6, 50);
} finally {
  desk.end();
}

const router = createRouter(graph);
const driven = pairs(ROUTES, 1);
for (const [from, to] of pairs(100, 9)) router.betweenNodes(from, to);
const routesAt = performance.now();
const seconds = driven.map(([from, to]) => router.betweenNodes(from, to)?.seconds ?? Number.NaN);
const routesMs = performance.now() - routesAt;

const reach = createReach(graph);
const goal = (driven[0] as readonly [number, number])[1];
const starts = pairs(UNITS, 2).map(([from]) => from);
const positions = starts.map((node): Position => nodePosition(graph, node));
const many = await timed(30, 5, () => reach.toOne(positions, nodePosition(graph, goal)));
const singles = await timed(3, 1, () => starts.map((from) => router.betweenNodes(from, goal)));
const isochrones = createIsochrones(graph, reach);
const areasAlone = await timed(20, 5, () => isochrones(positions, [4, 8, 12]));
printFigure({
  name: 'dispatch/300-drives-in-one-search-to-300-routes',
  unit: 'ms',
  value: median(many),
  reference: median(singles),
  goal: { atMost: 0.1 },
});
// Recomputed each second while units move, it may take no more of it than this.
printFigure({
  name: 'dispatch/isochrones-of-each-second',
  unit: 'ms',
  value: median(areasAlone),
  reference: 1_000,
  goal: { atMost: 0.1 },
});

type PeerMeasure = {
  readonly routesPerSecond: number;
  readonly manyMs: number;
  readonly builtMs: number;
  readonly bytes: number;
  readonly seconds: readonly number[];
};
const peers = join(import.meta.dirname, 'dispatch/peers');
if (process.env['VIGIL_BENCH_PEERS'] === '1' && !existsSync(join(peers, 'node_modules')))
  spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: peers, stdio: 'ignore' });
if (existsSync(join(peers, 'node_modules'))) {
  const peer = await new Promise<PeerMeasure>((resolve, reject) => {
    const child = fork(join(peers, 'ngraph.mjs'), [], { execArgv: ['--expose-gc'] });
    child.once('message', (measured) => resolve(measured as PeerMeasure));
    child.once('error', reject);
    child.once('exit', (code) => code !== 0 && reject(new Error(`The peer ended with ${code}.`)));
  });
  const same = seconds.filter((each, i) => Math.abs(each - (peer.seconds[i] ?? Number.NaN)) < 0.001).length;
  printFigure({
    name: 'dispatch/routes-per-second-to-ngraph',
    unit: '/s',
    value: (ROUTES / routesMs) * 1000,
    reference: peer.routesPerSecond,
    goal: { atLeast: 1 },
  });
  printFigure({
    name: 'dispatch/300-drives-to-ngraph',
    unit: 'ms',
    value: median(many),
    reference: peer.manyMs,
    goal: { atMost: 0.1 },
  });
  printFigure({
    name: 'dispatch/routes-as-quick-as-ngraph',
    unit: 'routes',
    value: same,
    reference: ROUTES,
    goal: { atLeast: 0.999 },
  });
} else {
  console.error('ngraph.path is not installed: VIGIL_BENCH_PEERS=1 installs and measures it.');
  printFigure({
    name: 'dispatch/routes-per-second',
    unit: '/s',
    value: (ROUTES / routesMs) * 1000,
    reference: 200,
    goal: { atLeast: 1 },
  });
}
