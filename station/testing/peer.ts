/** A scripted backend at the other end of an in-memory transport, and a desk on a fake clock: what the sync tests stand on. */
import { generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PortDown } from '#contracts/ipc/contract.ts';
import type { RoutingService } from '#contracts/ipc/main-station.ts';
import type { Conflict, Frame, RecordsPatch, SubmitAnswer } from '#contracts/ipc/station-window.ts';
import type { CopySum, Down, Row } from '#contracts/wire/down.ts';
import { joinGrantToken } from '#contracts/wire/grant-token.ts';
import type { Up } from '#contracts/wire/up.ts';
import { PROTOCOL_VERSION } from '#contracts/wire/version.ts';
import type { Role } from '#domain/model/grant.ts';
import type { RecordKind, VigilRecord } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { ids, testId, testNow } from '#domain/testing/builders.ts';
import { createFakeClock, type FakeClock } from '#domain/testing/fake-clock.ts';
import type { Clock } from '../clock.ts';
import type { CityPlace } from '../geo/city-thread.ts';
import { historyFile, historyKeyOf } from '../history/file.ts';
import { type Station, startStation } from '../station.ts';
import type { Database } from '../store/database.ts';
import { databaseFile, openStore } from '../store/open-store.ts';
import type { Connect } from '../sync/transport.ts';

export type Link = {
  /** What the station said on this connection, in order, heartbeats left out. */
  readonly said: Exclude<Up, { type: 'pulse' }>[];
  readonly say: (message: unknown) => void;
  readonly cut: () => void;
  /** Answers no heartbeat from now on. */
  mute: boolean;
  /** What the answers to heartbeats say that the checksum is. */
  sum: CopySum | null;
  readonly open: () => boolean;
};

export type Peer = {
  readonly connect: Connect;
  readonly links: Link[];
  /** The newest connection. */
  readonly link: () => Link;
  /** Whether a connection can be made. */
  reachable: boolean;
  /** The hospital's signature over a text, base64url. */
  readonly sign: (text: string) => string;
  readonly token: (roles?: readonly Role[]) => string;
  readonly welcome: (start: 'resume' | { readonly snapshotId: Id; readonly total: number }, rev: number, epoch?: Id) => Down;
};

export const epochA = testId('a', 901);

/** A backend that says only what the test says; it answers heartbeats and sign-ins by itself. */
export const createPeer = (clock: FakeClock): Peer => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const grantKey = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const signText = (text: string): string => sign(null, Buffer.from(text), privateKey).toString('base64url');
  const token = (roles: readonly Role[] = ['dispatcher', 'chargeNurse', 'triageNurse']): string => {
    const grant = {
      grantId: testId('6', 1),
      personId: ids.person,
      name: 'Ada Test',
      roles,
      facilityId: ids.facility,
      expiresAt: testNow + 12 * 3_600_000,
    };
    const signed = Buffer.from(JSON.stringify(grant)).toString('base64url');
    return joinGrantToken({ signed, signature: signText(signed) });
  };
  const peer: Peer = {
    links: [],
    link: () => {
      const link = peer.links.at(-1);
      if (!link) throw new Error('The station has not connected yet.');
      return link;
    },
    reachable: true,
    sign: signText,
    token,
    welcome: (start, rev, epoch = epochA) => ({
      type: 'welcome',
      protocol: PROTOCOL_VERSION,
      epoch,
      rev,
      serverTime: clock.now(),
      facilityName: 'Test Hospital',
      grantKey,
      projection: 'desk',
      start: start === 'resume' ? { mode: 'resume' } : { mode: 'snapshot', ...start },
    }),
    connect: () => {
      let listenOpen = (): void => undefined;
      let listenMessage = (_message: unknown): void => undefined;
      let listenClose = (_reason: string): void => undefined;
      let open = false;
      let ended = false;
      const cut = (): void => {
        if (ended) return;
        ended = true;
        open = false;
        clock.after(0, () => listenClose('cut'));
      };
      const link: Link = {
        said: [],
        say: (message) => void clock.after(0, () => (open ? listenMessage(structuredClone(message)) : undefined)),
        cut,
        mute: false,
        sum: null,
        open: () => open,
      };
      clock.after(0, () => {
        if (!peer.reachable) return cut();
        open = true;
        peer.links.push(link);
        listenOpen();
      });
      return {
        send: (message) => {
          if (!open) return;
          if (message.type !== 'pulse') link.said.push(structuredClone(message));
          else if (!link.mute) {
            const sum = link.sum ? { sum: link.sum } : {};
            link.say({ type: 'pulse', sequence: message.sequence, serverTime: clock.now(), ...sum });
          }
          if (message.type === 'signIn') link.say({ type: 'signedIn', grant: token() });
        },
        onOpen: (listen) => {
          listenOpen = listen;
        },
        onMessage: (listen) => {
          listenMessage = listen;
        },
        onClose: (listen) => {
          listenClose = listen;
        },
        close: cut,
      };
    },
  };
  return peer;
};

