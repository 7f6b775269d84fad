/** One desk: store, copy, outbox, connection and windows put together. Everything it starts, `stop` ends. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Role } from '#domain/model/grant.ts';
import type { RecordKind } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { signInEvent } from './audit/sign-in-event.ts';
import { createAuditTrail } from './audit/trail.ts';
import type { Clock } from './clock.ts';
import { reportDamage } from './damage.ts';
import { type Printing, startDowntime } from './downtime/desk-downtime.ts';
import { createDeskWindows } from './feeds/desk-windows.ts';
import { frameOf } from './feeds/frame.ts';
import { CallRefused, type Port } from './feeds/port-server.ts';
import { type DeskService, serveWindow } from './feeds/window-service.ts';
import { type SignedGrant, verifyGrant } from './grants.ts';
import { copyChecksum } from './health/copy-checksum.ts';
import { createDeskHealth } from './health/desk-health.ts';
import { createConflicts } from './outbox/conflicts.ts';
import { offersFor, restoredSentence } from './outbox/offers.ts';
import { createOutbox } from './outbox/outbox.ts';
import { createOverlay, type Overlay } from './outbox/overlay.ts';
import { createSubmit } from './outbox/submit.ts';
import { parkUnreadable } from './outbox/unreadable.ts';
import { type Database, isDiskFailure, type WriteHandle } from './store/database.ts';
import { scrubEvicted } from './store/evict.ts';
import type { OpenedStore } from './store/open-store.ts';
import { lastSequence } from './store/progress.ts';
import { keepDraftKey, readDraftKey, readMeta, writeMeta } from './store/queries/meta.ts';
import { forgetAnswered, readConflictRefusal, readOutbox } from './store/queries/outbox.ts';
import { startUpkeep } from './store/upkeep.ts';
import { createAhead } from './sync/ahead.ts';
import { startEngine } from './sync/engine.ts';
import { createLatestValues } from './sync/latest-values.ts';
import { createReplica } from './sync/replica.ts';
import { type RowKey, splitRowKey } from './sync/rows.ts';
import { createServerClock, serverTimeAtStart } from './sync/server-clock.ts';
import type { Connect } from './sync/transport.ts';
import { createTroubles, EVENT_SHOWN_FOR } from './troubles.ts';

export type StationOptions = {
  readonly store: OpenedStore;
  readonly connect: Connect;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly bootId: string;
  readonly deviceToken: string;
  readonly signInAs: 'demo' | Role;
  /** What a person should know about how the key is kept, or that nothing is; null when all is well. */
  readonly storeWarning: string | null;
  /** Without it no downtime packs are made. */
  readonly downtime?: Printing;
  /** One line for the log; never holds patient data. */
  readonly log: (line: string) => void;
  /** An error after which the process must end. */
  readonly fatal: (error: unknown) => void;
};

export type Station = {
  /** Serves a window over its port; returns the end of it. */
  readonly attach: (port: Port) => () => void;
  /** What main found wrong on this desk; null when it is over. */
  readonly trouble: (code: string, message: string | null) => void;
  /** Keeps what is only in memory, ends connection, timers and store. */
  readonly stop: () => void;
};

const FRAME_EVERY = 1_000;
const KEEP_EVERY = 15_000;
const RENEW_BEFORE = 600_000;
const RETAINED_FOR = 7 * 86_400_000;
/** Longer than a shift: everybody who relied on what was lost reads it. */
const RESTORE_SHOWN_FOR = 16 * 3_600_000;

/** Kinds of rows that the frame of every window counts or names. */
const inFrame: ReadonlySet<string> = new Set<RecordKind>(['alarm', 'device', 'facility']);
const isInFrame = (key: RowKey): boolean => inFrame.has(splitRowKey(key).kind);

const stationIdOf = (database: Database): Id => {
  const known = readMeta(database.read, 'stationId');
  if (known) return known;
  const minted = randomUUID();
  database.transaction((handle) => writeMeta(handle, 'stationId', minted));
  return minted;
};

