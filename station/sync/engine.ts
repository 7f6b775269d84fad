/**
 * One connection at a time, for ever.
 *
 *   waiting ──due──► opening ──open──► greeting ──welcome──► running
 *      ▲                │                 │                    │
 *      └────────────────┴── closed, refused, silent 15 s, ─────┘
 *                           or a poke that does not begin where the copy ends
 *
 * What changes the copy is queued and committed once a turn of the event loop; heartbeats, telemetry and sign-ins are
 * answered as they come. A resync is a new connection: the hello says where the copy ends, and nothing is lost by it.
 */
import { type Down, downSchema } from '#contracts/wire/down.ts';
import type { WireError } from '#contracts/wire/errors.ts';
import type { Up } from '#contracts/wire/up.ts';
import { PROTOCOL_VERSION } from '#contracts/wire/version.ts';
import { commandNamed } from '#domain/commands/decide.ts';
import type { Role } from '#domain/model/grant.ts';
import { type LinkState, linkLimits, linkState as linkStateOf } from '#domain/rules/link-state.ts';
import type { PendingCommand } from '../outbox/outbox.ts';
import { isDiskFailure } from '../store/database.ts';
import { EVENT_SHOWN_FOR } from '../troubles.ts';
import type { EngineOptions } from './engine-options.ts';
import type { Sequenced } from './replica.ts';
import { createSignInQueue } from './sign-in-queue.ts';
import type { Transport } from './transport.ts';

export type Engine = {
  /** Sends what the outbox holds and was not sent on this connection. */
  readonly kick: () => void;
  readonly linkState: () => LinkState;
  /** Milliseconds since the last answered heartbeat; null when there was none in this run. */
  readonly silence: () => number | null;
  readonly roundTrip: () => number | null;
  /** Asks for a person's grant; resolves to the token, rejects when the link does not answer within 5 s. */
  readonly signIn: (as: 'demo' | Role) => Promise<string>;
  readonly stop: () => void;
};

const HEARTBEAT = 1_000;
const FIRST_BACKOFF = 1_000;
const LONGEST_BACKOFF = 15_000;
const RETRY_AFTER_REFUSAL = 1_000;
const MOST_PER_MESSAGE = 100;
const MOST_IN_FLIGHT = 200;
/** A command without a settlement for so long is sent again under its own id. */
const RESEND_AFTER = 30_000;

type Connection = {
  readonly transport: Transport;
  phase: 'opening' | 'greeting' | 'running';
  sentUpTo: number;
  /** Monotonic moment of the last sign of life, and of the last settlement. */
  aliveAt: number;
  readonly openedAt: number;
  progressAt: number;
  pulse: number;
  readonly pulses: Map<number, number>;
  heard: boolean;
};

