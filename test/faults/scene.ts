/** The processes and files of one run of a fault, and their end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createCore } from '#backend/core/core.ts';
import { createGrantAuthority, newSigningKey } from '#backend/core/grants.ts';
import { openStore } from '#backend/store/sqlite/open.ts';
import type { RecordKind, VigilRecord } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { createRandom, type Random } from '#domain/testing/random.ts';
import { type StationProcess, startStationProcess, until } from '#test/system/station-process.ts';
import { department, type Gesture } from './work.ts';

/** What was found wrong, a sentence each; nothing when the fault was survived. */
export type Findings = readonly string[];

export type HospitalState = {
  readonly rev: number;
  readonly records: Readonly<Record<RecordKind, readonly VigilRecord[]>>;
};

export type HospitalProcess = {
  readonly port: number;
  /** Where it listens for the patient administration; null when it does not. */
  readonly adtPort: number | null;
  readonly file: string;
  readonly child: ChildProcess;
  readonly exited: Promise<unknown>;
  /** Ends it as a crash does. */
  readonly crash: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly state: () => Promise<HospitalState>;
};

export type Desk = StationProcess & {
  readonly directory: string;
  readonly key: Uint8Array;
  /** Makes a gesture; a command that was saved is remembered in `saved`. Rejects when the station has ended. */
  readonly make: (gesture: Gesture) => Promise<'saved' | 'refused' | 'notSaved'>;
  readonly saved: Id[];
  readonly crash: () => Promise<void>;
};

export type Scene = {
  readonly directory: string;
  readonly random: Random;
  readonly expect: (holds: boolean, sentence: string) => void;
  /** What must be ended with the run. */
  readonly own: (end: () => void | Promise<void>) => void;
  /** Starts the hospital on a file of the scene, which is filled when it is new. */
  readonly hospital: (options?: {
    readonly port?: number;
    readonly records?: readonly VigilRecord[];
    readonly environment?: NodeJS.ProcessEnv;
    readonly arguments?: readonly string[];
  }) => Promise<HospitalProcess>;
  /** Starts a station on a directory of the scene; the same name is the same desk, with all it had saved. */
  readonly desk: (
    name: string,
    backend: number | string,
    options?: { readonly environment?: NodeJS.ProcessEnv; readonly key?: Uint8Array; readonly user?: number },
  ) => Desk;
  readonly file: (name: string) => string;
};

const fillHospital = (path: string, records: readonly VigilRecord[]): void => {
  const store = openStore(path);
  try {
    const signingKey = store.meta('grantSigningKey') ?? newSigningKey();
    store.transact(() => store.setMeta('grantSigningKey', signingKey));
    const grants = createGrantAuthority(signingKey);
    const core = createCore({ store, clock: Date.now, verifyGrant: grants.verify });
    if (core.rev() === 0) core.commit(records);
  } finally {
    store.close();
  }
};

const backendMain = join(import.meta.dirname, '../../backend/main.ts');

const startHospital = async (
  file: string,
  port: number,
  environment: NodeJS.ProcessEnv,
  more: readonly string[],
): Promise<HospitalProcess> => {
  const child = spawn(
    process.execPath,
    [backendMain, '--port', String(port), '--data', file, '--no-simulator', '--expose-state', ...more],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } },
  );
  let said = '';
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const exited = once(child, 'exit');
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>,
    exited.then((): never => {
      throw new Error(`The hospital did not start: ${said}`);
    }),
  ]);
  const { listening, adt = null } = JSON.parse(line[0]) as { readonly listening: number; readonly adt?: number };
  return {
    port: listening,
    adtPort: adt,
    file,
    child,
    exited,
    crash: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
    state: async () => (await (await fetch(`http://127.0.0.1:${listening}/state`)).json()) as HospitalState,
  };
};

