/**
 * A gesture becomes a command here. "saved" is said only after a commit with synchronous=FULL (SYNC O1); one commandId has one
 * answer, however often it is asked (O2); what must not wait for the network is refused with what to do instead (O4).
 */
import type { SubmitAnswer } from '#contracts/ipc/station-window.ts';
import { commandNamed, decide } from '#domain/commands/decide.ts';
import { type Refusal, refuse as refusalOf } from '#domain/commands/definition.ts';
import type { Envelope } from '#domain/commands/envelope.ts';
import type { RefusalKey } from '#domain/commands/refusal-sentences.ts';
import { inEnglish, sentenceOf, wordOf } from '#domain/commands/sentence.ts';
import type { Grant } from '#domain/model/grant.ts';
import type { VigilRecord } from '#domain/model/record.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { auditSubjects } from '#domain/rules/audit-chain.ts';
import type { LinkState } from '#domain/rules/link-state.ts';
import { seenOf } from '#domain/rules/safety.ts';
import { wantedBy } from '#domain/rules/stakes.ts';
import type { AuditTrail } from '../audit/trail.ts';
import type { Clock } from '../clock.ts';
import type { SignedGrant } from '../grants.ts';
import { type Database, isDiskFailure, type StoreError } from '../store/database.ts';
import { insertCommand, readAnswer } from '../store/queries/outbox.ts';
import type { ServerClock } from '../sync/server-clock.ts';
import type { Troubles } from '../troubles.ts';
import { type Outbox, type PendingCommand, pendingCommand, UNKNOWN_CLOCK_ERROR } from './outbox.ts';
import type { Overlay } from './overlay.ts';

export type Submission = { readonly commandId: Id; readonly name: string; readonly input: unknown };
/** `by` made it with a sign-in of their own; absent: whoever is signed in at this desk. */
export type Submit = (submission: Submission, by?: SignedGrant) => SubmitAnswer;

export type SubmitOptions = {
  readonly database: Database;
  readonly audit: AuditTrail;
  readonly outbox: Outbox;
  readonly overlay: Overlay;
  readonly troubles: Troubles;
  readonly clock: Clock;
  readonly bootId: string;
  readonly serverClock: ServerClock;
  readonly signedIn: () => SignedGrant | null;
  readonly linkState: () => LinkState;
  readonly conflictRefusal: (commandId: Id) => Refusal | undefined;
  /** The command is durable and the newest of the outbox. */
  readonly saved: (command: PendingCommand) => void;
};

/** Larger than what a person fills in; a command that gathers more says so itself. */
const MOST_INPUT_CHARACTERS = 32 * 1024;
const REMEMBERED_REFUSALS = 500;

const diskKey = (error: StoreError) =>
  error.code === 'diskFull' ? 'diskFull' : error.code === 'readOnly' ? 'diskReadOnly' : ('diskFailed' satisfies RefusalKey);

