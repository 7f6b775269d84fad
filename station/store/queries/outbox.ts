import type { Conflict } from '#contracts/ipc/station-window.ts';
import type { Settlement } from '#contracts/wire/down.ts';
import type { Refusal } from '#domain/commands/definition.ts';
import type { Envelope } from '#domain/commands/envelope.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import type { ReadHandle, WriteHandle } from '../database.ts';

/** When a gesture was made, by this machine's clocks. */
export type Gesture = { readonly bootId: string; readonly monotonicAt: number; readonly wallAt: number };
export type StoredCommand = { readonly sequence: number; readonly envelope: Envelope; readonly gesture: Gesture };

const ALL = 'SELECT sequence, envelope, boot_id, monotonic_at, wall_at FROM outbox ORDER BY sequence';
export const INSERT =
  'INSERT OR IGNORE INTO outbox (command_id, envelope, boot_id, monotonic_at, wall_at) VALUES (?, ?, ?, ?, ?)';
export const SEQUENCE = 'SELECT sequence FROM outbox WHERE command_id = ?';
export const DELETE = 'DELETE FROM outbox WHERE command_id = ?';
export const ANSWER =
  'INSERT OR REPLACE INTO answered (command_id, envelope, outcome, epoch, rev, answered_at) VALUES (?, ?, ?, ?, ?, ?)';
export const ANSWERED = 'SELECT outcome FROM answered WHERE command_id = ?';
export const FORGET_ANSWERED = 'DELETE FROM answered WHERE answered_at < ?';
export const FORGET_DISMISSED = 'DELETE FROM conflict WHERE dismissed_at < ?';
const CONFLICTS = `SELECT command_id AS commandId, name, summary, code, message, by_name AS "by", issued_at AS issuedAt, found_at AS foundAt
  FROM conflict WHERE dismissed_at IS NULL ORDER BY found_at, command_id`;
export const CONFLICT_REFUSAL = 'SELECT code, message FROM conflict WHERE command_id = ?';
export const CONFLICT_ENVELOPE = 'SELECT envelope FROM conflict WHERE command_id = ?';
const ADD_CONFLICT = `INSERT OR REPLACE INTO conflict (command_id, name, summary, code, message, by_name, issued_at, found_at, envelope)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const DISMISS = 'UPDATE conflict SET dismissed_at = ?, dismissed_because = ? WHERE command_id = ? AND dismissed_at IS NULL';

/** Unsettled commands in the order in which they were made. */
export const readOutbox = (handle: ReadHandle): readonly StoredCommand[] =>
  handle
    .all<{ sequence: number; envelope: string; boot_id: string; monotonic_at: number; wall_at: number }>(ALL)
    .map(({ sequence, envelope, boot_id, monotonic_at, wall_at }) => ({
      sequence,
      envelope: JSON.parse(envelope) as Envelope,
      gesture: { bootId: boot_id, monotonicAt: monotonic_at, wallAt: wall_at },
    }));

/** Appends a command; the same commandId twice is one row. Returns its place in the order. */
export const insertCommand = (handle: WriteHandle, envelope: Envelope, gesture: Gesture): number => {
  handle.run(INSERT, envelope.commandId, JSON.stringify(envelope), gesture.bootId, gesture.monotonicAt, gesture.wallAt);
  return handle.get<{ sequence: number }>(SEQUENCE, envelope.commandId)?.sequence ?? 0;
};

export const deleteCommand = (handle: WriteHandle, commandId: Id): void => void handle.run(DELETE, commandId);

/** Keeps a settled command for recovery after a restore of the backend. */
export const keepAnswered = (handle: WriteHandle, envelope: Envelope, settlement: Settlement, epoch: string, at: Instant): void =>
  void handle.run(
    ANSWER,
    envelope.commandId,
    JSON.stringify(envelope),
    JSON.stringify(settlement.outcome),
    epoch,
    settlement.rev,
    at,
  );

/** Forgets what was answered, and the conflicts that were dismissed, before a moment. */
export const forgetAnswered = (handle: WriteHandle, before: Instant): void => {
  handle.run(FORGET_ANSWERED, before);
  handle.run(FORGET_DISMISSED, before);
};

/** What became of a settled command that is still retained. */
export const readAnswer = (handle: ReadHandle, commandId: Id): Settlement['outcome'] | undefined => {
  const found = handle.get<{ outcome: string }>(ANSWERED, commandId);
  return found && (JSON.parse(found.outcome) as Settlement['outcome']);
};

/** Conflicts that nobody has dismissed, oldest first. */
export const readConflicts = (handle: ReadHandle): readonly Conflict[] => handle.all<Conflict>(CONFLICTS);

export const addConflict = (handle: WriteHandle, conflict: Conflict, envelope: Envelope): void =>
  void handle.run(
    ADD_CONFLICT,
    conflict.commandId,
    conflict.name,
    conflict.summary,
    conflict.code,
    conflict.message,
    conflict.by,
    conflict.issuedAt,
    conflict.foundAt,
    JSON.stringify(envelope),
  );

/** Why a command became a conflict, dismissed or not. */
export const readConflictRefusal = (handle: ReadHandle, commandId: Id): Refusal | undefined =>
  handle.get<Refusal>(CONFLICT_REFUSAL, commandId);

/** The command of a conflict, dismissed or not. */
export const readConflictEnvelope = (handle: ReadHandle, commandId: Id): Envelope | undefined => {
  const found = handle.get<{ envelope: string }>(CONFLICT_ENVELOPE, commandId);
  return found && (JSON.parse(found.envelope) as Envelope);
};

/** Marks a conflict as read; whether there was one. */
export const dismissConflict = (handle: WriteHandle, commandId: Id, at: Instant, because: string): boolean =>
  handle.run(DISMISS, at, because, commandId) > 0;
