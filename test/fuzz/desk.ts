/** One desk of a simulation: the real station with a window, over a store that survives it, on a line to the hospital. */
import type { PortDown } from '#contracts/ipc/contract.ts';
import type { Conflict, Frame, RecordsPatch, ShownRow, SubmitAnswer } from '#contracts/ipc/station-window.ts';
import type { Role } from '#domain/model/grant.ts';
import type { RecordView, VigilRecord } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import type { Random } from '#domain/testing/random.ts';
import { createView } from '#domain/testing/view.ts';
import { type Station, startStation } from '#station/station.ts';
import type { Database } from '#station/store/database.ts';
import { Crash, type CrashPlace, createCrashPoints } from './crash-points.ts';
import { asProcessSees, openDeskDatabase } from './desk-store.ts';
import type { EventQueue, Owner } from './event-queue.ts';
import type { Held } from './history.ts';
import { tokens } from './hospital.ts';
import type { Line } from './network.ts';

/** A gesture of a user and every answer the window got to it. */
export type Gesture = {
  readonly commandId: Id;
  readonly name: string;
  readonly input: unknown;
  readonly madeAt: number;
  readonly answers: SubmitAnswer[];
};

export type Desk = {
  readonly index: number;
  readonly database: Database;
  readonly gestures: ReadonlyMap<Id, Gesture>;
  /** The place of each command in the outbox, as it was committed. */
  readonly places: ReadonlyMap<Id, number>;
  /** Every command that ever stood as a conflict in the file. */
  readonly told: ReadonlySet<Id>;
  readonly running: () => boolean;
  readonly start: () => void;
  /** Ends as a process should. */
  readonly stop: () => void;
  /** Dies now; `power`: the machine as well, so that its monotonic clock begins anew. */
  readonly crash: (power: boolean) => void;
  /** The device is this from now on, after a new start. */
  readonly become: (held: Held) => void;
  readonly armCrash: (place: CrashPlace, skip: number) => void;
  readonly disarmCrash: () => void;
  readonly setDiskFull: (full: boolean) => void;
  readonly submit: (name: string, input: unknown, commandId: Id) => void;
  readonly signIn: (as: 'demo' | Role) => void;
  readonly dismiss: () => void;
  /** Whether the window takes what it is given, or leaves it lying. */
  readonly setWindowTakes: (takes: boolean) => void;
  /** It runs and somebody looks at its window. */
  readonly looking: () => boolean;
  readonly shown: () => readonly ShownRow[];
  readonly view: () => RecordView;
  readonly frame: () => Frame | null;
  readonly conflicts: () => readonly Conflict[];
  /** Timers that its process has left behind after a stop. */
  readonly leaked: () => number;
};

export type DeskOptions = {
  readonly index: number;
  readonly queue: EventQueue;
  readonly line: Line;
  readonly random: Random;
  /** What the device is at first. */
  readonly held: Held;
  /** What stands between the process and its store: a planted fault, or nothing. */
  readonly tamper: (database: Database) => Database;
  readonly restartAfter: () => number;
  readonly committed: () => void;
  readonly broken: (error: unknown) => void;
  readonly trace: (text: string, message?: unknown) => void;
};

const PLACES = 'SELECT command_id AS id, sequence FROM outbox';
const TOLD = 'SELECT command_id AS id FROM conflict';

