/**
 * One connection at a time, for ever.
 *
 *   waiting ──due──► opening ──open──► greeting ──welcome──► running
 *      ▲                │                 │                    │
 *      └────────────────┴── closed, refused, silent 15 s, ─────┘
 *                           or a poke that does not begin where the copy ends
 *
 * When to connect, when to give a connection up and what to say of it stands here; what the messages mean is the
 * engine's business.
 */
import type { CopySum, Down } from '#contracts/wire/down.ts';
import type { Up } from '#contracts/wire/up.ts';
import { type LinkState, linkLimits, linkState as linkStateOf } from '#domain/rules/link-state.ts';
import type { Clock } from '../clock.ts';
import { readMessage } from './reading.ts';
import type { ServerClock } from './server-clock.ts';
import type { Connect, Transport } from './transport.ts';

const HEARTBEAT = 1_000;
const WATCH = 250;
const FIRST_BACKOFF = 1_000;
/** The longest pause between two attempts, milliseconds. */
export const LONGEST_BACKOFF = 15_000;

/** One connection, from its attempt to its end. */
export type Session = {
  readonly phase: () => 'opening' | 'greeting' | 'running';
};

/** When the next attempt begins: after so many milliseconds, or after a random pause that grows with each failure and may have to be a second at least. */
export type Pause = number | 'backOff' | 'backOffASecond';

export type Link = {
  /** The connection whose welcome was taken; null between two of them. */
  readonly running: () => Session | null;
  /** Says something on this connection; nothing when it has ended. */
  readonly send: (session: Session, message: Up) => void;
  /** The welcome of this connection was taken. */
  readonly welcomed: (session: Session) => void;
  /** Ends this connection and begins another; false when it had ended already. */
  readonly again: (session: Session, pause: Pause) => boolean;
  readonly state: () => LinkState;
  /** Milliseconds since the last answered heartbeat; null when there was none in this run. */
  readonly silence: () => number | null;
  readonly roundTrip: () => number | null;
  readonly stop: () => void;
};

export type LinkOptions = {
  readonly connect: Connect;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly serverClock: ServerClock;
  /** The first message of a connection. */
  readonly hello: () => Up;
  /** What arrived, parsed, heartbeats left out. */
  readonly take: (session: Session, message: Exclude<Down, { type: 'pulse' }>) => void;
  /** Something arrived that cannot be read; it is for the owner to begin again. */
  readonly unreadable: (session: Session, sentence: string) => void;
  /** A heartbeat was answered with this server time and, maybe, with the checksum the copy should have. */
  readonly heard: (serverTime: number, sum: CopySum | undefined) => void;
  /** Once a second, with the running connection. */
  readonly ticked: (session: Session | null) => void;
  /** A connection has ended. */
  readonly ended: () => void;
  readonly moved: () => void;
};

type Connection = {
  readonly session: Session;
  readonly transport: Transport;
  phase: 'opening' | 'greeting' | 'running';
  /** Monotonic moment of the last sign of life. */
  aliveAt: number;
  readonly openedAt: number;
  pulse: number;
  readonly pulses: Map<number, number>;
  heard: boolean;
};

