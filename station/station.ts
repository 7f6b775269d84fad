/** One desk: store, copy, outbox, connection and windows put together. Everything it starts, `stop` ends. */
import type { PackUse } from '#contracts/ipc/main-station.ts';
import { refusedAnswer } from '#domain/model/message-desk.ts';
import type { RecordKind } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { createAuditTrail } from './audit/trail.ts';
import { copyTroubles } from './copy-troubles.ts';
import { reportDamage } from './damage.ts';
import { draftKeyOf, stationIdOf } from './desk-identity.ts';
import { createDiskGuard } from './disk-guard.ts';
import { startDowntime } from './downtime/desk-downtime.ts';
import { createHandoverPrint } from './downtime/handover-print.ts';
import { exportMissionTimes } from './exports/mission-times.ts';
import { createDeskWindows } from './feeds/desk-windows.ts';
import { createFrames } from './feeds/frame.ts';
import { CallRefused, type Port } from './feeds/port-server.ts';
import { createSharedSelection } from './feeds/shared-selection.ts';
import { type DeskService, serveWindow } from './feeds/window-service.ts';
import { createDeskCity } from './geo/desk-city.ts';
import { copyChecksum } from './health/copy-checksum.ts';
import { createDeskHealth } from './health/desk-health.ts';
import { createDeskHistory } from './history/desk-history.ts';
import { createKeeping } from './keeping.ts';
import { createConflicts } from './outbox/conflicts.ts';
import { offersFor, restoredSentence } from './outbox/offers.ts';
import { createOutbox } from './outbox/outbox.ts';
import { createOverlay, type Overlay } from './outbox/overlay.ts';
import { createSubmit } from './outbox/submit.ts';
import { parkUnreadable } from './outbox/unreadable.ts';
import { createSignIn } from './sign-in.ts';
import type { StationOptions } from './station-options.ts';
import { isDiskFailure } from './store/database.ts';
import { scrubEvicted } from './store/evict.ts';
import { lastSequence } from './store/progress.ts';
import { readConflictRefusal, readOutbox } from './store/queries/outbox.ts';
import { startUpkeep } from './store/upkeep.ts';
import { createAhead } from './sync/ahead.ts';
import { startEngine } from './sync/engine.ts';
import { openServerClock } from './sync/kept-clock.ts';
import { createLatestValues } from './sync/latest-values.ts';
import { createReplica } from './sync/replica.ts';
import { type RowKey, splitRowKey } from './sync/rows.ts';
import { createTold } from './told.ts';
import { createTroubles, EVENT_SHOWN_FOR } from './troubles.ts';

export type Station = {
  /** Serves a window over its port; returns the end of it. */
  readonly attach: (port: Port) => () => void;
  /** What main found wrong on this desk; null when it is over. */
  readonly trouble: (code: string, message: string | null) => void;
  /** Main showed or printed a downtime pack; false when the disk did not take the row that says so. */
  readonly packUsed: (use: PackUse) => boolean;
  /** Keeps what is only in memory, ends connection, timers and store. */
  readonly stop: () => void;
};

const FRAME_EVERY = 1_000;
const KEEP_EVERY = 15_000;
/** Longer than a shift: everybody who relied on what was lost reads it. */
const RESTORE_SHOWN_FOR = 16 * 3_600_000;

/** Kinds of rows that the frame of every window counts or names. */
const inFrame: ReadonlySet<string> = new Set<RecordKind>(['alarm', 'device', 'facility']);
const isInFrame = (key: RowKey): boolean => inFrame.has(splitRowKey(key).kind);

