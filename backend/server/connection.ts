/**
 * One station's connection, from its first message to its end.
 *
 *   connected ──hello──► welcomed: resume (one poke with all it missed) or snapshot (pages on request)
 *       │                    │  live: every commit is a poke on top of `sent`
 *       └─refused, closed    └─slow: over 1 MB or 2 s unsent: alarms alone; when all is sent, one poke from `sent` on
 *
 * `sent` is the rev of the last poke handed to the socket. Each poke begins there, so a station never sees a gap, and
 * because everything here is synchronous no commit can fall between two of them. A slow station's heartbeats are answered
 * only when it has been told everything: an answer says that its copy is as new as the answer.
 */
import { randomUUID } from 'node:crypto';
import type { Alarms, Down, Poke, Row, Spread } from '#contracts/wire/down.ts';
import type { WireErrorCode } from '#contracts/wire/errors.ts';
import { MAXIMUM_MESSAGE_BYTES, type Up, upSchema } from '#contracts/wire/up.ts';
import { PROTOCOL_VERSION, spokenWith, versionsApart } from '#contracts/wire/version.ts';
import { downForVersion1 } from '#contracts/wire/version-1.ts';
import { refusedAnswer } from '#domain/model/message-desk.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { signedAnswer } from '../audit/answer.ts';
import type { Change, Core } from '../core/core.ts';
import type { GrantAuthority } from '../core/grants.ts';
import { displaysShow, type Projection } from '../core/projection.ts';
import type { Recovery } from '../core/recovery.ts';
import type { Admission } from './admission.ts';
import type { CommandTurn } from './command-turn.ts';
import type { AnswerQuestion } from './desk-questions.ts';
import { type DeviceTokens, projectionOf } from './device-tokens.ts';
import type { PagePacker } from './page-packer.ts';
import type { Parting } from './parts.ts';
import { type Cut, cutChange, projectedSize, projectRows } from './projecting.ts';
import { developmentGrant } from './sign-in.ts';
import type { StationSocket } from './station-socket.ts';
import type { TelemetryLane } from './telemetry-lane.ts';
import type { Timers } from './timers.ts';

export type ConnectionContext = {
  readonly core: Core;
  readonly clock: () => Instant;
  readonly timers: Timers;
  readonly grants: GrantAuthority;
  readonly tokens: DeviceTokens;
  readonly telemetry: TelemetryLane;
  readonly commandTurn: CommandTurn;
  readonly answerQuestion: AnswerQuestion;
  /** Present after a restore from a backup. */
  readonly recovery?: Recovery | undefined;
  readonly packPage: PagePacker;
  /** Called once the station is known; an older connection of the same station gives way. */
  readonly onWelcome: (stationId: Id) => void;
  readonly admission: Admission;
  readonly parting: Parting;
};

export type Connection = {
  readonly stationId: () => Id | undefined;
  readonly projection: () => Projection | undefined;
  /** A commit, already cut to this connection's projection. */
  readonly poke: (change: Change, cut: Cut) => void;
  /** Once a second: latest values, and whether a slow socket has recovered. */
  readonly beat: () => void;
  readonly refuse: (code: WireErrorCode, message: string, close: boolean) => void;
  /** The socket has closed. */
  readonly ended: () => void;
};

const MOST_UNSENT_BYTES = 1024 * 1024;
const MOST_UNSENT_MS = 2_000;
/** What alarms may add to a socket that takes nothing else, bytes, and how many go in one message. */
const MOST_UNSENT_ALARM_BYTES = 256 * 1024;
const MOST_ALARMS = 500;

