/**
 * The hospital of a simulation: the real core and the real connections over a store that survives them. Everything that
 * commits is written down beside it: the ledger is what the checks compare with, and nothing of the code under test writes it.
 */
import { type Core, createCore } from '#backend/core/core.ts';
import { createGrantAuthority, type GrantAuthority, newSigningKey } from '#backend/core/grants.ts';
import type { Store, Tombstone } from '#backend/core/store.ts';
import { createStations, type Stations } from '#backend/server/stations.ts';
import { createTelemetryLane } from '#backend/server/telemetry-lane.ts';
import { openStore } from '#backend/store/sqlite/open.ts';
import type { Row, Settlement } from '#contracts/wire/down.ts';
import type { SnapshotKey } from '#contracts/wire/up.ts';
import type { RecordView, VigilRecord } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { Crash, type CrashPlace, createCrashPoints } from './crash-points.ts';
import type { EventQueue, Owner } from './event-queue.ts';
import type { Listening } from './network.ts';

/** One transaction that has committed. */
export type Entry = {
  readonly at: number;
  /** The highest rev it took. */
  readonly rev: number;
  readonly byHospital: boolean;
  readonly rows: readonly Row[];
  readonly deletes: readonly Tombstone[];
  readonly settled: readonly { readonly stationId: Id; readonly settlement: Settlement }[];
};

export const tokens = { desk: 'desk-token', display: 'display-token' } as const;

export type Hospital = {
  readonly ledger: readonly Entry[];
  readonly grants: GrantAuthority;
  readonly store: Store;
  /** Null while it is down. */
  readonly core: () => Core | null;
  readonly listening: () => Listening | null;
  readonly start: () => void;
  readonly stop: () => void;
  readonly crash: () => void;
  readonly armCrash: (place: CrashPlace, skip: number) => void;
  readonly disarmCrash: () => void;
  /** Commits what somebody at the hospital did, on its present records; nothing while it is down. */
  readonly change: (
    make: (view: RecordView) => { readonly puts?: readonly VigilRecord[]; readonly deletes?: readonly SnapshotKey[] },
  ) => void;
  /** Latest values of units and monitors for the lossy lane. */
  readonly offer: () => void;
  readonly forgetOld: () => void;
  /** Withdraws a sign-in by the id of its grant; nothing while it is down. */
  readonly withdraw: (grantId: Id) => void;
  /** The grants that were withdrawn, and when it was committed. */
  readonly withdrawn: ReadonlyMap<Id, number>;
  readonly leaked: () => number;
};

export type HospitalOptions = {
  readonly queue: EventQueue;
  readonly tamper: (store: Store) => Store;
  readonly died: () => void;
  readonly restartAfter: () => number;
  readonly committed: (entry: Entry) => void;
  readonly broken: (error: unknown) => void;
  readonly trace: (text: string, message?: unknown) => void;
};

/** Makes a hospital that does not run yet, with an empty store. */
export const createHospital = (options: HospitalOptions): Hospital => {
  const { queue, trace } = options;
  const wallNow = (): number => Math.floor(queue.now());
  const store = openStore(':memory:');
  const grants = createGrantAuthority(newSigningKey());
  const ledger: Entry[] = [];
  const withdrawn = new Map<Id, number>();
  const written = {
    rev: 0,
    rows: [] as Row[],
    deletes: [] as Tombstone[],
    settled: [] as { stationId: Id; settlement: Settlement }[],
  };
  let byHospital = false;
  let left: Owner | null = null;
  type Process = {
    readonly owner: Owner;
    readonly core: Core;
    readonly stations: Stations;
    readonly telemetry: ReturnType<typeof createTelemetryLane>;
  };
  let current: Process | null = null;
  let owner: Owner | null = null;
  const outside = queue.owner(options.broken);

  const die = (how: string): void => {
    if (!owner) return;
    trace(`dies: ${how}`);
    owner.kill();
    owner = null;
    current = null;
    options.died();
    outside.after(options.restartAfter(), start);
  };
  const points = createCrashPoints((place) => die(place));

  const recorded: Store = {
    ...store,
    setMeta: (key, value) => {
      store.setMeta(key, value);
      if (key === 'rev') written.rev = Number(value);
    },
    putRow: (row) => {
      store.putRow(row);
      written.rows.push(row);
    },
    bury: (tombstone, at) => {
      store.bury(tombstone, at);
      written.deletes.push(tombstone);
    },
    putSettlement: (stationId, settlement, at) => {
      store.putSettlement(stationId, settlement, at);
      written.settled.push({ stationId, settlement });
    },
    transact: (write) => {
      points.pass('beforeCommit');
      written.rev = 0;
      written.rows = [];
      written.deletes = [];
      written.settled = [];
      const result = store.transact(() => {
        const done = write();
        points.pass('insideCommit');
        return done;
      });
      const entry: Entry = {
        at: queue.now(),
        rev: written.rev,
        byHospital,
        rows: written.rows,
        deletes: written.deletes,
        settled: written.settled,
      };
      if (entry.rev + entry.rows.length + entry.deletes.length + entry.settled.length > 0) {
        ledger.push(entry);
        options.committed(entry);
      }
      points.pass('afterCommit');
      return result;
    },
  };
  const storeOf = (mine: Owner): Store =>
    options.tamper({
      ...recorded,
      transact: (write) => {
        if (!mine.alive()) throw new Crash();
        return recorded.transact(write);
      },
    });

  function start(): void {
    if (owner) return;
    trace('starts');
    const mine = queue.owner((error) => {
      if (!(error instanceof Crash)) options.broken(error);
    });
    owner = mine;
    mine.enter(() => {
      const core = createCore({ store: storeOf(mine), clock: wallNow, verifyGrant: grants.verify });
      const telemetry = createTelemetryLane();
      const stations = createStations({
        core,
        clock: wallNow,
        timers: { monotonicNow: queue.now, after: mine.after, every: mine.every },
        grants,
        tokens,
        telemetry,
      });
      current = { owner: mine, core, stations, telemetry };
    });
  }

  return {
    ledger,
    grants,
    store,
    core: () => current?.core ?? null,
    listening: () =>
      current && {
        owner: current.owner,
        accept: current.stations.accept,
        passing: { before: () => points.pass('beforeSend'), after: () => points.pass('afterSend') },
      },
    start,
    stop: () => {
      if (!current) return;
      current.stations.stop();
      left = current.owner;
      owner = null;
      current = null;
    },
    crash: () => die('killed'),
    armCrash: points.arm,
    disarmCrash: points.disarm,
    change: (make) => {
      if (!current) return;
      const { core, owner: mine } = current;
      const { puts = [], deletes = [] } = make(core.view);
      byHospital = true;
      mine.enter(() => void core.commit(puts, deletes));
      byHospital = false;
    },
    offer: () => {
      if (!current) return;
      const observedAt = wallNow();
      current.telemetry.offer(
        [...current.core.view.list('unit')].map(({ id }) => ({
          unitId: id,
          position: [-56, -34],
          heading: null,
          speed: 0,
          observedAt,
        })),
        [],
      );
    },
    forgetOld: () => {
      if (!current) return;
      const { core, owner: mine } = current;
      mine.enter(core.forgetOld);
    },
    withdraw: (grantId) => {
      if (!current) return;
      const { core, owner: mine } = current;
      mine.enter(() => core.withdraw(grantId));
      if (store.isWithdrawn(grantId) && !withdrawn.has(grantId)) withdrawn.set(grantId, queue.now());
    },
    withdrawn,
    leaked: () => left?.waiting() ?? 0,
  };
};
