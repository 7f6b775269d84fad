import type { Settlement } from '#contracts/wire/down.ts';
import type { OfferedCommand } from '#contracts/wire/up.ts';
import type { Refusal, RefusalCode } from '#domain/commands/definition.ts';
import type { Envelope } from '#domain/commands/envelope.ts';
import type { Sentence } from '#domain/commands/sentence.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import type { Wanted } from '#domain/rules/stakes.ts';
import type { ReadHandle, WriteHandle } from '../database.ts';

/** When a gesture was made, by this machine's clocks. */
export type Gesture = { readonly bootId: string; readonly monotonicAt: number; readonly wallAt: number };
export type StoredCommand = {
  readonly sequence: number;
  readonly envelope: Envelope;
  readonly gesture: Gesture;
  /** What it would have changed when it was made. */
  readonly wanted: readonly Wanted[];
};

/** A command that was not done, as it is kept for a person. */
export type StoredConflict = {
  readonly envelope: Envelope;
  readonly summary: string;
  readonly code: RefusalCode;
  readonly message: string;
  readonly sentence?: Sentence | undefined;
  readonly by: string;
  readonly foundAt: Instant;
  readonly wanted: readonly Wanted[];
};

const ALL = 'SELECT sequence, envelope, boot_id, monotonic_at, wall_at, wanted FROM outbox ORDER BY sequence';
export const INSERT =
  'INSERT OR IGNORE INTO outbox (command_id, envelope, boot_id, monotonic_at, wall_at, wanted) VALUES (?, ?, ?, ?, ?, ?)';
export const SEQUENCE = 'SELECT sequence FROM outbox WHERE command_id = ?';
export const DELETE = 'DELETE FROM outbox WHERE command_id = ?';
export const ANSWER =
  'INSERT OR REPLACE INTO answered (command_id, envelope, outcome, epoch, rev, answered_at) VALUES (?, ?, ?, ?, ?, ?)';
export const ANSWERED = 'SELECT outcome FROM answered WHERE command_id = ?';
export const LAST_SETTLED = 'SELECT max(answered_at) AS "at" FROM answered';
export const FORGET_ANSWERED = 'DELETE FROM answered WHERE answered_at < ?';
export const FORGET_DISMISSED = 'DELETE FROM conflict WHERE dismissed_at < ?';
const CONFLICTS = `SELECT envelope, summary, code, message, sentence, by_name AS "by", found_at AS foundAt, wanted
  FROM conflict WHERE dismissed_at IS NULL ORDER BY found_at, command_id`;
export const CONFLICT_REFUSAL = 'SELECT code, message, sentence FROM conflict WHERE command_id = ?';
export const CONFLICT_ENVELOPE = 'SELECT envelope FROM conflict WHERE command_id = ?';
// One that a person has dealt with stays dealt with, whatever the hospital says of it later.
const ADD_CONFLICT = `INSERT INTO conflict (command_id, name, summary, code, message, sentence, by_name, issued_at, found_at, envelope, wanted)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (command_id) DO UPDATE SET code = excluded.code, message = excluded.message, sentence = excluded.sentence
  WHERE dismissed_at IS NULL`;
const DISMISS = 'UPDATE conflict SET dismissed_at = ?, dismissed_because = ? WHERE command_id = ? AND dismissed_at IS NULL';

const readWanted = (text: string | null): readonly Wanted[] => (text === null ? [] : (JSON.parse(text) as readonly Wanted[]));

type StoredSentence = { readonly sentence: string | null };
/** None for a conflict that an older version kept. */
const readSentence = (text: string | null): { readonly sentence?: Sentence } =>
  text === null ? {} : { sentence: JSON.parse(text) as Sentence };

/** Unsettled commands in the order in which they were made. */
export const readOutbox = (handle: ReadHandle): readonly StoredCommand[] =>
  handle
    .all<{
      sequence: number;
      envelope: string;
      boot_id: string;
      monotonic_at: number;
      wall_at: number;
      wanted: string | null;
    }>(ALL)
    .map(({ sequence, envelope, boot_id, monotonic_at, wall_at, wanted }) => ({
      sequence,
      envelope: JSON.parse(envelope) as Envelope,
      gesture: { bootId: boot_id, monotonicAt: monotonic_at, wallAt: wall_at },
      wanted: readWanted(wanted),
    }));

const EXPORT = 'SELECT sequence, envelope, wall_at AS madeAt FROM outbox ORDER BY sequence';

/** Unsent commands as they are handed to a person, oldest first; asks only for what every version's outbox has. `madeAt` is this machine's wall time. */
export const exportOutbox = (
  handle: ReadHandle,
): readonly { readonly sequence: number; readonly madeAt: number; readonly envelope: unknown }[] =>
  handle
    .all<{ sequence: number; madeAt: number; envelope: string }>(EXPORT)
    .map(({ sequence, madeAt, envelope }) => ({ sequence, madeAt, envelope: JSON.parse(envelope) as unknown }));