/** Starts a desk on an opened store: it serves the cache at once and connects by itself. */
export const startStation = (options: StationOptions): Station => {
  const { clock, store } = options;
  const { database } = store;
  const stationId = stationIdOf(database);
  const { serverClock, keepTime } = openServerClock(database, clock, options.bootId);
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
  const told = createTold(troubles);
  const disk = createDiskGuard(troubles, options.fatal);
  const audit = createAuditTrail({
    database,
    stationId,
    serverNow: serverClock.now,
    serverTimeError: serverClock.error,
    person: () => signIn.current()?.grant.personId ?? null,
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
    ...copyTroubles(troubles),
    evicted: () => {
      signIn.forget();
      latest.forget();
      history.evicted();
      troubles.clearNamed();
      void clock.after(0, () => disk.write(() => scrubEvicted(database)));
    },
  });
  const signIn = createSignIn({
    as: options.signInAs,
    database,
    audit,
    disk,
    troubles,
    serverNow: serverClock.now,
    grantKey: replica.grantKey,
    ask: (as) => engine.signIn(as),
    moved: frameMoved,
  });
  const ahead = createAhead(replica);
  const overlay = createOverlay(ahead.view, outbox);
  shown.overlay = overlay;
  const latest = createLatestValues(database, serverClock.now);
  const oldestAge = (): number | null => {
    const oldest = outbox.oldest();
    return oldest ? outbox.age(oldest) : null;
  };
  const exported = (outcome: string, payload: unknown, subjects: readonly Id[] = []): boolean =>
    disk.write(() => audit.note({ action: 'export', subjects: [...subjects], outcome, payload }));
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
    exported: (payload) => exported('supportBundle', payload),
  });
  const log = (line: string): void => {
    health.log(line);
    options.log(line);
  };
  const history = createDeskHistory(options.history, {
    stationId,
    replica,
    latest,
    serverClock,
    link: () => engine,
    clock,
    troubles,
    log,
  });
  const upkeep = startUpkeep({
    database,
    clock,
    serverNow: serverClock.now,
    refused: disk.refused,
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
      history.committed(result.changed);
      moved('records', overlay.redecide(ahead.committed(result.changed)));
      if (result.outboxChanged || result.conflictsChanged || conflicts.moved(result.changed)) outboxMoved();
      else if (replica.copy().state !== 'whole' || [...result.changed.keys()].some(isInFrame)) frameMoved();
    },
    telemetry: (message) => {
      const { units, devices } = latest.take(message);
      history.moved(units);
      moved('positions', units);
      moved('readings', devices);
    },
    alarms: (rows) => {
      moved('records', overlay.redecide(ahead.take(rows)));
      frameMoved();
    },
    // The queue commits the welcome, and with it the key that grants are verified with, at the end of this turn.
    welcomed: () => void clock.after(0, signIn.renew),
    offers: (welcome) => {
      const sentence = restoredSentence(database.read, welcome, replica.position().epoch);
      if (sentence !== null) troubles.raise('hospitalRestored', 'degraded', sentence, RESTORE_SHOWN_FOR);
      return offersFor(database.read, welcome);
    },
    linkMoved: () => {
      const state = engine.linkState();
      if (state !== logged.link) log(`link ${state}`);
      // A crash soon after must not lose the hospital's time.
      if (state === 'live' && logged.link !== 'live') disk.write(() => database.transaction(keepTime));
      logged.link = state;
      health.note();
      downtime.linkMoved(state);
      frameMoved();
    },
    fatal: options.fatal,
  });

  const submit = createSubmit({
    database,
    audit,
    outbox,
    overlay,
    troubles,
    clock,
    bootId: options.bootId,
    serverClock,
    signedIn: signIn.current,
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
    signedIn: signIn.current,
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

  const printHandover = createHandoverPrint(options.downtime, {
    view: overlay.view,
    confirmed: ahead.view,
    signedIn: signIn.current,
    serverNow: serverClock.now,
    clock,
    linkState: engine.linkState,
    replica,
    note: (outcome, subjects, payload) => exported(outcome, payload, subjects),
  });

  const city = createDeskCity(options.city, options.routing, {
    clock,
    troubles,
    log,
    view: () => overlay.view,
    fixes: latest.fixes,
    now: serverClock.now,
  });

  const failed = (what: string, error: unknown): void => {
    log(`call ${what} failed: ${error instanceof Error ? error.name : 'error'}`);
    if (error instanceof Error && error.name === 'StoreError' && !isDiskFailure(error)) options.fatal(error);
    else troubles.raise(`call:${what}`, 'degraded', `This desk could not do ${what}.`, EVENT_SHOWN_FOR);
  };
  const desk: DeskService = {
    overlay,
    outbox,
    latest,
    copy: replica.copy,
    city,
    frame: createFrames({
      view: overlay.view,
      latest,
      replica,
      serverClock,
      link: engine,
      unsent: () => ({ count: outbox.count(), oldestAgeMs: oldestAge() }),
      conflicts: conflicts.count,
      signedIn: signIn.current,
      troubles,
    }),
    conflicts: conflicts.list,
    health,
    history,
    printHandover,
    exportMissions: (from, to) => exportMissionTimes(overlay.view, from, to, exported),
    submit: (submission, from) => {
      windows.gestureIn(from);
      return submit(submission);
    },
    signIn: signIn.signIn,
    countersign: async (as, submission, from) => {
      const by = await signIn.beside(as);
      windows.gestureIn(from);
      return submit(submission, by);
    },
    draftKey: () => {
      const author = signIn.current()?.grant.personId;
      if (author === undefined) throw new CallRefused('notAllowed', 'Nobody is signed in at this desk.');
      return draftKeyOf(database, author);
    },
    resolveConflict: (commandId, choice, reason) => {
      const answer = conflicts.resolve(commandId, choice, reason);
      outboxMoved();
      return answer;
    },
    askMessageDesk: (question) => {
      const signed = signIn.current();
      const nobody = refusedAnswer('notAllowed', 'Nobody is signed in at this desk.');
      return signed ? engine.ask(question, signed.token) : Promise.resolve(nobody);
    },
    selection: createSharedSelection(() => moved('selection', ['selection'])),
    report: told.byWindow,
    soon: (call) => void clock.after(0, call),
    failed,
  };

  log('started');
  if (options.storeWarning !== null) troubles.raise('storeKey', 'information', options.storeWarning);
  reportDamage({ store, now: serverClock.now, troubles, guardDisk: disk.write, log });
  progressed();
  // A scrub that a crash or a full disk cut short.
  disk.write(() => scrubEvicted(database));
  const parts = [latest.keep, replica.keepAsOf, health.keep];
  const keep = createKeeping({ database, disk, audit, serverClock, keepTime, parts });
  const stops = [
    clock.every(FRAME_EVERY, () => {
      health.note();
      history.note();
      // What waits too long shows it at the moment it does, with or without a link.
      if (overlay.hasExpired()) {
        moved('records', overlay.redecide(new Map()));
        outboxMoved();
      }
    }),
    clock.every(KEEP_EVERY, () => {
      keep();
      if (engine.linkState() === 'live') signIn.renewWhenDue();
    }),
  ];

  return {
    attach: (port) => windows.add(serveWindow(desk, port)),
    trouble: told.byMain,
    packUsed: ({ how, ...payload }) => exported(how === 'opened' ? 'downtimePackOpened' : 'downtimePackPrinted', payload),
    stop: () => {
      for (const stop of stops) stop();
      engine.stop();
      downtime.stop();
      city.stop();
      history.stop();
      upkeep.stop();
      windows.stop();
      keep();
      troubles.stop();
      store.close();
    },
  };
};