/** A window that takes every value at once and keeps what it was told. */
export type TestWindow = {
  readonly frame: () => Frame;
  readonly conflicts: () => readonly Conflict[];
  readonly unsent: () => readonly string[];
  readonly record: (kind: RecordKind, id: Id) => VigilRecord | undefined;
  readonly pending: () => readonly string[];
  readonly submit: (name: string, input: unknown, commandId?: Id) => Promise<SubmitAnswer>;
  readonly call: (name: string, input: unknown) => Promise<unknown>;
  /** Everything the station posted, in order. */
  readonly posted: PortDown[];
  takes: boolean;
};

export const openWindow = (station: Station): TestWindow => {
  const shown = new Map<string, RecordsPatch['puts'][number]>();
  const latest: { frame: Frame | null; conflicts: readonly Conflict[]; unsent: readonly string[] } = {
    frame: null,
    conflicts: [],
    unsent: [],
  };
  const waiting = new Map<number, { readonly take: (value: unknown) => void; readonly fail: (error: Error) => void }>();
  const heard: { listen: (message: unknown) => void } = { listen: () => undefined };
  let calls = 0;
  const value = (feed: string, given: unknown): void => {
    if (feed === 'frame') latest.frame = given as Frame;
    if (feed === 'conflicts') {
      const both = given as { conflicts: Conflict[]; unsent: { commandId: string }[] };
      latest.conflicts = both.conflicts;
      latest.unsent = both.unsent.map(({ commandId }) => commandId);
    }
    if (feed !== 'records') return;
    const patch = given as RecordsPatch;
    if (patch.reset) shown.clear();
    for (const put of patch.puts) shown.set(`${put.record.kind}/${put.record.id}`, put);
    for (const { kind, id } of patch.removes) shown.delete(`${kind}/${id}`);
  };
  const window: TestWindow = {
    posted: [],
    takes: true,
    frame: () => {
      if (!latest.frame) throw new Error('No frame yet.');
      return latest.frame;
    },
    conflicts: () => latest.conflicts,
    unsent: () => latest.unsent,
    record: (kind, id) => shown.get(`${kind}/${id}`)?.record,
    pending: () => [...shown].filter(([, { pending }]) => pending).map(([key]) => key),
    call: (name, input) =>
      new Promise((take, fail) => {
        calls += 1;
        waiting.set(calls, { take, fail });
        heard.listen({ type: 'call', id: calls, name, input });
      }),
    submit: (name, input, commandId = randomUUID()) => window.call('submit', { commandId, name, input }) as Promise<SubmitAnswer>,
  };
  station.attach({
    post: (message) => {
      window.posted.push(structuredClone(message));
      if (message.type === 'answer') waiting.get(message.id)?.take(message.value);
      if (message.type === 'refused') waiting.get(message.id)?.fail(new Error(`${message.error.code}: ${message.error.message}`));
      if (message.type !== 'values') return;
      for (const given of message.values) value(given.feed, given.value);
      if (window.takes) heard.listen({ type: 'taken', feeds: message.values.map(({ feed }) => feed) });
    },
    onMessage: (listen) => {
      heard.listen = listen;
    },
  });
  for (const feed of ['frame', 'records', 'positions', 'readings', 'conflicts', 'health'])
    heard.listen({ type: 'subscribe', feed });
  return window;
};

