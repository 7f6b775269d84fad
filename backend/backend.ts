import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import type { UnitFix } from '#domain/model/telemetry.ts';
import type { Instant } from '#domain/model/values.ts';
import { createRandom } from '#domain/testing/random.ts';
import { syntheticCity } from '#geo/synthetic.ts';
import { startCalls } from './adapters/calls/calls.ts';
import { startFhir } from './adapters/fhir/fhir.ts';
import { startPositions } from './adapters/positions/positions.ts';
import type { Adt } from './adt/adt.ts';
import { sampleCapacity } from './capacity/sampling.ts';
import { createCore } from './core/core.ts';
import { createGrantAuthority, newSigningKey } from './core/grants.ts';
import { beginRecovery, openRecovery } from './core/recovery.ts';
import type { Store } from './core/store.ts';
import { type ArrivalWatch, watchArrivals } from './dispatch/arrivals.ts';
import { watchDispatch } from './dispatch/watch.ts';
import { keepHouse } from './housekeeping.ts';
import type { BackendOptions } from './options.ts';
import { closeInTime } from './recovering.ts';
import { developmentTokens } from './server/device-tokens.ts';
import { startServer } from './server/server.ts';
import { systemTimers } from './server/timers.ts';
import { type Administration, startAdministration } from './simulator/administration/administration.ts';
import { administrationSite } from './simulator/administration/message.ts';
import { type City, createCity, readCity } from './simulator/city.ts';
import { readReplay } from './simulator/replay.ts';
import { createSimulator, type Simulator } from './simulator/simulator.ts';
import { openStore } from './store/sqlite/open.ts';

export type Backend = {
  readonly port: number;
  /** where trackers report over HTTP; null when nobody listens for them */
  readonly osmandPort: number | null;
  readonly callsPort: number | null;
  /** where the patient administration sends; null when nobody listens for it */
  readonly adtPort: number | null;
  /** where other systems read the board; null when nobody listens for them */
  readonly fhirPort: number | null;
  readonly stop: () => Promise<void>;
};

const TICK_MS = 250;
const TELEMETRY_MS = 1_000;
/** As on a real interface a few messages come late, and a few twice. */
const simulatedLine = { lateShare: 0.02, repeatShare: 0.02, lines: 1 } as const;
/** A machine that slept does not live through the night in one step. */
const LONGEST_STEP_MS = 2_000;

const databasePath = (data: string | null): string => {
  if (data === null) return ':memory:';
  const isDirectory = existsSync(data) ? statSync(data).isDirectory() : extname(data) === '';
  const path = isDirectory ? join(data, 'hospital.db') : data;
  mkdirSync(dirname(path), { recursive: true });
  return path;
};

const cityOf = (directory: string | null, log: (line: string) => void): City => {
  const own = join(import.meta.dirname, '..', 'resources', 'city');
  if (directory !== null || existsSync(join(own, 'roads.bin'))) return readCity(directory ?? own);
  log('the city has not been converted yet: a small made-up one takes its place');
  const { roadGraph, addresses, places } = syntheticCity(1, 24, 20);
  return createCity({ roads: roadGraph, addresses, places });
};

/** The key that signs grants: the site's own, which outlives the loss of the database, or one that was made with it. */
const signingKeyOf = (store: Store): string => {
  const own = process.env.VIGIL_GRANT_KEY;
  if (own !== undefined) return own;
  const kept = store.meta('grantSigningKey');
  if (kept !== undefined) return kept;
  const made = newSigningKey();
  store.transact(() => store.setMeta('grantSigningKey', made));
  return made;
};

const drive = (
  {
    simulator,
    administration,
    speed,
  }: { readonly simulator: Simulator; readonly administration: Administration | null; readonly speed: number },
  offer: (telemetry: ReturnType<Simulator['telemetry']>) => void,
  log: (line: string) => void,
): (() => void) => {
  let last = performance.now();
  const safely = (what: string, run: () => void) => {
    try {
      run();
    } catch (error) {
      log(`the simulator could not ${what}: ${(error as Error).stack ?? error}`);
    }
  };
  const ticks = setInterval(() => {
    const passed = Math.min(LONGEST_STEP_MS, performance.now() - last);
    last = performance.now();
    safely('go on', () => simulator.advance(passed));
    if (administration) safely('register patients', () => administration.pass(passed * speed));
  }, TICK_MS);
  const telemetry = setInterval(() => safely('report', () => offer(simulator.telemetry())), TELEMETRY_MS);
  return () => {
    clearInterval(ticks);
    clearInterval(telemetry);
  };
};