/** Starts to keep a connection; `stop` ends it and every timer. */
export const startLink = (options: LinkOptions): Link => {
  const { clock, serverClock } = options;
  let connection: Connection | null = null;
  let attempts = 0;
  // A welcome alone proves nothing: two desks with one name would push each other out for ever.
  let shortLives = 0;
  let stopped = false;
  let heardAt: number | null = null;
  let roundTrip: number | null = null;
  let cancelAttempt = (): void => undefined;

  const silence = (): number | null => (heardAt === null ? null : clock.monotonicNow() - heardAt);
  const state = (): LinkState => linkStateOf({ sinceHeardMs: silence(), socketDead: !connection?.heard });
  const isCurrent = (session: Session): boolean => connection?.session === session;

  const attemptIn = (pause: Pause): void => {
    if (stopped) return;
    cancelAttempt();
    const least = pause === 'backOffASecond' ? FIRST_BACKOFF : 0;
    cancelAttempt = clock.after(typeof pause === 'number' ? pause : Math.max(least, backOff()), open);
  };
  const backOff = (): number => {
    const ceiling = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** Math.min(attempts, 10));
    attempts += 1;
    return options.random() * ceiling;
  };
  const drop = (ended: Connection): void => {
    connection = null;
    if (ended.phase === 'running') shortLives = clock.monotonicNow() - ended.openedAt < LONGEST_BACKOFF ? shortLives + 1 : 0;
    options.ended();
    ended.transport.close();
    options.moved();
  };
  const again = (current: Connection, pause: Pause): void => {
    drop(current);
    attemptIn(pause);
  };

  const beat = (current: Connection): void => {
    current.pulse += 1;
    current.pulses.set(current.pulse, clock.monotonicNow());
    // Answers this old say nothing any more.
    current.pulses.delete(current.pulse - 30);
    current.transport.send({ type: 'pulse', sequence: current.pulse });
  };
  const pulsed = (current: Connection, { sequence, serverTime, sum }: Extract<Down, { type: 'pulse' }>): void => {
    const sentAt = current.pulses.get(sequence);
    if (sentAt === undefined) return;
    current.pulses.delete(sequence);
    const now = clock.monotonicNow();
    const before = state();
    // An answer that lay on the line tells of the moment at which it was asked for, not of now.
    heardAt = Math.max(heardAt ?? sentAt, sentAt);
    current.aliveAt = now;
    roundTrip = now - sentAt;
    current.heard = true;
    serverClock.sample(sentAt, now, serverTime);
    options.heard(serverTime, sum);
    if (before !== state()) options.moved();
  };

  const take = (current: Connection, raw: unknown): void => {
    const read = readMessage(raw);
    if (!read.ok) options.unreadable(current.session, `The hospital sent what this desk cannot read (${read.where}).`);
    else if (read.message.type === 'pulse') pulsed(current, read.message);
    else options.take(current.session, read.message);
  };

  function open(): void {
    const transport = options.connect();
    const now = clock.monotonicNow();
    const current: Connection = {
      session: { phase: () => current.phase },
      transport,
      phase: 'opening',
      aliveAt: now,
      openedAt: now,
      pulse: 0,
      pulses: new Map(),
      heard: false,
    };
    connection = current;
    transport.onOpen(() => {
      if (connection !== current) return;
      current.phase = 'greeting';
      transport.send(options.hello());
    });
    transport.onMessage((message) => {
      if (connection === current) take(current, message);
    });
    transport.onClose((reason) => {
      if (connection !== current) return;
      if (reason === 'oversized')
        options.unreadable(current.session, 'The hospital sent a message that is too large to be read.');
      else again(current, 'backOff');
    });
  }

  const tick = (): void => {
    options.ticked(connection?.phase === 'running' ? connection.session : null);
    const current = connection;
    if (!current) return;
    if (current.phase === 'running') beat(current);
    if (clock.monotonicNow() - current.aliveAt >= linkLimits.offline) again(current, 'backOff');
  };
  let lastState = state();
  const watch = (): void => {
    if (state() === lastState) return;
    lastState = state();
    options.moved();
  };
  const stopBeat = clock.every(HEARTBEAT, tick);
  const stopWatch = clock.every(WATCH, watch);
  attemptIn(0);

  return {
    running: () => (connection?.phase === 'running' ? connection.session : null),
    send: (session, message) => {
      if (isCurrent(session)) connection?.transport.send(message);
    },
    welcomed: (session) => {
      if (connection?.session !== session) return;
      connection.phase = 'running';
      attempts = shortLives;
      beat(connection);
    },
    again: (session, pause) => {
      if (connection?.session !== session) return false;
      again(connection, pause);
      return true;
    },
    state,
    silence,
    roundTrip: () => roundTrip,
    stop: () => {
      stopped = true;
      stopBeat();
      stopWatch();
      cancelAttempt();
      if (connection) drop(connection);
    },
  };
};