/** Starts to keep the desk connected; `stop` ends the connection and every timer. */
export const startEngine = (options: EngineOptions): Engine => {
  const { clock, replica, outbox, troubles, serverClock } = options;
  let connection: Connection | null = null;
  let attempts = 0;
  // A welcome alone proves nothing: two desks with one name would push each other out for ever.
  let shortLives = 0;
  let resyncs = 0;
  let fromNothing = false;
  let careful = false;
  let stopped = false;
  let heardAt: number | null = null;
  let roundTrip: number | null = null;
  let queue: Sequenced[] = [];
  const signIns = createSignInQueue(clock);
  const timers = new Map<'connect' | 'flush' | 'resend', () => void>();

  const arm = (name: 'connect' | 'flush' | 'resend', ms: number, call: () => void): void => {
    timers.get(name)?.();
    timers.set(
      name,
      clock.after(ms, () => {
        timers.delete(name);
        call();
      }),
    );
  };
  const linkState = (): LinkState =>
    linkStateOf({ sinceHeardMs: heardAt === null ? null : clock.monotonicNow() - heardAt, socketDead: !connection?.heard });

  const reconnectIn = (ms: number): void => {
    if (!stopped) arm('connect', ms, open);
  };
  const drop = (ended: Connection): void => {
    if (connection !== ended) return;
    connection = null;
    if (ended.phase === 'running') shortLives = clock.monotonicNow() - ended.openedAt < LONGEST_BACKOFF ? shortLives + 1 : 0;
    // What was queued is not committed: the next hello asks for it again.
    queue = [];
    timers.get('flush')?.();
    timers.delete('flush');
    signIns.lose();
    ended.transport.close();
    options.linkMoved();
  };
  const backOff = (): number => {
    const ceiling = Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** Math.min(attempts, 10));
    attempts += 1;
    return options.random() * ceiling;
  };
  /** Ends the connection and greets again on a new one; twice in a row without progress asks for everything. */
  const resync = (current: Connection): void => {
    resyncs += 1;
    if (resyncs > 1) fromNothing = true;
    drop(current);
    reconnectIn(resyncs === 1 ? 0 : Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** Math.min(resyncs - 2, 10)));
  };

  // It may have been a poke: what it said is asked for again.
  const unreadable = (current: Connection, sentence: string): void => {
    troubles.raise('badMessage', 'degraded', sentence, EVENT_SHOWN_FOR);
    resync(current);
  };

  const send = (current: Connection, message: Up): void => current.transport.send(message);

  const inFlight = (current: Connection): readonly PendingCommand[] =>
    outbox.list().filter(({ sequence }) => sequence <= current.sentUpTo);
  const kick = (): void => {
    if (connection?.phase !== 'running') return;
    const flying = inFlight(connection).length;
    const room = Math.min(MOST_PER_MESSAGE, (careful ? 1 : MOST_IN_FLIGHT) - flying, careful ? 1 : MOST_PER_MESSAGE);
    if (room <= 0) return;
    const { sentUpTo } = connection;
    const next = outbox
      .list()
      .filter((command) => command.sequence > sentUpTo && !outbox.isLate(command))
      .slice(0, room);
    const last = next.at(-1);
    if (!last) return;
    if (flying === 0) connection.progressAt = clock.monotonicNow();
    connection.sentUpTo = last.sequence;
    send(connection, {
      type: 'commands',
      commands: next.map(({ envelope, gesture }) => ({ envelope, ageMs: outbox.age(gesture, envelope.issuedAt) })),
    });
    if (!careful) kick();
  };
  const resend = (): void => {
    if (connection?.phase === 'running') {
      connection.sentUpTo = 0;
      nextPage(connection);
    }
    kick();
  };
  /** An urgent command that nobody answered is never sent late: a person is told (SYNC O5). */
  const giveUpLate = (): void => {
    const late = outbox.list().filter(outbox.isLate);
    if (late.length === 0) return;
    replica.giveUp(late, 'needsLink', ({ envelope }) => {
      const offline = commandNamed(envelope.name)?.offline;
      return `The hospital did not answer within 10 s. ${offline?.whenOffline === 'refuse' ? offline.instead : 'It was not done.'}`;
    });
    options.committed({ changed: new Set(), outboxChanged: true, conflictsChanged: true, diverged: false });
  };

  const nextPage = (current: Connection): void => {
    const { snapshot } = replica.position();
    if (snapshot) send(current, { type: 'page', snapshotId: snapshot.snapshotId, after: snapshot.after });
  };
  const flush = (current: Connection): void => {
    const messages = queue;
    queue = [];
    if (connection !== current || messages.length === 0) return;
    try {
      const result = replica.commit(messages);
      troubles.clear('storeFailed');
      options.committed(result);
      if (result.diverged) {
        resync(current);
        return;
      }
      // Pages are no progress until the last: one that can never be read would be asked for without a pause.
      if (replica.position().snapshot === null && messages.some(({ type }) => type !== 'welcome')) resyncs = 0;
      if (result.outboxChanged) current.progressAt = clock.monotonicNow();
      if (careful && outbox.list().length === 0) careful = false;
      if (messages.some(({ type }) => type !== 'poke')) nextPage(current);
      kick();
    } catch (error) {
      if (!isDiskFailure(error)) {
        options.fatal(error);
        return;
      }
      troubles.raise('storeFailed', 'degraded', `Changes from the hospital cannot be kept here (${error.code}).`);
      drop(current);
      reconnectIn(Math.max(FIRST_BACKOFF, backOff()));
    }
  };
  const enqueue = (current: Connection, message: Sequenced): void => {
    queue.push(message);
    if (queue.length === 1) arm('flush', 0, () => flush(current));
  };

  const welcome = (current: Connection, message: Extract<Down, { type: 'welcome' }>): void => {
    if (current.phase !== 'greeting') return;
    if (message.protocol !== PROTOCOL_VERSION) {
      refused(current, { code: 'unknownVersion', message: `The hospital speaks version ${message.protocol}.` });
      return;
    }
    const otherRows = (replica.projection() ?? message.projection) !== message.projection;
    if (message.start.mode === 'resume' && (otherRows || message.epoch !== replica.position().epoch)) {
      // A copy of another history, or with more or less in its rows than this device may hold, cannot be carried on.
      fromNothing = true;
      resync(current);
      return;
    }
    current.phase = 'running';
    current.progressAt = clock.monotonicNow();
    attempts = shortLives;
    fromNothing = false;
    troubles.clear('backendRefused');
    enqueue(current, message);
    beat(current);
    options.welcomed();
  };
  const refused = (current: Connection, error: WireError): void => {
    switch (error.code) {
      case 'snapshotGone':
        fromNothing = true;
        drop(current);
        reconnectIn(0);
        return;
      case 'busy':
      case 'storeFailed':
      case 'linkLost':
        arm('resend', RETRY_AFTER_REFUSAL, resend);
        return;
      case 'malformed':
      case 'oversized': {
        troubles.raise('backendRefused', 'degraded', `The hospital refused a message: ${error.code}.`);
        const [first] = inFlight(current);
        if (!first) return;
        if (careful) {
          replica.giveUp([first], 'malformed', () => `The hospital cannot read this command (${error.code}).`);
          options.committed({ changed: new Set(), outboxChanged: true, conflictsChanged: true, diverged: false });
        }
        // One at a time from here on, so that the one that cannot be read is found and the others flow.
        careful = true;
        resend();
        return;
      }
      case 'unauthorised':
      case 'wrongScope':
      case 'unknownVersion': {
        troubles.raise('backendRefused', 'degraded', error.message);
        if (signIns.refuse(error.message)) return;
        drop(current);
        reconnectIn(LONGEST_BACKOFF);
        return;
      }
      default:
        error.code satisfies never;
    }
  };

  const take = (current: Connection, raw: unknown): void => {
    if (connection !== current) return;
    const parsed = downSchema.safeParse(raw);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      unreadable(current, `The hospital sent what this desk cannot read (${issue?.path.slice(0, 3).join('.') ?? ''}).`);
      return;
    }
    const message = parsed.data;
    switch (message.type) {
      case 'welcome':
        welcome(current, message);
        return;
      case 'poke':
      case 'page':
        if (current.phase === 'running') enqueue(current, message);
        return;
      case 'telemetry':
        options.telemetry(message);
        return;
      case 'pulse':
        pulsed(current, message.sequence, message.serverTime);
        return;
      case 'signedIn':
        signIns.answer(message.grant);
        return;
      case 'refused':
        refused(current, message.error);
        return;
      default:
        message satisfies never;
    }
  };

  const pulsed = (current: Connection, sequence: number, serverTime: number): void => {
    const sentAt = current.pulses.get(sequence);
    if (sentAt === undefined) return;
    current.pulses.delete(sequence);
    const now = clock.monotonicNow();
    const before = linkState();
    heardAt = current.aliveAt = now;
    roundTrip = now - sentAt;
    current.heard = true;
    serverClock.sample(sentAt, now, serverTime);
    if (queue.length === 0) replica.heard(serverTime);
    if (before !== linkState()) options.linkMoved();
  };
  const beat = (current: Connection): void => {
    current.pulse += 1;
    current.pulses.set(current.pulse, clock.monotonicNow());
    // Answers this old say nothing any more.
    current.pulses.delete(current.pulse - 30);
    send(current, { type: 'pulse', sequence: current.pulse });
  };

  function open(): void {
    const transport = options.connect();
    const current: Connection = {
      transport,
      phase: 'opening',
      sentUpTo: 0,
      aliveAt: clock.monotonicNow(),
      openedAt: clock.monotonicNow(),
      progressAt: clock.monotonicNow(),
      pulse: 0,
      pulses: new Map(),
      heard: false,
    };
    connection = current;
    transport.onOpen(() => {
      if (connection !== current) return;
      current.phase = 'greeting';
      const { epoch, cursor } = replica.position();
      send(current, {
        type: 'hello',
        protocol: PROTOCOL_VERSION,
        stationId: options.stationId,
        deviceToken: options.deviceToken,
        streams: { facility: { epoch, cursor: fromNothing ? null : cursor } },
      });
    });
    transport.onMessage((message) => take(current, message));
    transport.onClose((reason) => {
      if (connection !== current) return;
      if (reason === 'oversized') return unreadable(current, 'The hospital sent a message that is too large to be read.');
      drop(current);
      reconnectIn(backOff());
    });
  }

  const tick = (): void => {
    try {
      giveUpLate();
    } catch (error) {
      if (!isDiskFailure(error)) {
        options.fatal(error);
        return;
      }
      troubles.raise('notSaved', 'notSaved', 'The disk does not take changes.');
    }
    const current = connection;
    if (current) {
      const now = clock.monotonicNow();
      if (current.phase === 'running') beat(current);
      if (now - current.aliveAt >= linkLimits.offline) {
        drop(current);
        reconnectIn(backOff());
      } else if (inFlight(current).length > 0 && now - current.progressAt >= RESEND_AFTER) {
        current.progressAt = now;
        resend();
      }
    }
  };
  let lastState = linkState();
  const watch = (): void => {
    const state = linkState();
    if (state === lastState) return;
    lastState = state;
    options.linkMoved();
  };
  const stopBeat = clock.every(HEARTBEAT, tick);
  const stopWatch = clock.every(250, watch);
  reconnectIn(0);

  return {
    kick,
    linkState,
    silence: () => (heardAt === null ? null : clock.monotonicNow() - heardAt),
    roundTrip: () => roundTrip,
    signIn: (as) => {
      if (connection?.phase !== 'running') return Promise.reject(new Error('Signing in needs the link to the hospital.'));
      const asked = signIns.ask();
      send(connection, { type: 'signIn', as });
      return asked;
    },
    stop: () => {
      stopped = true;
      stopBeat();
      stopWatch();
      for (const stop of timers.values()) stop();
      timers.clear();
      if (connection) drop(connection);
    },
  };
};