/** Serves one socket until it closes. */
export const createConnection = (socket: StationSocket, context: ConnectionContext): Connection => {
  const { core, clock, timers, grants, tokens, telemetry, commandTurn, packPage, recovery } = context;
  let station: { readonly id: Id; readonly projection: Projection } | undefined;
  let snapshotId: Id | undefined;
  /** Every page of the snapshot, or none was needed, has been said: the station holds all rows as of `sent`. */
  let whole = false;
  let sent = 0;
  let slow = false;
  let unsentSince: number | undefined;
  let telemetryMark = 0;
  let place: ReturnType<Admission['enter']> | undefined;
  let told: Spread | undefined;
  let unansweredPulse: number | undefined;
  /** Alarms that a slow socket has not been given yet, the newest of each. */
  const owedAlarms = new Map<Id, Alarms['rows'][number]>();
  /** The version this station and this backend speak with each other. */
  let protocol = PROTOCOL_VERSION;
  let sameVersion = false;

  const spoken = (message: Down): Down | null => (protocol === 1 ? downForVersion1(message) : message);
  const send = (message: Down): void => {
    const said = spoken(message);
    if (said) socket.send(said);
  };
  const refuse = (code: WireErrorCode, message: string, close: boolean, retryAfterMs?: number) => {
    const error = { code, message: message.slice(0, 500) };
    send({ type: 'refused', error: retryAfterMs === undefined ? error : { ...error, retryAfterMs } });
    if (close) socket.close();
  };

  const log = (line: string) => void process.stderr.write(`backend: ${line}\n`);
  const storeFailed = (type: Up['type'], error: Error) => {
    log(`a message of type ${type} failed: ${error.message}`);
    refuse('storeFailed', 'The hospital could not write this down. Try again.', false);
  };

  const answerSafely: AnswerQuestion = (asking, question) => {
    try {
      return context.answerQuestion(asking, question);
    } catch (error) {
      log(`a question about ${question.about} failed: ${(error as Error).message}`);
      return refusedAnswer('failed', 'The hospital could not do this.');
    }
  };

  const sendOwedAlarms = () => {
    if (owedAlarms.size === 0 || socket.unsentBytes() > MOST_UNSENT_BYTES + MOST_UNSENT_ALARM_BYTES) return;
    const rows = [...owedAlarms.values()].slice(0, MOST_ALARMS);
    for (const { record } of rows) owedAlarms.delete(record.id);
    send({ type: 'alarms', rows });
  };
  const oweAlarms = (rows: readonly Row[]) => {
    for (const { rev, record } of rows) if (record.kind === 'alarm') owedAlarms.set(record.id, { rev, record });
  };
  const sendPoke = (change: Change, cut: Cut) => {
    const { puts, patches } = whole && protocol >= 2 ? cut.changes() : { puts: cut.rows, patches: [] };
    const settled = change.settlements.get(station?.id ?? '') ?? [];
    const audit = station && settled.length > 0 ? signedAnswer(core.audit, station.id, grants.sign) : undefined;
    const poke: Poke = {
      type: 'poke',
      base: sent,
      rev: change.rev,
      puts: [...puts],
      deletes: [...change.deletes],
      settled: [...settled],
      ...(audit && { audit }),
      ...(patches.length > 0 ? { patches: [...patches] } : {}),
    };
    sent = change.rev;
    const parts = protocol === 1 ? [poke] : context.parting.partsOf(poke);
    // A desk that takes a snapshot writes pages down between two pokes.
    if (parts.length > 1 || (!whole && protocol >= 2)) {
      oweAlarms(cut.rows);
      sendOwedAlarms();
    }
    owedAlarms.clear();
    for (const part of parts) send(part);
  };
  const answerPulse = (sequence: number) => {
    const spread = place?.spread();
    const news = spread && (spread.slotMs !== told?.slotMs || spread.periodMs !== told.periodMs) ? spread : undefined;
    told = spread;
    const judged = station && sameVersion && whole && sent === core.rev() ? core.checksum(station.projection) : undefined;
    send({
      type: 'pulse',
      sequence,
      serverTime: clock(),
      ...(news ? { spread: news } : {}),
      ...(judged === undefined ? {} : { sum: { rev: sent, checksum: judged } }),
    });
  };
  const catchUp = (id: Id, projection: Projection) => {
    const missed = core.changesSince(id, sent);
    if (!missed) return refuse('busy', 'This station has fallen too far behind and must ask for a snapshot.', true);
    sendPoke(missed, cutChange(projection, missed, displaysShow(core.view)));
  };
  const noteUnsent = () => {
    const bytes = socket.unsentBytes();
    if (bytes === 0) unsentSince = undefined;
    else unsentSince ??= timers.monotonicNow();
    if (bytes > MOST_UNSENT_BYTES || (unsentSince !== undefined && timers.monotonicNow() - unsentSince > MOST_UNSENT_MS))
      slow = true;
    else if (bytes === 0 && slow && station) {
      if (snapshotId !== undefined || sent < core.rev()) catchUp(station.id, station.projection);
      slow = false;
      if (unansweredPulse !== undefined) answerPulse(unansweredPulse);
      unansweredPulse = undefined;
    }
  };
  const tell = (change: Change, cut: Cut, projection: Projection) => {
    noteUnsent();
    if (sent >= change.rev || !station) return;
    if (slow) {
      oweAlarms(cut.rows);
      sendOwedAlarms();
    }
    // A poke that spans more than this change would lose what stands between: `sent` tells.
    else if (sent === change.base) sendPoke(change, cut);
    else catchUp(station.id, projection);
  };

  const hello = (message: Extract<Up, { type: 'hello' }>) => {
    if (station) return refuse('malformed', 'This connection has already said hello.', false);
    const common = spokenWith(message.protocol);
    if (common === null) return refuse('unknownVersion', versionsApart(PROTOCOL_VERSION, message.protocol), true);
    protocol = common;
    sameVersion = message.protocol === PROTOCOL_VERSION;
    const projection = projectionOf(tokens, message.deviceToken);
    if (!projection) return refuse('unauthorised', 'The hospital does not know this device.', true);
    const wait = context.admission.hello();
    if (wait > 0) return refuse('busy', 'Many stations are connecting. This one will be taken in a moment.', true, wait);
    if (message.audit) core.audit.greeted(message.stationId, message.audit);
    const { epoch, cursor } = message.streams.facility;
    const missed = epoch === core.epoch && cursor !== null ? core.changesSince(message.stationId, cursor) : undefined;
    const [facility] = core.view.list('facility');
    context.onWelcome(message.stationId);
    station = { id: message.stationId, projection };
    place = context.admission.enter();
    told = place.spread();
    // Pages hold no state here, so a snapshot that was begun on an earlier connection, or an earlier run, is carried on.
    const running = message.streams.facility.snapshotId ?? undefined;
    snapshotId = missed ? running : randomUUID();
    whole = snapshotId === undefined;
    sent = missed ? missed.base : core.rev();
    // What a desk gave up it does not ask about again: it would never hear that it was done (SYNC O22).
    const settled = !missed && epoch === core.epoch ? core.settlementsAfter(message.stationId, cursor ?? 0) : [];
    send({
      type: 'welcome',
      protocol,
      epoch: core.epoch,
      rev: core.rev(),
      serverTime: clock(),
      facilityName: facility?.name ?? '',
      grantKey: grants.publicKey,
      projection,
      ...(recovery ? { recovery: { state: recovery.state(), from: recovery.from } } : {}),
      start:
        missed || snapshotId === undefined
          ? { mode: 'resume' }
          : { mode: 'snapshot', snapshotId, total: projectedSize(projection, core.view) },
      spread: told,
      ...(settled.length > 0 ? { settled: [...settled] } : {}),
    });
    if (missed && missed.rev > missed.base) sendPoke(missed, cutChange(projection, missed, displaysShow(core.view)));
  };

  const take = (message: Up) => {
    if (message.type === 'hello') return hello(message);
    if (!station) return refuse('unauthorised', 'The first message must be hello.', true);
    const { id, projection } = station;
    switch (message.type) {
      case 'pulse':
        noteUnsent();
        if (slow) unansweredPulse = message.sequence;
        else answerPulse(message.sequence);
        return;
      case 'page': {
        if (message.snapshotId !== snapshotId) return refuse('snapshotGone', 'This snapshot is not open any more.', false);
        const { rows, next } = core.page(message.after);
        const held = projectRows(projection, rows, displaysShow(core.view));
        send({ type: 'page', snapshotId, ...(protocol >= 2 ? { rows: [], packed: packPage(held) } : { rows: held }), next });
        whole ||= next === null;
        return;
      }
      case 'signIn': {
        const [facility] = core.view.list('facility');
        const grant = developmentGrant(message.as, facility?.id ?? core.epoch, clock());
        const allowed = projection === 'desk' || message.as === 'display';
        const outcome = allowed ? 'granted' : 'notAllowed';
        const { personId: actor, grantId } = grant;
        core.audit.note({ actor, stationId: id, action: 'signIn', subjects: allowed ? [grantId] : [], outcome, payload: grant });
        if (!allowed) return refuse('unauthorised', 'A display can only be signed in as a display.', false);
        return send({ type: 'signedIn', grant: grants.issue(grant) });
      }
      case 'commands': {
        if (projection === 'display') return refuse('wrongScope', 'A display can only read.', false);
        if (message.audit) core.audit.shown(id, message.audit);
        if (recovery?.state() === 'collecting')
          return refuse('busy', 'The hospital was restored and collects what it had lost. New commands wait.', false);
        const asked = message.commands.map(({ envelope, ageMs }) => ({ stationId: id, envelope, ageMs }));
        return commandTurn.offer(asked, message.after, (answers, failure) => {
          // Nothing changed, so no commit tells it: stored settlements go out on a poke that does not move.
          const settled = answers.flatMap(({ settlement, repeated }) => (repeated ? [settlement] : []));
          if (settled.length > 0 && !slow) send({ type: 'poke', base: sent, rev: sent, puts: [], deletes: [], settled });
          if (failure) storeFailed(message.type, failure);
        });
      }
      case 'offer': {
        if (projection === 'display') return refuse('wrongScope', 'A display can only read.', false);
        const settled = [...(recovery?.offer(id, message.commands) ?? [])];
        if (settled.length > 0 && !slow) send({ type: 'poke', base: sent, rev: sent, puts: [], deletes: [], settled });
        return;
      }
      case 'ask': {
        const { askId, question, grant } = message;
        if (slow) return send({ type: 'answer', askId, answer: refusedAnswer('busy', 'The line to this desk is too slow now.') });
        return send({ type: 'answer', askId, answer: answerSafely({ stationId: id, projection, grant }, question) });
      }
      case 'diverged':
        log(`the copy of station ${id} differed at ${message.rev}: it had ${message.held}, not ${message.expected}`);
        return core.noteDiverged(id, message);
    }
  };

  socket.onMessage((given, oversized) => {
    if (oversized) return refuse('oversized', `A message may have ${MAXIMUM_MESSAGE_BYTES} bytes.`, false);
    const parsed = upSchema.safeParse(given);
    if (!parsed.success) {
      const where = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
      return refuse('malformed', where, station === undefined);
    }
    try {
      take(parsed.data);
    } catch (error) {
      storeFailed(parsed.data.type, error as Error);
    }
  });

  return {
    stationId: () => station?.id,
    projection: () => station?.projection,
    poke: (change, cut) => {
      if (!station) return;
      try {
        tell(change, cut, station.projection);
      } catch (error) {
        // The change is committed and must not seem to have failed; the next beat tells it.
        slow = true;
        log(`a change could not be told to station ${station.id}: ${(error as Error).message}`);
      }
    },
    beat: () => {
      if (!station) return;
      noteUnsent();
      sendOwedAlarms();
      if (slow || !socket.writable()) return;
      const { message, mark } = telemetry.since(telemetryMark);
      telemetryMark = mark;
      const said = message.fixes.length + message.readings.length > 0 ? spoken(message) : null;
      if (said) socket.sendLossy(said);
    },
    refuse,
    ended: () => place?.leave(),
  };
};