/** Makes the one way by which a command enters. */
export const createSubmit = (options: SubmitOptions): Submit => {
  const { database, audit, outbox, overlay, troubles, clock, serverClock } = options;
  const refusals = new Map<Id, Refusal>();

  const earlier = (commandId: Id): SubmitAnswer | undefined => {
    const waiting = outbox.get(commandId);
    if (waiting) return { status: 'saved', commandId, issuedAt: waiting.envelope.issuedAt };
    const settled = readAnswer(database.read, commandId);
    if (settled) return settled.status === 'applied' ? { status: 'saved', commandId } : { ...settled, commandId };
    const refusal = refusals.get(commandId) ?? options.conflictRefusal(commandId);
    return refusal && { status: 'refused', commandId, ...refusal };
  };

  const refusalBefore = (submission: Submission, by: SignedGrant | null): Refusal | undefined => {
    const definition = commandNamed(submission.name);
    if (!definition) return refusalOf('unknownCommand', 'commandUnknown', { command: submission.name });
    if ((JSON.stringify(submission.input) ?? '').length > (definition.longestInput ?? MOST_INPUT_CHARACTERS))
      return refusalOf('malformed', 'tooLong');
    if (!by) return refusalOf('notAllowed', 'nobodySignedIn');
    const state = options.linkState();
    if (definition.offline.whenOffline === 'refuse' && state !== 'live' && state !== 'late')
      return refusalOf('needsLink', 'insteadDo', { instead: wordOf(definition.offline.instead) });
    return undefined;
  };

  const eventOf = ({ commandId, name, input }: Submission, outcome: string, payload: unknown, puts?: readonly VigilRecord[]) => ({
    action: `command.${commandNamed(name)?.name ?? 'unknown'}`,
    subjects: auditSubjects(commandId, input, puts),
    outcome,
    payload,
  });

  const insert = (envelope: Envelope, grant: Grant, puts: readonly VigilRecord[]): PendingCommand => {
    const gesture = { bootId: options.bootId, monotonicAt: clock.monotonicNow(), wallAt: clock.wallNow() };
    const wanted = wantedBy(overlay.view, puts);
    const once = (): number =>
      database.transaction((handle) => {
        const { sequence, isNew } = insertCommand(handle, { envelope, gesture, wanted });
        if (isNew) audit.write(handle, { ...eventOf(envelope, 'saved', envelope, puts), actor: grant.personId });
        return sequence;
      });
    let sequence: number;
    try {
      sequence = once();
    } catch (error) {
      if (!isDiskFailure(error)) throw error;
      // A commit whose fsync failed may still come back after a crash; the second try is under the same id, so it is one command.
      sequence = once();
    }
    const command = pendingCommand({ sequence, envelope, gesture, wanted }, grant);
    outbox.add(command);
    return command;
  };

  /** The answer of a person's gesture does not hang on the disk: what cannot be noted is said. */
  const noteRefusal = (submission: Submission, { code }: Refusal, by: SignedGrant | null): void => {
    try {
      audit.note({ ...eventOf(submission, code, submission), ...(by && { actor: by.grant.personId }) });
      troubles.clear('auditFailed');
    } catch (error) {
      if (!isDiskFailure(error)) throw error;
      troubles.raise(
        'auditFailed',
        'degraded',
        `A refusal was not noted in the audit trail. ${inEnglish(sentenceOf(diskKey(error)))}`,
      );
    }
  };

  return (submission, by) => {
    const { commandId, name, input } = submission;
    const refuse = (refusal: Refusal): SubmitAnswer => {
      refusals.set(commandId, refusal);
      const [oldest] = refusals.keys();
      if (refusals.size > REMEMBERED_REFUSALS && oldest !== undefined) refusals.delete(oldest);
      noteRefusal(submission, refusal, signedIn);
      return { status: 'refused', commandId, ...refusal };
    };
    const signedIn = by ?? options.signedIn();
    const before = earlier(commandId);
    if (before) return before;
    const refusal = refusalBefore(submission, signedIn);
    if (refusal || !signedIn) return refuse(refusal ?? refusalOf('notAllowed', 'nobodySignedIn'));
    const issuedAt: Instant = serverClock.now();
    const made: Envelope = {
      commandId,
      name,
      input,
      issuedAt,
      issuedAtError: serverClock.error() ?? UNKNOWN_CLOCK_ERROR,
      grant: signedIn.token,
    };
    const decision = decide(overlay.view, made, signedIn.grant, 0);
    if (!decision.ok) return refuse(decision.refusal);
    const seen = seenOf(overlay.view, decision.puts);
    const envelope: Envelope = seen === undefined ? made : { ...made, seen };
    let command: PendingCommand;
    try {
      command = insert(envelope, signedIn.grant, decision.puts);
    } catch (error) {
      if (!isDiskFailure(error)) throw error;
      const sentence = sentenceOf(diskKey(error));
      const message = inEnglish(sentence);
      troubles.raise('notSaved', 'notSaved', message);
      return { status: 'notSaved', commandId, message, sentence };
    }
    troubles.clear('notSaved');
    options.saved(command);
    return { status: 'saved', commandId, issuedAt };
  };
};