/** Opens the store, serves stations and lets the simulator live; rejects when any of it cannot be had, and then nothing stays open. */
export const startBackend = async (options: BackendOptions, log: (line: string) => void): Promise<Backend> => {
  const clock = (): Instant => Date.now();
  // Whatever was started is stopped in the opposite order, at the end or as soon as a later start fails.
  await using started = new AsyncDisposableStack();
  const store = openStore(databasePath(options.data));
  started.defer(() => store.close());
  if (options.startEmpty) beginRecovery(store, 'refuse', clock(), 0);
  if (options.recoverSeconds !== null) beginRecovery(store, 'recover', clock(), options.recoverSeconds * 1_000);
  const grants = createGrantAuthority(signingKeyOf(store));
  let adt: Adt | null = null;
  const core = createCore({ store, clock, verifyGrant: grants.verify, alsoKeep: (changes) => adt?.alsoKeep(changes) });
  core.forgetOld();
  for (const id of options.withdraw) core.withdraw(id);
  const recovery = openRecovery(store, core, clock);
  if (recovery && (options.startEmpty || options.recoverSeconds !== null))
    core.audit.note({
      actor: 'administrator',
      stationId: null,
      action: 'restored',
      subjects: [core.epoch],
      outcome: recovery.state(),
      payload: recovery.from,
    });
  const { units, beds, devices, seed, speed } = options;
  const replay = options.replay === null ? null : readReplay(options.replay);
  const simulator = options.simulator
    ? createSimulator({
        core,
        clock,
        city: cityOf(options.city, log),
        seed,
        speed,
        units,
        beds,
        devices,
        replay,
        practice: options.practice,
        administration: options.adtSimulator,
      })
    : null;
  const server = await startServer({
    core,
    clock,
    grants,
    tokens: {
      desk: process.env.VIGIL_DESK_TOKEN ?? developmentTokens.desk,
      display: process.env.VIGIL_DISPLAY_TOKEN ?? developmentTokens.display,
    },
    host: options.host,
    port: options.port,
    exposeState: options.exposeState,
    recovery,
    messageDesk: () => adt?.desk ?? null,
  });
  started.defer(server.stop);
  let arrivals: ArrivalWatch | null = null;
  const offer = (fixes: readonly UnitFix[]) => {
    server.offerTelemetry(fixes, []);
    arrivals?.see(fixes);
  };
  const positions = await startPositions({ ...options.positions, speed }, { view: core.view, clock, offer, log });
  started.defer(positions.stop);
  const calls = await startCalls(options.calls, core, clock, log);
  if (calls) started.defer(calls.stop);
  const surroundings = { clock, timers: systemTimers, isWhole: () => recovery?.state() !== 'collecting', log };
  const { adtSimulator } = options;
  const adtOptions = adtSimulator
    ? { ...options.adt, listen: options.adt.listen ?? { host: '127.0.0.1', port: 0 }, siteText: administrationSite() }
    : options.adt;
  if (adtOptions.listen || adtOptions.send) {
    // Most desks of a developer have no use for it, and its library is a large piece of code.
    const { startAdt } = await import('./adt/adt.ts');
    adt = await startAdt(adtOptions, { core, store, ...surroundings });
    started.defer(adt.stop);
  }
  const fhir = await startFhir(options.fhir, core, surroundings);
  if (fhir) started.defer(fhir.stop);
  const offerSimulated = ({ fixes, readings }: ReturnType<Simulator['telemetry']>) => {
    offer(positions.simulated(fixes));
    server.offerTelemetry([], readings);
  };
  const beating = started.use(new DisposableStack());
  // Nothing of its own is written by the hospital before what it had lost stands again.
  const stopCollecting = closeInTime(recovery, {
    clock,
    log,
    closed: () => {
      beating.defer(keepHouse(core, systemTimers, log));
      beating.defer(watchDispatch(core, clock, systemTimers));
      beating.defer(sampleCapacity(core, clock, systemTimers, randomUUID));
      arrivals = watchArrivals(core, clock, systemTimers);
      beating.defer(arrivals.stop);
      if (!simulator) return;
      const administration = adtSimulator
        ? startAdministration({
            host: '127.0.0.1',
            port: adt?.port ?? 0,
            beds: [...core.view.list('bed')].map(({ label }) => label),
            random: createRandom(seed).fork('administration'),
            now: clock,
            speed,
            startHour: simulator.hour(),
            ...simulatedLine,
          })
        : null;
      if (administration) beating.defer(administration.stop);
      beating.defer(drive({ simulator, administration, speed }, offerSimulated, log));
    },
  });
  started.defer(stopCollecting);
  if (simulator) offerSimulated(simulator.telemetry());
  const running = started.move();
  return {
    port: server.port,
    osmandPort: positions.osmandPort,
    callsPort: calls?.port ?? null,
    adtPort: adt?.port ?? null,
    fhirPort: fhir?.port ?? null,
    stop: () => running.disposeAsync(),
  };
};