/** Makes a desk that does not run yet. */
export const createDesk = (options: DeskOptions): Desk => {
  const { queue, line, random, trace } = options;
  const database = openDeskDatabase();
  const gestures = new Map<Id, Gesture>();
  const places = new Map<Id, number>();
  const told = new Set<Id>();
  const wallSkew = random.int(-3_600_000, 3_600_000);
  let { held } = options;
  let boot = 1;
  let bootedAt = queue.now() - random.int(10_000, 10_000_000);
  let diskFull = false;
  let takes = true;
  let left: Owner | null = null;
  let shown = new Map<string, ShownRow>();
  let frame: Frame | null = null;
  let conflicts: readonly Conflict[] = [];
  type Process = {
    readonly station: Station;
    readonly owner: Owner;
    readonly hear: (message: unknown) => void;
    readonly lying: Set<string>;
  };
  let current: Process | null = null;
  // A process that dies while it starts has an owner and nothing else.
  let owner: Owner | null = null;
  let calls = 0;
  const answered = new Map<number, (message: PortDown) => void>();

  const committed = (): void => {
    for (const { id, sequence } of database.read.all<{ id: Id; sequence: number }>(PLACES)) places.set(id, sequence);
    for (const { id } of database.read.all<{ id: Id }>(TOLD)) told.add(id);
    options.committed();
  };
  const outside = queue.owner(options.broken);
  const die = (how: string): void => {
    if (!owner) return;
    trace(`dies: ${how}`);
    owner.kill();
    owner = null;
    current = null;
    committed();
    answered.clear();
    line.deskDied(random.chance(0.3));
    outside.after(options.restartAfter(), start);
  };
  const points = createCrashPoints((place) => die(place));

  const value = (feed: string, given: unknown): void => {
    if (feed === 'frame') frame = given as Frame;
    if (feed === 'conflicts') ({ conflicts } = given as { conflicts: readonly Conflict[] });
    if (feed !== 'records') return;
    const patch = given as RecordsPatch;
    if (patch.reset) shown = new Map();
    for (const put of patch.puts) shown.set(`${put.record.kind}/${put.record.id}`, put);
    for (const { kind, id } of patch.removes) shown.delete(`${kind}/${id}`);
  };

  function start(): void {
    if (owner) return;
    trace('starts');
    const mine = queue.owner((error) => {
      if (!(error instanceof Crash)) options.broken(error);
    });
    owner = mine;
    mine.enter(() => {
      const seen = asProcessSees(database, {
        alive: mine.alive,
        points,
        diskFull: () => diskFull,
        committed,
      });
      const station = startStation({
        store: {
          database: options.tamper(seen),
          quarantined: null,
          lost: 0,
          progressed: () => undefined,
          close: () => undefined,
        },
        connect: line.connectOf(mine, { before: () => points.pass('beforeSend'), after: () => points.pass('afterSend') }),
        clock: {
          wallNow: () => Math.floor(queue.now()) + wallSkew,
          monotonicNow: () => queue.now() - bootedAt,
          after: mine.after,
          every: mine.every,
        },
        random: random.next,
        bootId: `boot ${boot}`,
        deviceToken: tokens[held],
        signInAs: held === 'display' ? 'display' : 'demo',
        storeWarning: null,
        log: () => undefined,
        fatal: (error) => {
          if (error instanceof Crash) return;
          options.broken(error);
          die('fatal');
        },
      });
      const heard = { listen: (_message: unknown): void => undefined };
      const lying = new Set<string>();
      shown = new Map();
      frame = null;
      conflicts = [];
      station.attach({
        post: (message) => {
          if (!mine.alive()) return;
          if (message.type === 'answer' || message.type === 'refused') answered.get(message.id)?.(message);
          if (message.type !== 'values') return;
          for (const given of message.values) value(given.feed, given.value);
          const feeds = message.values.map(({ feed }) => feed);
          if (takes) heard.listen({ type: 'taken', feeds });
          else for (const feed of feeds) lying.add(feed);
        },
        onMessage: (listen) => {
          heard.listen = listen;
        },
      });
      current = { station, owner: mine, hear: (message) => mine.enter(() => heard.listen(message)), lying };
      for (const feed of ['frame', 'records', 'conflicts']) heard.listen({ type: 'subscribe', feed });
    });
  }

  const call = (name: string, input: unknown, take: (message: PortDown) => void): void => {
    if (!current) return;
    calls += 1;
    answered.set(calls, take);
    current.hear({ type: 'call', id: calls, name, input });
  };

  return {
    index: options.index,
    database,
    gestures,
    places,
    told,
    running: () => current !== null,
    start,
    stop: () => {
      if (!current || !owner) return;
      const { station, owner: mine } = current;
      mine.enter(station.stop);
      owner = null;
      current = null;
      left = mine;
    },
    crash: (power) => {
      if (power) {
        boot += 1;
        bootedAt = queue.now();
      }
      die(power ? 'power' : 'killed');
    },
    become: (now) => {
      if (held === now) return;
      held = now;
      die(`to be a ${now}`);
    },
    armCrash: points.arm,
    disarmCrash: points.disarm,
    setDiskFull: (full) => {
      diskFull = full;
    },
    submit: (name, input, commandId) => {
      if (!current) return;
      const gesture: Gesture = gestures.get(commandId) ?? { commandId, name, input, madeAt: queue.now(), answers: [] };
      gestures.set(commandId, gesture);
      trace(`submits ${name} ${commandId}`, input);
      call('submit', { commandId, name, input }, (message) => {
        if (message.type !== 'answer') return trace(`is told ${JSON.stringify(message)}`);
        const answer = message.value as SubmitAnswer;
        trace(`is told ${answer.status}${answer.status === 'refused' ? ` ${answer.code}` : ''} for ${commandId}`);
        gesture.answers.push(answer);
      });
    },
    signIn: (as) => call('signIn', { as }, () => undefined),
    dismiss: () => {
      const [first] = conflicts;
      if (first) call('resolveConflict', { commandId: first.commandId, choice: 'keep', reason: 'Read.' }, () => undefined);
    },
    setWindowTakes: (now) => {
      takes = now;
      if (!takes || !current) return;
      const { lying, hear } = current;
      const feeds = [...lying];
      lying.clear();
      if (feeds.length > 0) hear({ type: 'taken', feeds });
    },
    looking: () => current !== null && takes,
    shown: () => [...shown.values()],
    view: () => createView([...shown.values()].map(({ record }): VigilRecord => record)),
    frame: () => frame,
    conflicts: () => conflicts,
    leaked: () => left?.waiting() ?? 0,
  };
};
