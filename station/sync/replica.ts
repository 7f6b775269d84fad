/**
 * The desk's copy of the hospital's rows. Rows, cursor, settled commands and new conflicts of everything taken from the queue
 * at once stand in one transaction (SYNC S4); memory moves after it, and a failed commit leaves memory and file as they were.
 */
import type { Frame } from '#contracts/ipc/station-window.ts';
import { checksumText } from '#contracts/wire/checksum.ts';
import type { Settlement } from '#contracts/wire/down.ts';
import type { DivergedReport } from '#contracts/wire/up.ts';
import { WIRE_HASH } from '#contracts/wire/version.ts';
import type { Refusal } from '#domain/commands/definition.ts';
import { sentenceOf } from '#domain/commands/sentence.ts';
import { summarise } from '#domain/commands/summary.ts';
import type { RecordView, VigilRecord } from '#domain/model/record.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { auditSubjects } from '#domain/rules/audit-chain.ts';
import type { AuditTrail } from '../audit/trail.ts';
import { readGrant } from '../grants.ts';
import type { ConflictChoice } from '../outbox/conflicts.ts';
import type { Outbox, PendingCommand } from '../outbox/outbox.ts';
import type { Database, WriteHandle } from '../store/database.ts';
import { evictScope } from '../store/evict.ts';
import { readMeta, writeMeta } from '../store/queries/meta.ts';
import {
  addConflict,
  deleteCommand,
  dismissConflict,
  forgetConflict,
  keepAnswered,
  readClosedUnsent,
  readConflictEnvelope,
  readConflicts,
  readDone,
  type StoredConflict,
} from '../store/queries/outbox.ts';
import { buryRow, forgetTombstones, putRow, readRows, readTombstones, removeRow } from '../store/queries/records.ts';
import { createConfirmedRows, holdRow, type RowKey, rowKey, splitRowKey } from './rows.ts';
import {
  beginSnapshot,
  type CopyWork,
  type Sequenced,
  type Snapshot,
  takeCheck,
  takePage,
  takePoke,
  type Welcome,
} from './taking.ts';

export type Committed = {
  /** The rows that changed, with what stood there before. */
  readonly changed: ReadonlyMap<RowKey, VigilRecord | undefined>;
  readonly outboxChanged: boolean;
  readonly conflictsChanged: boolean;
  /** A poke did not stand on this copy; it and what came after it were not taken. */
  readonly diverged: boolean;
  /** The copy was found to be another than the hospital's: nothing more is taken until it is loaded anew. */
  readonly differs: boolean;
  /** The copy was found to be the hospital's. */
  readonly agreed: boolean;
};

export type Replica = {
  readonly rows: RecordView;
  readonly position: () => { readonly epoch: Id | null; readonly cursor: number | null; readonly snapshot: Snapshot | null };
  /** What of each row the copy holds; null when that was never said. */
  readonly projection: () => Welcome['projection'] | null;
  readonly facilityName: () => string | null;
  readonly grantKey: () => string | null;
  readonly copy: () => Frame['copy'];
  readonly asOf: () => Instant | null;
  /** Why the copy must not be carried on; null while it may. */
  readonly divergence: () => DivergedReport | null;
  /** The checksum of the rows, and the rev at which it was last found to be the hospital's (null: not in this run). */
  readonly checksum: () => { readonly sum: string; readonly agreedAt: number | null };
  /** The backend was heard at this server time and the copy is up to date with it. */
  readonly heard: (at: Instant) => void;
  /** Keeps the moment of the copy over a restart. */
  readonly keepAsOf: () => void;
  readonly conflicts: () => readonly StoredConflict[];
  /** Takes messages in order, in one transaction. Throws StoreError and changes nothing when the disk refuses. */
  readonly commit: (messages: readonly Sequenced[]) => Committed;
  /** Turns unsettled commands into conflicts that say why. Throws StoreError. */
  readonly giveUp: (commands: readonly PendingCommand[], why: (command: PendingCommand) => Refusal) => void;
  /** A person has decided about a conflict; one whose command still waits for its settlement is kept with the decision. Throws StoreError. */
  readonly close: (conflict: StoredConflict, choice: ConflictChoice) => void;
  /** Decided by a person although the command still waits for its settlement. */
  readonly isClosed: (commandId: Id) => boolean;
};

