/**
 * What the messages of the link do to this desk. What changes the copy is queued and committed once a turn of the event
 * loop; telemetry and sign-ins are answered as they come. A resync is a new connection: the hello says where the copy ends,
 * and nothing is lost by it.
 */
import type { Down } from '#contracts/wire/down.ts';
import type { WireError } from '#contracts/wire/errors.ts';
import type { Up } from '#contracts/wire/up.ts';
import { PROTOCOL_VERSION, spokenWith, versionsApart } from '#contracts/wire/version.ts';
import { upForVersion1 } from '#contracts/wire/version-1.ts';
import { commandNamed } from '#domain/commands/decide.ts';
import { refuse } from '#domain/commands/definition.ts';
import { wordOf } from '#domain/commands/sentence.ts';
import type { Role } from '#domain/model/grant.ts';
import { type DeskAnswer, type DeskQuestion, refusedAnswer } from '#domain/model/message-desk.ts';
import type { LinkState } from '#domain/rules/link-state.ts';
import { isDiskFailure } from '../store/database.ts';
import { EVENT_SHOWN_FOR } from '../troubles.ts';
import { LONGEST_BACKOFF } from './attempts.ts';
import type { EngineOptions } from './engine-options.ts';
import { createJoining } from './joining.ts';
import { type Session, startLink } from './link.ts';
import { createQuestions, notReached } from './questions.ts';
import { createSending } from './sending.ts';
import { createSignInQueue } from './sign-in-queue.ts';
import type { Sequenced } from './taking.ts';

export type Engine = {
  /** Sends what the outbox holds and was not sent on this connection. */
  readonly kick: () => void;
  readonly linkState: () => LinkState;
  /** Milliseconds since the last answered heartbeat; null when there was none in this run. */
  readonly silence: () => number | null;
  readonly roundTrip: () => number | null;
  /** Asks for a person's grant; resolves to the token, rejects when the link does not answer within 5 s. */
  readonly signIn: (as: 'demo' | Role) => Promise<string>;
  /** Asks about messages of the interfaces under a grant; resolves to the answer, or to why there is none. */
  readonly ask: (question: DeskQuestion, grant: string) => Promise<DeskAnswer>;
  readonly stop: () => void;
};

const FIRST_RESYNC_PAUSE = 1_000;
const RETRY_AFTER_REFUSAL = 1_000;

/** Milliseconds before the desk greets anew for the `count`-th time without progress: at once, then ever later. */
const greetingPause = (count: number): number =>
  count === 1 ? 0 : Math.min(LONGEST_BACKOFF, FIRST_RESYNC_PAUSE * 2 ** Math.min(count - 2, 10));

