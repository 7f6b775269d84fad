/**
 * One connection at a time, for ever.
 *
 *   waiting ──due──► opening ──open──► greeting ──welcome──► running
 *      ▲                │                 │                    │
 *      │                ├─ no answer for 2 s, or no way there: the next begins at once
 *      │                │                 ├────────────────────┴─ silent for 5 s: the next begins at once
 *      └────────────────┴─────────────────┴─ closed or refused by the other side: a random, growing pause
 *
 * Nothing that was sent into a silent network has reached anybody, so trying again at once loads nobody; an answer, even a bad
 * one, means that the other side is busy with us. A slow network is not a silent one: of attempts without an answer the first
 * and then every fourth is kept open beside the next ones, and whichever opens first is the connection.
 *
 * What the messages mean is the engine's business.
 */
import type { CopySum, Down, Spread } from '#contracts/wire/down.ts';
import type { Up } from '#contracts/wire/up.ts';
import { type LinkState, linkLimits, linkState as linkStateOf } from '#domain/rules/link-state.ts';
import type { Clock } from '../clock.ts';
import { type Attempts, createAttempts, type Pause } from './attempts.ts';
import { createPulse } from './pulse.ts';
import { readMessage } from './reading.ts';
import type { ServerClock } from './server-clock.ts';
import type { Connect, Transport } from './transport.ts';

const HEARTBEAT = 1_000;
/** An attempt without an answer for so long is given up, milliseconds; longer where round trips are known to be long. */
const OPEN_WITHIN = 2_000;
const ROUND_TRIPS_TO_OPEN = 8;
const LONGEST_OPEN = 10_000;
/** One kept beside the newer ones is given up after this long, milliseconds. */
const LINGER = 20_000;
const LINGERS_EVERY = 4;

/** One connection, from its attempt to its end. */
export type Session = {
  readonly phase: () => 'opening' | 'greeting' | 'running';
};

export type Link = {
  /** The connection whose welcome was taken; null between two of them. */
  readonly running: () => Session | null;
  /** Says something on this connection; nothing when it has ended. */
  readonly send: (session: Session, message: Up) => void;
  /** The welcome of this connection was taken; it says the server's time and this station's turn. */
  readonly welcomed: (session: Session, serverTime: number, spread: Spread | undefined) => void;
  /** Ends this connection and begins another. */
  readonly again: (session: Session, pause: Pause) => void;
  readonly state: () => LinkState;
  /** Milliseconds since the last heartbeat that was answered went up; null when there was none in this run. */
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
  readonly startedAt: number;
  phase: 'opening' | 'greeting' | 'running';
  helloAt: number;
  readonly pulse: ReturnType<typeof createPulse>;
  stopPatience: () => void;
};