/** Plays one run in a directory of its own; whatever it throws is a finding, and all it started is ended. */
export const withScene = async (seed: number, play: (scene: Scene) => Promise<void>): Promise<Findings> => {
  const directory = mkdtempSync(join(tmpdir(), 'vigil-fault-'));
  const findings: string[] = [];
  const ends: (() => void | Promise<void>)[] = [];
  type Known = { readonly key: Uint8Array; readonly saved: Id[] };
  const known = new Map<string, Known>();
  const hospitalFile = join(directory, 'hospital.db');
  const scene: Scene = {
    directory,
    random: createRandom(seed),
    expect: (holds, sentence) => {
      if (!holds) findings.push(sentence);
    },
    own: (end) => void ends.push(end),
    hospital: async ({ port = 0, records = department, environment = {}, arguments: more = [] } = {}) => {
      fillHospital(hospitalFile, records);
      const started = await startHospital(hospitalFile, port, environment, more);
      ends.push(started.crash);
      return started;
    },
    desk: (name, backend, { environment, key, user } = {}) => {
      const kept: Known = known.get(name) ?? { key: randomBytes(32), saved: [] };
      known.set(name, kept);
      const deskDirectory = join(directory, name);
      mkdirSync(deskDirectory, { recursive: true, mode: 0o700 });
      const station = startStationProcess({
        directory: deskDirectory,
        key: key ?? kept.key,
        backendPort: typeof backend === 'number' ? backend : 1,
        ...(typeof backend === 'string' ? { backendUrl: backend } : {}),
        ...(environment ? { environment } : {}),
        ...(user === undefined ? {} : { user }),
      });
      const crash = async (): Promise<void> => {
        station.child.kill('SIGKILL');
        await station.exited;
      };
      ends.push(crash);
      return {
        ...station,
        directory: deskDirectory,
        key: kept.key,
        saved: kept.saved,
        crash,
        make: async ({ commandId, name: command, input }) => {
          const { status } = await station.submit(command, input, commandId);
          if (status === 'saved') kept.saved.push(commandId);
          return status;
        },
      };
    },
    file: (name) => join(directory, name),
  };
  try {
    await play(scene);
  } catch (error) {
    findings.push(error instanceof Error ? error.message : String(error));
  } finally {
    for (const end of ends.reverse()) await end();
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  }
  return findings;
};

/** Until the desk is connected, its copy whole, and somebody signed in. */
export const live = (desk: Desk, within = 15_000): Promise<void> =>
  until(
    'live and whole',
    () => {
      const frame = desk.frame();
      return frame?.link.state === 'live' && frame.copy.state === 'whole' && frame.person !== null;
    },
    within,
  );

/** Until the desk can be used: it was told its rows, whatever the link is. */
export const usable = (desk: Desk, rows = department.length, within = 10_000): Promise<void> =>
  until('usable from its cache', () => (desk.frame()?.person ?? null) !== null && desk.records.size >= rows, within);

export const offline = (desk: Desk, within = 20_000): Promise<void> =>
  until('offline', () => desk.frame()?.link.state === 'offline', within);

/** Until the backend has answered all that this desk has made. */
export const settled = (desk: Desk, within = 60_000): Promise<void> =>
  until('all settled', () => desk.frame()?.link.state === 'live' && desk.frame()?.unsent.count === 0, within);

/** Gestures without a pause until the station is gone; the one whose answer was lost with it is asked again by nobody. */
export const workUntilGone = async (desk: Desk, next: () => Gesture): Promise<void> => {
  for (;;) {
    const answer = await desk.make(next()).catch((error: Error) => {
      if (error.message !== 'The station has ended.') throw error;
      return null;
    });
    if (answer === null) return;
    if (answer !== 'saved') throw new Error(`A gesture was ${answer}.`);
  }
};

/** So many gestures, one after the other; every one must be saved. */
export const work = async (desk: Desk, next: () => Gesture, count: number): Promise<void> => {
  for (let made = 0; made < count; made += 1) {
    const answer = await desk.make(next());
    if (answer !== 'saved') throw new Error(`A gesture was ${answer}.`);
  }
};