/** Appends a command; the same commandId twice is one row. Returns its place in the order, and whether it was not there yet. */
export const insertCommand = (
  handle: WriteHandle,
  command: Omit<StoredCommand, 'sequence'>,
): { readonly sequence: number; readonly isNew: boolean } => {
  const { envelope, gesture, wanted } = command;
  const { bootId, monotonicAt, wallAt } = gesture;
  const { commandId } = envelope;
  const added = handle.run(INSERT, commandId, JSON.stringify(envelope), bootId, monotonicAt, wallAt, JSON.stringify(wanted));
  return { sequence: handle.get<{ sequence: number }>(SEQUENCE, commandId)?.sequence ?? 0, isNew: added > 0 };
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

const ACKNOWLEDGED = `SELECT envelope, epoch, rev, answered_at AS answeredAt FROM answered
  WHERE outcome LIKE '{"status":"applied"%' AND epoch <> ? AND NOT (epoch = ? AND rev <= ?) ORDER BY answered_at, rev`;

/** What the backend acknowledged in histories other than `epoch`, without what stands in its backup `from`; in the order of the answers. */
export const readAcknowledged = (
  handle: ReadHandle,
  epoch: Id,
  from: { readonly epoch: Id; readonly rev: number } | null,
): readonly OfferedCommand[] =>
  handle
    .all<Omit<OfferedCommand, 'envelope'> & { envelope: string }>(ACKNOWLEDGED, epoch, from?.epoch ?? '', from?.rev ?? 0)
    .map(({ envelope, ...place }) => ({ ...place, envelope: JSON.parse(envelope) as Envelope }));

const DONE = `SELECT envelope FROM answered WHERE command_id = ? AND outcome LIKE '{"status":"applied"%'`;

/** A retained command that the backend had said was done, as it was made. */
export const readDone = (handle: ReadHandle, commandId: Id): Envelope | undefined => {
  const found = handle.get<{ envelope: string }>(DONE, commandId);
  return found && (JSON.parse(found.envelope) as Envelope);
};

const FORGET_CONFLICT = 'DELETE FROM conflict WHERE command_id = ?';

/** Takes a conflict away so that another answer can open it anew. */
export const forgetConflict = (handle: WriteHandle, commandId: Id): void => void handle.run(FORGET_CONFLICT, commandId);

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

/** When a command of this desk was settled last, as far as it is retained; null when none is. */
export const readLastSettledAt = (handle: ReadHandle): Instant | null =>
  handle.get<{ at: number | null }>(LAST_SETTLED)?.at ?? null;

/** Conflicts that nobody has dismissed, oldest first. */
export const readConflicts = (handle: ReadHandle): readonly StoredConflict[] =>
  handle
    .all<Omit<StoredConflict, 'envelope' | 'wanted' | 'sentence'> & StoredSentence & { envelope: string; wanted: string | null }>(
      CONFLICTS,
    )
    .map(({ envelope, wanted, sentence, ...rest }) => ({
      ...rest,
      ...readSentence(sentence),
      envelope: JSON.parse(envelope) as Envelope,
      wanted: readWanted(wanted),
    }));

/** Keeps a conflict; one that a person has dealt with is not opened again. */
export const addConflict = (handle: WriteHandle, conflict: StoredConflict): void => {
  const { envelope, summary, code, message, sentence, by, foundAt, wanted } = conflict;
  handle.run(
    ADD_CONFLICT,
    envelope.commandId,
    envelope.name,
    summary,
    code,
    message,
    sentence === undefined ? null : JSON.stringify(sentence),
    by,
    envelope.issuedAt,
    foundAt,
    JSON.stringify(envelope),
    JSON.stringify(wanted),
  );
};

const CLOSED_UNSENT = `SELECT conflict.command_id AS commandId FROM conflict JOIN outbox ON outbox.command_id = conflict.command_id
  WHERE dismissed_at IS NOT NULL`;

/** Commands that a person has dealt with although they still wait for their settlement. */
export const readClosedUnsent = (handle: ReadHandle): readonly Id[] =>
  handle.all<{ commandId: Id }>(CLOSED_UNSENT).map(({ commandId }) => commandId);

/** Why a command became a conflict, dismissed or not. */
export const readConflictRefusal = (handle: ReadHandle, commandId: Id): Refusal | undefined => {
  const found = handle.get<Omit<Refusal, 'sentence'> & StoredSentence>(CONFLICT_REFUSAL, commandId);
  return found && { code: found.code, message: found.message, ...readSentence(found.sentence) };
};

/** The command of a conflict, dismissed or not. */
export const readConflictEnvelope = (handle: ReadHandle, commandId: Id): Envelope | undefined => {
  const found = handle.get<{ envelope: string }>(CONFLICT_ENVELOPE, commandId);
  return found && (JSON.parse(found.envelope) as Envelope);
};

/** Marks a conflict as read; whether there was one. */
export const dismissConflict = (handle: WriteHandle, commandId: Id, at: Instant, because: string): boolean =>
  handle.run(DISMISS, at, because, commandId) > 0;