/** Starts to keep a connection; `stop` ends it and every timer. */
export const startLink = (options: LinkOptions): Link => {
  const { clock, serverClock } = options;
  const attempts: Attempts = createAttempts({ clock, random: options.random, serverNow: serverClock.now, begin: () => open() });
  let connection: Connection | null = null;
  let lingering: Connection | null = null;
  let unanswered = 0;
  /** The other side is known not to be there. A connection that merely fell silent is not known to be dead. */
  let dead = true;
  let heardAt: number | null = null;
  let roundTrip: number | null = null;
  /** The shortest round trip of the last connection: how fast this network is when it works. */
  let quickest: number | null = null;

  const silence = (): number | null => (heardAt === null ? null : clock.monotonicNow() - heardAt);
  const state = (): LinkState => linkStateOf({ sinceHeardMs: silence(), socketDead: dead });

  let shownState = state();
  let stopWatch = (): void => undefined;
  /** Says that the state has moved, now and at the moment at which silence alone moves it next. */
  const watch = (): void => {
    stopWatch();
    const silent = silence();
    const next = [linkLimits.late, linkLimits.stale, linkLimits.offline].find((limit) => silent !== null && limit > silent);
    if (silent !== null && next !== undefined) stopWatch = clock.after(next - silent, watch);
    if (state() === shownState) return;
    shownState = state();
    options.moved();
  };

  const close = (ended: Connection): void => {
    ended.stopPatience();
    ended.transport.close();
  };
  const drop = (ended: Connection): void => {
    connection = null;
    if (ended.phase === 'running') attempts.lived(clock.monotonicNow() - ended.startedAt);
    options.ended();
    close(ended);
    watch();
  };
  const again = (current: Connection, pause: Pause): void => {
    drop(current);
    attempts.after(pause);
  };

  /** Gives the connection up at the moment at which it has been silent for as long as it may be. */
  const bePatient = (current: Connection): void => {
    current.stopPatience();
    current.stopPatience = clock.after(current.pulse.patience(), () => {
      if (connection !== current) return;
      if (current.pulse.patience() > 0) bePatient(current);
      else again(current, 'atOnce');
    });
  };
  /** No answer at all: the next attempt begins, and this one may stay beside it in case the network is only slow. */
  const openPatiently = (current: Connection): void => {
    const within = Math.max(OPEN_WITHIN, Math.min(LONGEST_OPEN, (quickest ?? 0) * ROUND_TRIPS_TO_OPEN));
    current.stopPatience = clock.after(within, () => {
      if (connection !== current) return;
      const stays = unanswered % LINGERS_EVERY === 0 && lingering === null;
      unanswered += 1;
      if (!stays) {
        again(current, 'atOnce');
        return;
      }
      connection = null;
      lingering = current;
      current.stopPatience = clock.after(LINGER - within, () => {
        if (lingering === current) lingering = null;
        close(current);
      });
      attempts.after('atOnce');
    });
  };

  const opened = (current: Connection): void => {
    if (lingering === current && connection?.phase !== 'greeting' && connection?.phase !== 'running') {
      const newer = connection;
      connection = current;
      if (newer) close(newer);
      attempts.cancel();
    }
    if (lingering && lingering !== current) close(lingering);
    lingering = null;
    if (connection !== current) {
      close(current);
      return;
    }
    unanswered = 0;
    current.phase = 'greeting';
    current.helloAt = clock.monotonicNow();
    current.pulse.opened(current.helloAt - current.startedAt);
    current.transport.send(options.hello());
    bePatient(current);
  };
  const closed = (current: Connection, reason: string): void => {
    current.stopPatience();
    if (lingering === current) lingering = null;
    if (connection !== current) return;
    if (reason === 'oversized') {
      options.unreadable(current.session, 'The hospital sent a message that is too large to be read.');
      return;
    }
    dead = true;
    if (reason !== 'unreachable') {
      again(current, 'backOff');
      return;
    }
    // Nobody was reached, so nobody is loaded; but a machine without a network says so at once, and for ever.
    drop(current);
    attempts.after('atOnce', current.startedAt + OPEN_WITHIN - clock.monotonicNow());
  };

  const pulsed = (current: Connection, message: Extract<Down, { type: 'pulse' }>): void => {
    const answered = current.pulse.answered(message.sequence);
    if (!answered || current.phase !== 'running') return;
    // An answer that lay on the line tells of the moment at which it was asked for, not of now.
    heardAt = Math.max(heardAt ?? answered.sentAt, answered.sentAt);
    ({ roundTrip, quickest } = answered);
    dead = false;
    serverClock.sample(answered.sentAt, answered.sentAt + roundTrip, message.serverTime);
    if (message.spread) attempts.spread(message.spread);
    options.heard(message.serverTime, message.sum);
    bePatient(current);
    watch();
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
      startedAt: now,
      phase: 'opening',
      helloAt: now,
      pulse: createPulse(clock, transport),
      stopPatience: () => undefined,
    };
    connection = current;
    transport.onOpen(() => {
      if (current.phase === 'opening' && (connection === current || lingering === current)) opened(current);
    });
    transport.onMessage((message) => {
      if (connection === current) take(current, message);
    });
    transport.onClose((reason) => closed(current, reason));
    openPatiently(current);
  }

  const stopBeat = clock.every(HEARTBEAT, () => {
    options.ticked(connection?.phase === 'running' ? connection.session : null);
    if (connection?.phase === 'running') connection.pulse.beat();
  });
  attempts.after(0);

  return {
    running: () => (connection?.phase === 'running' ? connection.session : null),
    send: (session, message) => {
      if (connection?.session === session) connection.transport.send(message);
    },
    welcomed: (session, serverTime, spread) => {
      if (connection?.session !== session) return;
      connection.phase = 'running';
      attempts.welcomed(spread);
      // Ages of what comes next must not be judged by a clock that was never set.
      serverClock.sample(connection.helloAt, clock.monotonicNow(), serverTime);
      connection.pulse.alive();
      connection.pulse.beat();
      bePatient(connection);
    },
    again: (session, pause) => {
      if (connection?.session !== session) return;
      dead = true;
      again(connection, pause);
    },
    state,
    silence,
    roundTrip: () => roundTrip,
    stop: () => {
      attempts.stop();
      stopBeat();
      if (connection) drop(connection);
      if (lingering) close(lingering);
      lingering = null;
      stopWatch();
    },
  };
};