/** Starts a desk on an opened store: it serves the cache at once and connects by itself. */
export const startStation = (options: StationOptions): Station => {
  const { clock, store } = options;
  const { database } = store;
  const stationId = stationIdOf(database);
  const serverClock = createServerClock(
    clock,
    serverTimeAtStart(clock, options.bootId, readMeta(database.read, 'keptTime'), readMeta(database.read, 'wallOffset')),
  );
  let newestSequence = lastSequence(database.read);
  const windows = createDeskWindows(clock);
  const { moved } = windows;
  const frameMoved = (): void => {
    moved('frame', ['frame']);
    moved('health', ['health']);
  };
  const troubles = createTroubles(serverClock.now, frameMoved, clock.after);
  const parked = parkUnreadable(database, serverClock.now());
  if (parked > 0) options.log(`outbox parked ${parked} unreadable commands`);
  const outbox = createOutbox(readOutbox(database.read), {
    clock,
    bootId: options.bootId,
    serverNow: serverClock.now,
    isSynchronised: () => serverClock.error() !== null,
  });
  let signedInAs: 'demo' | Role = options.signInAs;
  let signedIn: SignedGrant | null = null;
  const audit = createAuditTrail({
    database,
    stationId,
    serverNow: serverClock.now,
    serverTimeError: serverClock.error,
    person: () => signedIn?.grant.personId ?? null,
    hospitalBroken: () =>
      troubles.raise('hospitalTrailBroken', 'degraded', "The hospital's audit trail has lost rows that this desk was shown."),
  });
  // The copy asks for the overlay's view when it writes a summary; the overlay stands on the copy.
  const shown: { overlay: Overlay | null } = { overlay: null };
  const replica = createReplica({
    database,
    outbox,
    audit,
    serverNow: serverClock.now,
    shown: () => shown.overlay?.view ?? replica.rows,
    noted: (sentence) => troubles.raise(`named:${sentence}`, 'information', sentence, EVENT_SHOWN_FOR),
    evicted: () => {
      signedIn = null;
      latest.forget();
      troubles.clearNamed();
      void clock.after(0, () => guardDisk(() => scrubEvicted(database)));
    },
    unreadableRows: (count) =>
      troubles.raise('unreadableRows', 'degraded', `${count} kept rows cannot be read by this version; they are loaded again.`),
    rowsChanged: () =>
      troubles.raise(
        'copyDiffers',
        'degraded',
        'The kept rows are not those that were written. They are loaded anew; until then do not rely on them.',
        EVENT_SHOWN_FOR,
      ),
  });
  const ahead = createAhead(replica);
  const overlay = createOverlay(ahead.view, outbox);
  shown.overlay = overlay;
  const latest = createLatestValues(database, serverClock.now);
  const oldestAge = (): number | null => {
    const oldest = outbox.oldest();
    return oldest ? outbox.age(oldest) : null;
  };
  const health = createDeskHealth({
    store,
    stationId,
    serverClock,
    engine: () => engine,
    replica,
    outbox,
    conflicts: () => conflicts.list(),
    conflictCount: () => conflicts.count(),
    oldestAge,
    troubles,
    parts: () => {
      const pack = downtime.health();
      const retention = upkeep.retention();
      return {
        checksum: copyChecksum(replica),
        lastCheck: upkeep.lastCheck(),
        ...(pack && { pack }),
        ...(retention && { retention }),
      };
    },
    exported: (payload) => guardDisk(() => audit.note({ action: 'export', subjects: [], outcome: 'supportBundle', payload })),
  });
  const log = (line: string): void => {
    health.log(line);
    options.log(line);
  };

  const accept = (token: string | undefined): SignedGrant | null => {
    const grantKey = replica.grantKey();
    const grant = token !== undefined && grantKey !== null ? verifyGrant(token, grantKey) : undefined;
    return token !== undefined && grant ? { token, grant } : null;
  };
  signedIn = accept(readMeta(database.read, 'grants')?.[signedInAs]);

  const guardDisk = (write: () => void): void => {
    try {
      write();
      troubles.clear('storeFailed');
    } catch (error) {
      if (!isDiskFailure(error)) {
        options.fatal(error);
        return;
      }
      troubles.raise('storeFailed', 'degraded', `This desk cannot keep what it receives (${error.code}).`);
    }
  };

  const upkeep = startUpkeep({
    database,
    clock,
    serverNow: serverClock.now,
    refused: ({ code }) => troubles.raise('storeFailed', 'degraded', `This desk cannot keep what it receives (${code}).`),
    log,
    fatal: options.fatal,
  });
  const progressed = (): void => {
    const oldest = outbox.oldest();
    const last = newestSequence;
    store.progressed({ last, firstUnsent: oldest?.sequence ?? last + 1 });
  };
  const outboxMoved = (): void => {
    progressed();
    moved('conflicts', ['conflicts']);
    frameMoved();
  };
  const keepTime = (handle: WriteHandle): void => {
    if (serverClock.error() === null) return;
    const time = { bootId: options.bootId, monotonicAt: clock.monotonicNow(), serverTime: serverClock.now() };
    writeMeta(handle, 'wallOffset', serverClock.wallOffset());
    writeMeta(handle, 'keptTime', time);
  };
  const logged = { link: '' };
  const engine = startEngine({
    connect: options.connect,
    clock,
    random: options.random,
    serverClock,
    replica,
    outbox,
    troubles,
    stationId,
    deviceToken: options.deviceToken,
    auditHead: audit.head,
    committed: (result) => {
      moved('records', overlay.redecide(ahead.committed(result.changed)));
      if (result.outboxChanged || result.conflictsChanged || conflicts.moved(result.changed)) outboxMoved();
      else if (replica.copy().state !== 'whole' || [...result.changed.keys()].some(isInFrame)) frameMoved();
    },
    telemetry: (message) => {
      const { units, devices } = latest.take(message);
      moved('positions', units);
      moved('readings', devices);
    },
    alarms: (rows) => {
      moved('records', overlay.redecide(ahead.take(rows)));
      frameMoved();
    },
    // The queue commits the welcome, and with it the key that grants are verified with, at the end of this turn.
    welcomed: () => void clock.after(0, renew),
    offers: (welcome) => {
      const sentence = restoredSentence(database.read, welcome, replica.position().epoch);
      if (sentence !== null) troubles.raise('hospitalRestored', 'degraded', sentence, RESTORE_SHOWN_FOR);
      return offersFor(database.read, welcome);
    },
    linkMoved: () => {
      const state = engine.linkState();
      if (state !== logged.link) log(`link ${state}`);
      // A crash soon after must not lose the hospital's time.
      if (state === 'live' && logged.link !== 'live') guardDisk(() => database.transaction(keepTime));
      logged.link = state;
      health.note();
      downtime.linkMoved(state);
      frameMoved();
    },
    fatal: options.fatal,
  });

  const signIn = async (as: 'demo' | Role, by: 'person' | 'renewal' = 'person'): Promise<string> => {
    const before = signedInAs;
    signedInAs = as;
    const kept = accept(readMeta(database.read, 'grants')?.[as]);
    try {
      const token = await engine.signIn(as);
      const accepted = accept(token);
      if (!accepted) throw new Error('The hospital did not sign this sign-in.');
      // A later sign-in may have overtaken this one.
      if (signedInAs === as) signedIn = accepted;
      guardDisk(() =>
        database.transaction((handle) => {
          writeMeta(handle, 'grants', { ...readMeta(handle, 'grants'), [as]: token });
          audit.write(handle, signInEvent(as, by === 'person' ? 'signedIn' : 'renewed', accepted));
        }),
      );
      troubles.clear('signInRefused');
      frameMoved();
      return accepted.grant.name;
    } catch (error) {
      if (kept && kept.grant.expiresAt > serverClock.now()) {
        if (signedInAs === as) signedIn = kept;
        if (by === 'person') guardDisk(() => audit.note(signInEvent(as, 'offline', kept)));
        frameMoved();
        return kept.grant.name;
      }
      if (signedInAs === as) signedInAs = before;
      guardDisk(() => audit.note(signInEvent(as, 'refused', null)));
      throw new CallRefused('notAllowed', error instanceof Error ? error.message : 'Signing in failed.');
    }
  };
  function renew(): void {
    signIn(signedInAs, 'renewal').catch((error: unknown) =>
      troubles.raise('signInRefused', 'degraded', error instanceof Error ? error.message : 'Signing in failed.'),
    );
  }

  const submit = createSubmit({
    database,
    audit,
    outbox,
    overlay,
    troubles,
    clock,
    bootId: options.bootId,
    serverClock,
    signedIn: () => signedIn,
    linkState: engine.linkState,
    conflictRefusal: (commandId) => readConflictRefusal(database.read, commandId),
    saved: (command) => {
      newestSequence = Math.max(newestSequence, command.sequence);
      moved('records', overlay.append(command));
      outboxMoved();
      engine.kick();
    },
  });

  const conflicts = createConflicts({
    outbox,
    overlay,
    stored: replica.conflicts,
    close: replica.close,
    isClosed: replica.isClosed,
    submit,
    signedIn: () => signedIn,
    serverNow: serverClock.now,
  });
  const downtime = startDowntime(options.downtime, {
    overlay,
    latest,
    replica,
    outbox,
    serverNow: serverClock.now,
    clock,
    troubles,
    log,
  });

  let sequence = 0;
  const failed = (what: string, error: unknown): void => {
    log(`call ${what} failed: ${error instanceof Error ? error.name : 'error'}`);
    if (error instanceof Error && error.name === 'StoreError' && !isDiskFailure(error)) options.fatal(error);
    else troubles.raise(`call:${what}`, 'degraded', `This desk could not do ${what}.`, EVENT_SHOWN_FOR);
  };
  const toldByMain = new Set<string>();
  const desk: DeskService = {
    overlay,
    outbox,
    latest,
    copy: replica.copy,
    frame: () => {
      sequence += 1;
      return frameOf({
        sequence,
        view: overlay.view,
        latest,
        facilityName: replica.facilityName(),
        serverTime: serverClock.now(),
        serverTimeError: serverClock.error(),
        linkState: engine.linkState(),
        silence: engine.silence(),
        roundTrip: engine.roundTrip(),
        asOf: replica.asOf(),
        unsent: { count: outbox.count(), oldestAgeMs: oldestAge() },
        conflicts: conflicts.count(),
        copy: replica.copy(),
        grant: signedIn?.grant ?? null,
        troubles: [...troubles.list()],
      });
    },
    conflicts: conflicts.list,
    health,
    submit: (submission, from) => {
      windows.gestureIn(from);
      return submit(submission);
    },
    signIn: (as) => signIn(as),
    draftKey: () => {
      if (!signedIn) throw new CallRefused('notAllowed', 'Nobody is signed in at this desk.');
      const author = signedIn.grant.personId;
      const known = readDraftKey(database.read, author);
      if (known) return known;
      const key = randomBytes(32);
      database.transaction((handle) => keepDraftKey(handle, author, key));
      return key;
    },
    resolveConflict: (commandId, choice, reason) => {
      const answer = conflicts.resolve(commandId, choice, reason);
      outboxMoved();
      return answer;
    },
    // Main knows the cause of what a window only sees: its sentence stands.
    report: (code, message) => {
      if (!toldByMain.has(code)) troubles.raise(`desk:${code}`, 'degraded', message, EVENT_SHOWN_FOR);
    },
    soon: (call) => void clock.after(0, call),
    failed,
  };

  log('started');
  if (options.storeWarning !== null) troubles.raise('storeKey', 'information', options.storeWarning);
  reportDamage({ store, now: serverClock.now, troubles, guardDisk, log });
  progressed();
  // A scrub that a crash or a full disk cut short.
  guardDisk(() => scrubEvicted(database));
  const keep = (): void =>
    guardDisk(() => {
      latest.keep();
      replica.keepAsOf();
      health.keep();
      database.transaction((handle) => {
        keepTime(handle);
        // A wall clock that was set must not make what is retained look old.
        if (serverClock.error() === null) return;
        forgetAnswered(handle, serverClock.now() - RETAINED_FOR);
        audit.cut(handle);
      });
    });
  const stops = [
    clock.every(FRAME_EVERY, () => {
      health.note();
      // What waits too long shows it at the moment it does, with or without a link.
      if (overlay.hasExpired()) {
        moved('records', overlay.redecide(new Map()));
        outboxMoved();
      }
    }),
    clock.every(KEEP_EVERY, () => {
      keep();
      if (engine.linkState() === 'live' && signedIn && signedIn.grant.expiresAt - serverClock.now() < RENEW_BEFORE) renew();
    }),
  ];

  return {
    attach: (port) => windows.add(serveWindow(desk, port)),
    trouble: (code, message) => {
      if (message === null) {
        toldByMain.delete(code);
        troubles.clear(`desk:${code}`);
        return;
      }
      toldByMain.add(code);
      troubles.raise(`desk:${code}`, 'degraded', message);
    },
    stop: () => {
      for (const stop of stops) stop();
      engine.stop();
      downtime.stop();
      upkeep.stop();
      windows.stop();
      keep();
      troubles.stop();
      store.close();
    },
  };
};