/** Every value of a feed that the station posted to a window, in order. */
export const valuesOf = (window: TestWindow, feed: string): readonly unknown[] =>
  window.posted.flatMap((message) =>
    message.type === 'values' ? message.values.filter((given) => given.feed === feed).map(({ value }) => value) : [],
  );

export type TestDesk = {
  readonly clock: FakeClock;
  readonly peer: Peer;
  readonly directory: string;
  readonly databasePath: string;
  readonly key: Uint8Array;
  readonly station: () => Station;
  readonly window: () => TestWindow;
  readonly database: () => Database;
  /** Ends the station and starts it again on the same file; `machine` restarts the machine as well, its wall clock off by so many milliseconds. */
  readonly restart: (machine?: { readonly wallOffBy: number }) => Promise<void>;
  readonly fatal: unknown[];
  readonly end: () => void;
};

/** A real station with a real encrypted file, on a fake clock, at a scripted backend. */
export const startDesk = async (
  options: {
    readonly connect?: (clock: FakeClock) => Connect;
    readonly city?: CityPlace;
    readonly routing?: RoutingService;
    /** The code of the history's thread; without it nothing is recorded. */
    readonly historyThread?: URL;
  } = {},
): Promise<TestDesk> => {
  const clock = createFakeClock(testNow);
  const machine = { boots: 0, bootedAt: 0, wallOffBy: 0 };
  const stationClock: Clock = {
    wallNow: () => clock.now() + machine.wallOffBy,
    monotonicNow: () => clock.now() - machine.bootedAt,
    after: clock.after,
    every: clock.every,
  };
  const peer = createPeer(clock);
  const directory = mkdtempSync(join(tmpdir(), 'vigil-station-'));
  const key = randomBytes(32);
  const fatal: unknown[] = [];
  const begin = async (): Promise<{ readonly station: Station; readonly window: TestWindow; readonly database: Database }> => {
    const store = await openStore({ directory, key, wallNow: clock.now() });
    const station = startStation({
      store,
      connect: options.connect?.(clock) ?? peer.connect,
      clock: stationClock,
      random: () => 0.5,
      bootId: `boot${machine.boots}`,
      deviceToken: 'token',
      signInAs: 'demo',
      storeWarning: null,
      ...(options.city && { city: options.city }),
      ...(options.routing && { routing: options.routing }),
      ...(options.historyThread && {
        history: { thread: options.historyThread, file: join(directory, historyFile), key: historyKeyOf(key) },
      }),
      log: () => undefined,
      fatal: (error) => void fatal.push(error),
    });
    const window = openWindow(station);
    clock.advance(0);
    return { station, window, database: store.database };
  };
  let current = await begin();
  return {
    clock,
    peer,
    directory,
    databasePath: join(directory, databaseFile),
    key,
    station: () => current.station,
    window: () => current.window,
    database: () => current.database,
    restart: async (restarted) => {
      current.station.stop();
      clock.advance(0);
      if (restarted) Object.assign(machine, { boots: machine.boots + 1, bootedAt: clock.now(), wallOffBy: restarted.wallOffBy });
      current = await begin();
    },
    fatal,
    end: () => {
      current.station.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

/** A poke that says nothing but where it begins and ends, and what `rest` adds. */
export const poke = (base: number, rev: number, rest: object = {}) => ({
  type: 'poke',
  base,
  rev,
  puts: [],
  deletes: [],
  settled: [],
  ...rest,
});

/** Rows at one rev. */
export const rowsAt = (rev: number, ...records: readonly VigilRecord[]): Row[] => records.map((record) => ({ rev, record }));

/** Lets answers that are promises arrive. */
export const settleTurn = async (clock: FakeClock): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) {
    clock.advance(0);
    await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
  }
};
