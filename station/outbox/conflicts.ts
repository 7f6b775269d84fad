/**
 * What this desk made and could not be done, for a person (SYNC O6, O11–O14). Two sources, one list: commands that are out of the
 * outbox and were refused or given up (rows of the table `conflict`), and commands still in it that the present rows make
 * impossible. The second kind is decided anew with every commit; the backend's settlement ends it either way.
 */
import { randomUUID } from 'node:crypto';
import type { Conflict, ResolveAnswer, SubmitAnswer } from '#contracts/ipc/station-window.ts';
import { decide } from '#domain/commands/decide.ts';
import type { Refusal } from '#domain/commands/definition.ts';
import { summarise } from '#domain/commands/summary.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { readdress } from '#domain/rules/merged.ts';
import { stakesOf, targetsOf, wonBy } from '#domain/rules/stakes.ts';
import { CallRefused } from '../feeds/port-server.ts';
import type { SignedGrant } from '../grants.ts';
import type { StoredConflict } from '../store/queries/outbox.ts';
import { type RowKey, rowKey } from '../sync/rows.ts';
import type { Outbox, PendingCommand } from './outbox.ts';
import type { Overlay } from './overlay.ts';
import type { Submission } from './submit.ts';

/** A person's choice about a conflict, for whoever keeps a record of such things. */
export type ConflictChoice = {
  readonly commandId: Id;
  readonly name: string;
  readonly choice: 'keep' | 'apply';
  readonly reason: string;
  /** The new command of `apply`. */
  readonly newCommandId: Id | null;
};

export type ConflictOptions = {
  readonly outbox: Outbox;
  readonly overlay: Overlay;
  readonly stored: () => readonly StoredConflict[];
  /** Closes a conflict with the person's choice; one that is still in the outbox is kept first. Throws StoreError. */
  readonly close: (conflict: StoredConflict, choice: ConflictChoice) => void;
  readonly submit: (submission: Submission) => SubmitAnswer;
  readonly signedIn: () => SignedGrant | null;
  readonly serverNow: () => Instant;
  /** Dealt with by a person although the command still waits for its settlement. */
  readonly isClosed: (commandId: Id) => boolean;
};

export type Conflicts = {
  /** Oldest first, with what won as the rows say now. */
  readonly list: () => readonly Conflict[];
  readonly count: () => number;
  /** Whether a commit that changed these rows changed the list: what a conflict says, or what is blocked since this was asked last. */
  readonly moved: (keys: ReadonlyMap<RowKey, unknown>) => boolean;
  /** Throws CallRefused `failed` when there is no such conflict or the backend still decides. */
  readonly resolve: (commandId: Id, choice: 'keep' | 'apply', reason: string) => ResolveAnswer;
};

type Found = { readonly conflict: StoredConflict; readonly state: Conflict['state'] };

/** Makes the list over what is stored and what is blocked. */
export const createConflicts = (options: ConflictOptions): Conflicts => {
  const { outbox, overlay } = options;
  const foundAt = new Map<Id, Instant>();
  let blockedBefore = overlay.blocked();
  let noted: ReadonlyMap<Id, Refusal> | null = null;

  const blockedConflict = (command: PendingCommand, refusal: Refusal): Found => {
    const { envelope, grant, wanted } = command;
    return {
      conflict: {
        envelope,
        summary: summarise(overlay.view, envelope.name, envelope.input),
        code: refusal.code,
        message: refusal.message,
        sentence: refusal.sentence,
        by: grant?.name ?? 'unknown',
        foundAt: foundAt.get(envelope.commandId) ?? options.serverNow(),
        wanted,
      },
      // The backend refuses what is too old whatever its rows say, so a person may decide at once; all else may still turn out well.
      state: refusal.code === 'expired' && outbox.isAgeSure(command) ? 'decided' : 'waiting',
    };
  };

  /** Since when each is blocked counts from when it was first looked at; asked by every frame, so it looks only at what has changed. */
  const noteBlocked = (): ReadonlyMap<Id, Refusal> => {
    const blocked = overlay.blocked();
    if (blocked === noted) return blocked;
    noted = blocked;
    for (const commandId of foundAt.keys()) if (!blocked.has(commandId)) foundAt.delete(commandId);
    for (const commandId of blocked.keys()) if (!foundAt.has(commandId)) foundAt.set(commandId, options.serverNow());
    return blocked;
  };
  const waiting = (): readonly (readonly [PendingCommand, Refusal])[] =>
    [...noteBlocked()].flatMap(([commandId, refusal]): (readonly [PendingCommand, Refusal])[] => {
      const command = outbox.get(commandId);
      return command && !options.isClosed(commandId) ? [[command, refusal]] : [];
    });
  const found = (): readonly Found[] => {
    const kept = options.stored().map((conflict): Found => ({ conflict, state: 'decided' }));
    const blocked = waiting().map(([command, refusal]) => blockedConflict(command, refusal));
    return [...kept, ...blocked].sort((one, other) => one.conflict.foundAt - other.conflict.foundAt);
  };

  const canApply = ({ envelope }: StoredConflict): boolean => {
    const signedIn = options.signedIn();
    if (!signedIn) return false;
    try {
      const { seen: _seen, ...anew } = envelope;
      return decide(overlay.view, { ...anew, issuedAt: options.serverNow() }, signedIn.grant, 0).ok;
    } catch {
      return false;
    }
  };

  const shown = ({ conflict, state }: Found): Conflict => {
    const { envelope, wanted, ...rest } = conflict;
    const { input } = readdress(overlay.view, envelope.input);
    const stakes = stakesOf(overlay.view, wanted);
    const standing = wonBy(overlay.view, stakes);
    return {
      commandId: envelope.commandId,
      name: envelope.name,
      issuedAt: envelope.issuedAt,
      ...rest,
      state,
      targets: [...targetsOf(input, wanted)],
      stakes: [...stakes],
      wonBy: standing.by,
      wonAt: standing.at,
      canApply: state === 'decided' && canApply(conflict),
    };
  };

  return {
    list: () => found().map(shown),
    count: () => options.stored().length + waiting().length,
    moved: (keys) => {
      const blocked = overlay.blocked();
      const same = blocked === blockedBefore;
      blockedBefore = blocked;
      const concerns = ({ envelope, wanted }: Pick<StoredConflict, 'envelope' | 'wanted'>): boolean =>
        targetsOf(envelope.input, wanted).some(({ kind, id }) => keys.has(rowKey(kind, id)));
      return !same || (keys.size > 0 && (options.stored().some(concerns) || waiting().some(([command]) => concerns(command))));
    },
    resolve: (commandId, choice, reason) => {
      const chosen = found().find(({ conflict }) => conflict.envelope.commandId === commandId);
      if (!chosen) throw new CallRefused('failed', 'This conflict is not there any more.');
      if (chosen.state === 'waiting')
        throw new CallRefused('failed', 'The hospital still decides about this. It can be closed when it has answered.');
      const { name, input } = chosen.conflict.envelope;
      if (choice === 'keep') {
        options.close(chosen.conflict, { commandId, name, choice, reason, newCommandId: null });
        return { status: 'kept' };
      }
      const newCommandId = randomUUID();
      const answer = options.submit({ commandId: newCommandId, name, input });
      if (answer.status === 'saved') options.close(chosen.conflict, { commandId, name, choice, reason, newCommandId });
      return answer;
    },
  };
};
