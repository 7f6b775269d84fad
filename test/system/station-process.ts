/** The station's real process at a real backend, as main would run them: a child with pumped ports. */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { z } from 'zod';
import { type Core, createCore } from '#backend/core/core.ts';
import { createGrantAuthority, newSigningKey } from '#backend/core/grants.ts';
import type { Store } from '#backend/core/store.ts';
import { developmentTokens } from '#backend/server/device-tokens.ts';
import { type BackendServer, startServer } from '#backend/server/server.ts';
import { openStore } from '#backend/store/sqlite/open.ts';
import type { PortDown } from '#contracts/ipc/contract.ts';
import type { StationStart, StationToMain } from '#contracts/ipc/main-station.ts';
import type { Conflict, Frame, RecordsPatch, readingsPatchSchema, SubmitAnswer } from '#contracts/ipc/station-window.ts';
import type { RecordKind, VigilRecord } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import type { ReceivedFix } from '#station/store/queries/telemetry.ts';

const entry = join(import.meta.dirname, '../../station/entry/station.ts');

/** Waits until something holds; rejects after `within` milliseconds with what was waited for. */
export const until = async (what: string, holds: () => boolean, within = 10_000): Promise<void> => {
  const end = performance.now() + within;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Waited ${within} ms for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

export type Hospital = {
  readonly core: Core;
  readonly store: Store;
  readonly port: number;
  readonly offerTelemetry: BackendServer['offerTelemetry'];
  readonly stop: () => Promise<void>;
};

/** A backend over a file; `records` fill an empty one. */
export const startHospital = async (path: string, records: readonly VigilRecord[], port = 0): Promise<Hospital> => {
  const store = openStore(path);
  const key = store.meta('grantSigningKey') ?? newSigningKey();
  store.transact(() => store.setMeta('grantSigningKey', key));
  const grants = createGrantAuthority(key);
  const core = createCore({ store, clock: Date.now, verifyGrant: grants.verify });
  if (core.rev() === 0) core.commit(records);
  const server = await startServer({
    core,
    clock: Date.now,
    grants,
    tokens: developmentTokens,
    host: '127.0.0.1',
    port,
    exposeState: false,
  });
  return {
    core,
    store,
    port: server.port,
    offerTelemetry: server.offerTelemetry,
    stop: async () => {
      await server.stop();
      store.close();
    },
  };
};

type WindowReading = z.infer<typeof readingsPatchSchema>['readings'][number];

export type StationProcess = {
  readonly child: ChildProcess;
  /** The first answer to start. */
  readonly started: Promise<StationToMain>;
  readonly exited: Promise<number | NodeJS.Signals | null>;
  readonly frame: () => Frame | null;
  readonly records: ReadonlyMap<string, RecordsPatch['puts'][number]>;
  readonly conflicts: () => readonly Conflict[];
  readonly unsent: () => readonly Id[];
  /** A call of the window. */
  readonly call: (name: string, input: unknown) => Promise<unknown>;
  /** The last fix of each unit. */
  readonly positions: ReadonlyMap<Id, ReceivedFix>;
  /** The last reading of each monitor. */
  readonly readings: ReadonlyMap<Id, WindowReading>;
  readonly submit: (name: string, input: unknown, commandId?: Id) => Promise<SubmitAnswer>;
  readonly stop: () => Promise<void>;
  readonly stderr: () => string;
};

export type StationOptions = {
  readonly directory: string;
  readonly key: Uint8Array;
  readonly backendPort: number;
  /** In place of the address that the port makes. */
  readonly backendUrl?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** The user under whom the process runs; absent: the present one. */
  readonly user?: number;
  /** Where it keeps downtime packs; absent: it makes none. */
  readonly downtime?: StationStart['downtime'];
  /** Where the city's files lie; absent: it has none. */
  readonly cityDirectory?: string;
  /** What the hospital takes it for, and lets it hold. */
  readonly as?: 'desk' | 'display';
};

/** Forks a station and opens one window at it. */
export const startStationProcess = ({
  directory,
  key,
  backendPort,
  backendUrl = `http://127.0.0.1:${backendPort}`,
  environment,
  user,
  downtime,
  cityDirectory,
  as = 'desk',
}: StationOptions): StationProcess => {
  const child = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    execArgv: [],
    env: { ...process.env, ...environment },
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  const records = new Map<string, RecordsPatch['puts'][number]>();
  const waiting = new Map<number, (message: Extract<PortDown, { type: 'answer' | 'refused' }>) => void>();
  const positions = new Map<Id, ReceivedFix>();
  const readings = new Map<Id, WindowReading>();
  let frame: Frame | null = null;
  let conflicts: readonly Conflict[] = [];
  let unsent: readonly Id[] = [];
  let calls = 0;
  let errors = '';
  child.stderr?.on('data', (text: Buffer) => {
    errors += text.toString();
  });
  const exited = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? signal)),
  );
  const send = (message: object): void => {
    if (child.connected) child.send(message, () => undefined);
  };
  const up = (message: object): void => send({ type: 'port', windowId: 'w1', message });
  const take = (message: Extract<PortDown, { type: 'values' }>['values'][number]): void => {
    if (message.feed === 'frame') frame = message.value as Frame;
    if (message.feed === 'conflicts') {
      const value = message.value as { conflicts: Conflict[]; unsent: { commandId: Id }[] };
      conflicts = value.conflicts;
      unsent = value.unsent.map(({ commandId }) => commandId);
    }
    if (message.feed === 'positions')
      for (const fix of (message.value as { fixes: ReceivedFix[] }).fixes) positions.set(fix.unitId, fix);
    if (message.feed === 'readings')
      for (const reading of (message.value as { readings: WindowReading[] }).readings) readings.set(reading.deviceId, reading);
    if (message.feed === 'records') {
      const patch = message.value as RecordsPatch;
      if (patch.reset) records.clear();
      for (const put of patch.puts) records.set(`${put.record.kind}/${put.record.id}`, put);
      for (const gone of patch.removes) records.delete(`${gone.kind}/${gone.id}`);
    }
  };
  const started = new Promise<StationToMain>((resolve) => {
    child.on('message', (raw) => {
      const message = raw as StationToMain;
      if (message.type === 'waiting') {
        send({
          type: 'start',
          dataDirectory: directory,
          databaseKey: key,
          keyProtection: 'osKeyStore',
          backendUrl,
          deviceToken: developmentTokens[as],
          signInAs: as === 'display' ? 'display' : 'demo',
          ...(downtime && { downtime }),
          ...(cityDirectory !== undefined && { cityDirectory }),
        });
        send({ type: 'window', windowId: 'w1' });
        for (const feed of ['frame', 'records', 'conflicts', 'positions', 'readings']) up({ type: 'subscribe', feed });
      } else if (message.type === 'port') {
        if (message.message.type === 'values') {
          for (const value of message.message.values) take(value);
          return up({ type: 'taken', feeds: message.message.values.map(({ feed }) => feed) });
        }
        waiting.get(message.message.id)?.(message.message);
      } else resolve(message);
      return undefined;
    });
  });
  const call = (name: string, input: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      calls += 1;
      const id = calls;
      waiting.set(id, (message) => (message.type === 'answer' ? resolve(message.value) : reject(new Error(message.error.code))));
      void exited.then(() => reject(new Error('The station has ended.')));
      up({ type: 'call', id, name, input });
    });
  return {
    child,
    started,
    exited,
    frame: () => frame,
    records,
    conflicts: () => conflicts,
    unsent: () => unsent,
    positions,
    readings,
    call,
    submit: async (name, input, commandId = randomUUID()) => (await call('submit', { commandId, name, input })) as SubmitAnswer,
    stop: async () => {
      send({ type: 'stop' });
      await exited;
    },
    stderr: () => errors,
  };
};

/** `kind/id`, as in `records`. */
export const keyOf = (kind: RecordKind, id: Id): string => `${kind}/${id}`;