/** Starts to keep the desk connected; `stop` ends the connection and every timer. */
export const startEngine = (options: EngineOptions): Engine => {
  const { clock, replica, outbox, troubles } = options;
  let resyncs = 0;
  let disagreements = 0;
  let fromNothing = false;
  /** The version of the wire that the next hello speaks; an older one after a backend that refused the present one. */
  let speaks = PROTOCOL_VERSION;
  let tooNew: WireError | null = null;
  let queue: Sequenced[] = [];
  const joining = createJoining();
  const signIns = createSignInQueue(clock);
  const questions = createQuestions(clock);
  const timers = new Map<'flush' | 'resend', () => void>();

  const arm = (name: 'flush' | 'resend', ms: number, call: () => void): void => {
    timers.get(name)?.();
    timers.set(
      name,
      clock.after(ms, () => {
        timers.delete(name);
        call();
      }),
    );
  };

  const link = startLink({
    connect: options.connect,
    clock,
    random: options.random,
    serverClock: options.serverClock,
    hello: () => {
      const { epoch, cursor, snapshot } = replica.position();
      const known = fromNothing || replica.divergence() ? null : cursor;
      return {
        type: 'hello',
        protocol: speaks,
        stationId: options.stationId,
        deviceToken: options.deviceToken,
        audit: options.auditHead() ?? undefined,
        streams: {
          facility: { epoch, cursor: known, ...(known !== null && snapshot ? { snapshotId: snapshot.snapshotId } : {}) },
        },
      };
    },
    take: (session, message) => take(session, message),
    unreadable: (session, sentence) => unreadable(session, sentence),
    heard: (serverTime, sum) => {
      if (queue.length === 0) replica.heard(serverTime);
      const session = link.running();
      // Two versions hold different fields, so their sums say nothing.
      if (session && sum && speaks === PROTOCOL_VERSION) enqueue(session, { type: 'check', ...sum });
      // What waited for server time may go now.
      kick();
    },
    ticked: (session) => ticked(session),
    ended: () => {
      // What was queued is not committed: the next hello asks for it again.
      queue = [];
      joining.forget();
      timers.get('flush')?.();
      timers.delete('flush');
      signIns.lose();
      questions.lose();
    },
    moved: options.linkMoved,
  });
  const sending = createSending({
    clock,
    outbox,
    auditHead: options.auditHead,
    send: (message) => {
      const session = link.running();
      if (session) send(session, message);
    },
  });
  const send = (session: Session, message: Up): void => {
    const said = speaks === 1 ? upForVersion1(message) : message;
    if (said) link.send(session, said);
  };
  const kick = (): void => {
    if (link.running()) sending.next();
  };

  /** Ends the connection and greets again on a new one; twice in a row without progress asks for everything. */
  const resync = (session: Session): void => {
    resyncs += 1;
    if (resyncs > 1) fromNothing = true;
    link.again(session, greetingPause(resyncs));
  };
  /** The copy is not the hospital's: nothing more is taken on it, and all of it is asked for anew (SYNC C3). */
  const differs = (session: Session): void => {
    troubles.raise(
      'copyDiffers',
      'degraded',
      'What this desk held was not what the hospital holds. It is loaded anew; until then do not rely on it.',
      EVENT_SHOWN_FOR,
    );
    disagreements += 1;
    link.again(session, greetingPause(disagreements));
  };
  // It may have been a poke: what it said is asked for again.
  const unreadable = (session: Session, sentence: string): void => {
    troubles.raise('badMessage', 'degraded', sentence, EVENT_SHOWN_FOR);
    resync(session);
  };

  const resend = (): void => {
    const session = link.running();
    if (!session) return;
    nextPage(session);
    sending.again();
  };
  const outboxShrank = (): void =>
    options.committed({
      changed: new Map(),
      outboxChanged: true,
      conflictsChanged: true,
      diverged: false,
      differs: false,
      agreed: false,
    });
  /** An urgent command that nobody answered is never sent late: a person is told (SYNC O5). */
  const giveUpLate = (): void => {
    const late = [...outbox.inOrder()].filter(outbox.isLate);
    if (late.length === 0) return;
    replica.giveUp(late, ({ envelope }) => {
      const offline = commandNamed(envelope.name)?.offline;
      const instead = wordOf(offline?.whenOffline === 'refuse' ? offline.instead : 'notDone');
      return refuse('needsLink', 'noAnswerInTime', { seconds: 10, instead });
    });
    outboxShrank();
  };

  const nextPage = (session: Session): void => {
    const { snapshot } = replica.position();
    if (snapshot) send(session, { type: 'page', snapshotId: snapshot.snapshotId, after: snapshot.after });
  };
  const flush = (session: Session): void => {
    const messages = queue;
    queue = [];
    if (link.running() !== session || messages.length === 0) return;
    try {
      const result = replica.commit(messages);
      troubles.clear('storeFailed');
      options.committed(result);
      if (result.differs) {
        differs(session);
        return;
      }
      if (result.agreed) disagreements = 0;
      if (result.diverged) {
        resync(session);
        return;
      }
      // Pages are no progress until the last: one that can never be read would be asked for without a pause.
      if (replica.position().snapshot === null && messages.some(({ type }) => type !== 'welcome')) resyncs = 0;
      if (result.outboxChanged) sending.progressed();
      if (messages.some(({ type }) => type === 'welcome')) nextPage(session);
      kick();
    } catch (error) {
      if (!isDiskFailure(error)) {
        options.fatal(error);
        return;
      }
      troubles.raise('storeFailed', 'degraded', `Changes from the hospital cannot be kept here (${error.code}).`);
      link.again(session, 'backOffASecond');
    }
  };
  const enqueue = (session: Session, message: Sequenced): void => {
    queue.push(message);
    if (queue.length === 1) arm('flush', 0, () => flush(session));
  };

  const welcome = (session: Session, message: Extract<Down, { type: 'welcome' }>): void => {
    if (session.phase() !== 'greeting') return;
    if (spokenWith(message.protocol) === null || message.protocol > speaks) {
      notUnderstood(session, { code: 'unknownVersion', message: versionsApart(message.protocol, PROTOCOL_VERSION) });
      return;
    }
    speaks = message.protocol;
    tooNew = null;
    const report = replica.divergence();
    const otherRows = (replica.projection() ?? message.projection) !== message.projection;
    if (message.start.mode === 'resume' && (otherRows || message.epoch !== replica.position().epoch)) {
      // A copy of another history, or with more or less in its rows than this device may hold, cannot be carried on.
      fromNothing = true;
      resync(session);
      return;
    }
    if (otherRows && message.projection === 'display' && outbox.count() > 0) {
      // A display may neither keep nor send them, and nothing that was saved is thrown away (SYNC X2).
      const sentence = `This device is to be a display, and ${outbox.count()} commands made at it have not been sent. Make it a desk until they are, or export them.`;
      troubles.raise('unsentBeforeDisplay', 'degraded', sentence);
      link.again(session, LONGEST_BACKOFF);
      return;
    }
    troubles.clear('unsentBeforeDisplay');
    fromNothing = false;
    sending.begin();
    troubles.clear('backendRefused');
    enqueue(session, message);
    link.welcomed(session, message.serverTime, message.spread);
    if (report) send(session, { type: 'diverged', ...report });
    for (const offer of options.offers(message)) send(session, offer);
    options.welcomed();
  };
  /** The hello was not understood: once more in the words of the version before, then a person must update one side. */
  const notUnderstood = (session: Session, error: WireError): void => {
    if (tooNew === null && PROTOCOL_VERSION > 1) {
      tooNew = error;
      speaks = PROTOCOL_VERSION - 1;
      link.again(session, 0);
      return;
    }
    troubles.raise('backendRefused', 'degraded', (tooNew ?? error).message);
    tooNew = null;
    speaks = PROTOCOL_VERSION;
    link.again(session, LONGEST_BACKOFF);
  };
  const refused = (session: Session, error: WireError): void => {
    if (session.phase() === 'greeting' && (error.code === 'unknownVersion' || error.code === 'malformed')) {
      notUnderstood(session, error);
      return;
    }
    switch (error.code) {
      case 'snapshotGone':
        fromNothing = true;
        link.again(session, 0);
        return;
      case 'busy':
      case 'storeFailed':
      case 'linkLost':
        if (session.phase() === 'running') arm('resend', error.retryAfterMs ?? RETRY_AFTER_REFUSAL, resend);
        else link.again(session, error.retryAfterMs ?? 'backOff');
        return;
      case 'malformed':
      case 'oversized': {
        troubles.raise('backendRefused', 'degraded', `The hospital refused a message: ${error.code}.`);
        const [first] = sending.inFlight();
        if (!first) return;
        if (sending.careful()) {
          replica.giveUp([first], () => refuse('malformed', 'hospitalCannotRead', { code: error.code }));
          outboxShrank();
        }
        // One at a time from here on, so that the one that cannot be read is found and the others flow.
        sending.carefully();
        resend();
        return;
      }
      case 'unauthorised':
      case 'wrongScope':
      case 'unknownVersion':
        troubles.raise('backendRefused', 'degraded', error.message);
        if (!signIns.refuse(error.message)) link.again(session, LONGEST_BACKOFF);
        return;
      default:
        error.code satisfies never;
    }
  };

  const take = (session: Session, message: Exclude<Down, { type: 'pulse' }>): void => {
    switch (message.type) {
      case 'welcome':
        welcome(session, message);
        return;
      case 'poke': {
        if (session.phase() !== 'running') return;
        const whole = joining.take(message);
        if (whole) enqueue(session, whole);
        else if (whole === undefined) unreadable(session, 'The hospital sent parts of changes that do not belong together.');
        return;
      }
      case 'page':
        if (session.phase() !== 'running') return;
        // The next one is on its way while this one is written.
        if (message.next) send(session, { type: 'page', snapshotId: message.snapshotId, after: message.next });
        enqueue(session, message);
        return;
      case 'telemetry':
        options.telemetry(message);
        return;
      case 'alarms':
        options.alarms(message.rows);
        return;
      case 'signedIn':
        signIns.answer(message.grant);
        return;
      case 'answer':
        questions.answer(message.askId, message.answer);
        return;
      case 'refused':
        refused(session, message.error);
        return;
      default:
        message satisfies never;
    }
  };

  const ticked = (session: Session | null): void => {
    try {
      giveUpLate();
    } catch (error) {
      if (!isDiskFailure(error)) {
        options.fatal(error);
        return;
      }
      troubles.raise('notSaved', 'notSaved', 'The disk does not take changes.');
    }
    if (session && sending.stuck()) resend();
  };

  return {
    kick,
    linkState: link.state,
    silence: link.silence,
    roundTrip: link.roundTrip,
    signIn: (as) => {
      const session = link.running();
      if (!session) return Promise.reject(new Error('Signing in needs the link to the hospital.'));
      const asked = signIns.ask();
      send(session, { type: 'signIn', as });
      return asked;
    },
    ask: (question, grant) => {
      const session = link.running();
      const state = link.state();
      if (!session || (state !== 'live' && state !== 'late')) return Promise.resolve(notReached());
      if (speaks === 1)
        return Promise.resolve(refusedAnswer('noInterface', "The hospital's server is older and knows no messages."));
      return questions.ask((message) => send(session, message), question, grant);
    },
    stop: () => {
      for (const stop of timers.values()) stop();
      timers.clear();
      questions.lose();
      link.stop();
    },
  };
};