type Work = CopyWork & {
  readonly settled: Set<Id>;
  conflicts: boolean;
  /** The device may hold other rows than before: all that was held is gone. */
  evicted: boolean;
  /** What a person must hear of commands that were done otherwise than they were made. */
  readonly notes: string[];
};

/** Loads the copy. `shown` is the view for summaries: confirmed rows with this desk's commands on top. */
export const createReplica = (options: {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly audit: AuditTrail;
  readonly serverNow: () => Instant;
  readonly shown: () => RecordView;
  readonly unreadableRows: (count: number) => void;
  /** A command was done on another record than it named; one sentence. */
  readonly noted: (sentence: string) => void;
  /** Everything of another scope is gone from the store; memory outside the copy must follow. */
  readonly evicted: () => void;
  /** The rows in the file are not those that were committed: they are loaded again. */
  readonly rowsChanged: () => void;
}): Replica => {
  const { database, outbox, audit, serverNow } = options;
  const stored = readRows(database.read);
  const rows = createConfirmedRows(stored.rows.map((row) => holdRow(row, row.namedBy)));
  const sumText = (): string => checksumText(rows.sum());
  let epoch: Id | null = readMeta(database.read, 'epoch') ?? null;
  // Rows that this version cannot read are missed: only a snapshot brings them back.
  let cursor = stored.unreadable > 0 ? null : (readMeta(database.read, 'cursor') ?? null);
  let snapshot: Snapshot | null = cursor === null ? null : (readMeta(database.read, 'snapshot') ?? null);
  let buried = new Map(readTombstones(database.read).map(({ kind, id, rev }) => [rowKey(kind, id), rev]));
  let divergence = readMeta(database.read, 'divergence') ?? null;
  let agreedAt: number | null = null;
  const committedSum = readMeta(database.read, 'checksum');
  if (stored.unreadable === 0 && committedSum?.wire === WIRE_HASH && committedSum.sum !== sumText() && epoch !== null) {
    divergence ??= { epoch, rev: cursor ?? 0, held: sumText(), expected: committedSum.sum };
    options.rowsChanged();
  }
  let asOf: Instant | null = readMeta(database.read, 'asOf') ?? null;
  let projection = readMeta(database.read, 'projection') ?? null;
  let facilityName = readMeta(database.read, 'facilityName') ?? null;
  let grantKey = readMeta(database.read, 'grantKey') ?? null;
  let conflicts = readConflicts(database.read);
  const closed = new Set<Id>(readClosedUnsent(database.read));
  let upToDate = false;
  if (stored.unreadable > 0) options.unreadableRows(stored.unreadable);

  const conflictOf = (
    { envelope, wanted }: Pick<StoredConflict, 'envelope' | 'wanted'>,
    { code, message, sentence }: Refusal,
  ): StoredConflict => ({
    envelope,
    summary: summarise(options.shown(), envelope.name, envelope.input),
    code,
    message,
    ...(sentence && { sentence }),
    by: readGrant(envelope.grant)?.name ?? 'unknown',
    foundAt: serverNow(),
    wanted,
  });

  const settle = (handle: WriteHandle, work: Work, settlement: Settlement): void => {
    const pending = outbox.get(settlement.commandId);
    const done = pending ? undefined : readDone(handle, settlement.commandId);
    const envelope = pending?.envelope ?? readConflictEnvelope(handle, settlement.commandId) ?? done;
    if (!envelope) return;
    deleteCommand(handle, settlement.commandId);
    keepAnswered(handle, envelope, settlement, work.epoch ?? '', serverNow());
    work.settled.add(settlement.commandId);
    const { outcome } = settlement;
    if (outcome.status === 'applied' && outcome.note !== undefined)
      work.notes.push(`${summarise(options.shown(), envelope.name, envelope.input)}: ${outcome.note}`);
    if (outcome.status === 'refused' && pending) {
      addConflict(handle, conflictOf(pending, outcome));
      work.conflicts = true;
    } else if (outcome.status === 'refused' && done) {
      // It was done once, in a history that the hospital has lost, and whoever closed a conflict about it then did not know that.
      forgetConflict(handle, settlement.commandId);
      const message = `This had been done before the hospital was restored, and could not be done again. ${outcome.message}`;
      addConflict(
        handle,
        conflictOf({ envelope, wanted: [] }, { code: outcome.code, message, sentence: sentenceOf('doneBeforeRestore') }),
      );
      work.conflicts = true;
    } else if (
      outcome.status === 'applied' &&
      dismissConflict(handle, settlement.commandId, serverNow(), 'It was done after all.')
    ) {
      work.conflicts = true;
    }
  };

  /** Takes one message; false when it does not stand on the copy, or finds it wrong. */
  const take = (handle: WriteHandle, work: Work, message: Sequenced): boolean => {
    switch (message.type) {
      case 'welcome':
        writeMeta(handle, 'facilityName', message.facilityName);
        writeMeta(handle, 'grantKey', message.grantKey);
        writeMeta(handle, 'projection', message.projection);
        if (message.start.mode === 'snapshot' && projection !== null && projection !== message.projection) {
          for (const { kind, id } of evictScope(handle)) work.rows.set(rowKey(kind, id), undefined);
          work.conflicts = true;
          work.evicted = true;
        }
        work.upToDate = message.start.mode === 'resume' && message.rev === work.cursor;
        if (message.start.mode === 'snapshot') beginSnapshot(work, message);
        // What waits in the outbox is asked again, and settled with its rows; what was given up is not.
        for (const settlement of message.settled ?? [])
          if (!outbox.get(settlement.commandId) && readConflictEnvelope(handle, settlement.commandId))
            settle(handle, work, settlement);
        return true;
      case 'poke':
        if (!takePoke(work, message)) return false;
        for (const settlement of message.settled) settle(handle, work, settlement);
        if (message.audit && work.epoch !== null && grantKey !== null)
          audit.answered(handle, message.audit, { epoch: work.epoch, grantKey });
        return true;
      case 'page':
        takePage(work, message);
        return true;
      case 'check':
        return takeCheck(work, message);
      default:
        return message satisfies never;
    }
  };
  const write = (handle: WriteHandle, work: Work): void => {
    const changed = work.rows.changed();
    for (const [key, row] of changed) {
      if (row) {
        putRow(handle, row, row.namedBy);
        continue;
      }
      const { kind, id } = splitRowKey(key);
      removeRow(handle, kind, id);
    }
    if (work.snapshot?.snapshotId !== snapshot?.snapshotId) forgetTombstones(handle);
    for (const [key, rev] of work.buried) {
      const { kind, id } = splitRowKey(key);
      if (work.snapshot?.snapshotId !== snapshot?.snapshotId || buried.get(key) !== rev) buryRow(handle, kind, id, rev);
    }
    if (work.epoch !== epoch) writeMeta(handle, 'epoch', work.epoch);
    if (work.cursor !== cursor) writeMeta(handle, 'cursor', work.cursor);
    if (work.snapshot !== snapshot) writeMeta(handle, 'snapshot', work.snapshot);
    if (work.divergence !== divergence) writeMeta(handle, 'divergence', work.divergence);
    if (changed.size > 0) writeMeta(handle, 'checksum', { sum: checksumText(work.rows.sum()), wire: WIRE_HASH });
  };

  return {
    rows,
    position: () => ({ epoch, cursor, snapshot }),
    projection: () => projection,
    facilityName: () => facilityName,
    grantKey: () => grantKey,
    divergence: () => divergence,
    checksum: () => ({ sum: sumText(), agreedAt }),
    copy: () => {
      // What is known to be wrong somewhere is not whole, though most of it will be right.
      if (divergence) return { state: 'loading', loaded: 0, total: rows.size() };
      if (snapshot) return { state: 'loading', loaded: snapshot.loaded, total: snapshot.total };
      return cursor === null || asOf === null ? { state: 'empty' } : { state: 'whole', asOf };
    },
    asOf: () => asOf,
    heard: (at) => {
      if (upToDate) asOf = Math.max(asOf ?? at, at);
    },
    keepAsOf: () => {
      if (asOf !== null && epoch !== null) database.transaction((handle) => writeMeta(handle, 'asOf', asOf));
    },
    conflicts: () => conflicts,
    commit: (messages) => {
      const work: Work = {
        epoch,
        cursor,
        snapshot,
        rows: rows.change(),
        buried: snapshot ? new Map(buried) : new Map(),
        divergence,
        agreedAt: null,
        upToDate: false,
        settled: new Set(),
        conflicts: false,
        evicted: false,
        notes: [],
      };
      const now = serverNow();
      const takeAll = (handle: WriteHandle): boolean => {
        const whole = messages.every((message) => take(handle, work, message));
        if (!whole || work.snapshot !== null || work.cursor === null || work.divergence) work.upToDate = false;
        write(handle, work);
        if (work.upToDate) writeMeta(handle, 'asOf', now);
        return whole;
      };
      // To be found right, once a second, costs no commit.
      const judged = messages.every((message) => message.type === 'check' && takeCheck(work, message));
      const whole = judged || database.transaction(takeAll);
      ({ epoch, cursor, snapshot, divergence, buried } = work);
      if (!judged) ({ upToDate } = work);
      agreedAt = work.agreedAt ?? agreedAt;
      if (work.upToDate) asOf = now;
      for (const message of messages) if (message.type === 'welcome') ({ facilityName, grantKey, projection } = message);
      const changed = rows.settle(work.rows);
      const outboxChanged = [...work.settled].some((commandId) => outbox.get(commandId) !== undefined);
      outbox.remove(work.settled);
      if (work.evicted) options.evicted();
      for (const note of work.notes) options.noted(note);
      for (const commandId of work.settled) closed.delete(commandId);
      if (work.conflicts) conflicts = readConflicts(database.read);
      return {
        changed,
        outboxChanged,
        conflictsChanged: work.conflicts,
        diverged: !whole && work.divergence === null,
        differs: work.divergence !== null,
        agreed: work.agreedAt !== null,
      };
    },
    giveUp: (commands, why) => {
      database.transaction((handle) => {
        for (const command of commands) {
          const refusal = why(command);
          addConflict(handle, conflictOf(command, refusal));
          deleteCommand(handle, command.envelope.commandId);
          const { commandId, input } = command.envelope;
          const subjects = auditSubjects(commandId, input);
          audit.write(handle, { actor: 'station', action: 'giveUp', subjects, outcome: refusal.code, payload: command.envelope });
        }
      });
      outbox.remove(commands.map(({ envelope }) => envelope.commandId));
      conflicts = readConflicts(database.read);
    },
    close: (conflict, choice) => {
      database.transaction((handle) => {
        addConflict(handle, conflict);
        dismissConflict(handle, choice.commandId, serverNow(), choice.reason);
        const subjects = [choice.commandId, ...(choice.newCommandId === null ? [] : [choice.newCommandId])];
        audit.write(handle, { action: 'conflict', subjects, outcome: choice.choice, payload: choice });
      });
      conflicts = readConflicts(database.read);
      if (outbox.get(choice.commandId)) closed.add(choice.commandId);
    },
    isClosed: (commandId) => closed.has(commandId),
  };
};
