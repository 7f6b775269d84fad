import { commandNamed } from '#domain/commands/decide.ts';
import type { Envelope } from '#domain/commands/envelope.ts';
import type { Grant } from '#domain/model/grant.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import type { Clock } from '../clock.ts';
import { readGrant } from '../grants.ts';
import type { Gesture, StoredCommand } from '../store/queries/outbox.ts';

/** A command of this desk that the backend has not settled. */
export type PendingCommand = StoredCommand & {
  /** Null when the token cannot be read: the backend will say so. */
  readonly grant: Grant | null;
  /** Must reach the backend at once or not at all. */
  readonly urgent: boolean;
};

/** The unsettled commands in memory, in order; what the table `outbox` holds, moved only after its commits. */
export type Outbox = {
  readonly list: () => readonly PendingCommand[];
  readonly get: (commandId: Id) => PendingCommand | undefined;
  readonly add: (command: PendingCommand) => void;
  readonly remove: (commandIds: Iterable<Id>) => void;
  /** Milliseconds since the gesture of a command, sleep included. */
  readonly age: (gesture: Gesture, issuedAt: Instant) => number;
  /** Whether `age` is measured: made since the machine started, or server time is known again. Otherwise it is a guess by a clock that may have been set. */
  readonly isAgeSure: (gesture: Gesture) => boolean;
  /** Urgent and 10 s old: must not be sent any more. */
  readonly isLate: (command: PendingCommand) => boolean;
};

/** What must reach the backend at once is given up after this long, milliseconds. */
const URGENT_WITHIN = 10_000;

/** Completes a stored command with what its envelope says. */
export const pendingCommand = (stored: StoredCommand): PendingCommand => ({
  ...stored,
  grant: readGrant(stored.envelope.grant) ?? null,
  urgent: isUrgent(stored.envelope),
});

const isUrgent = (envelope: Envelope): boolean => commandNamed(envelope.name)?.offline.whenOffline === 'refuse';

/** Loads the outbox; `serverNow` gives ages to gestures made before the machine was last started. */
export const createOutbox = (
  stored: readonly StoredCommand[],
  options: {
    readonly clock: Clock;
    readonly bootId: string;
    readonly serverNow: () => Instant;
    /** Whether `serverNow` was synchronised in this run. */
    readonly isSynchronised: () => boolean;
  },
): Outbox => {
  const pending = new Map<Id, PendingCommand>(stored.map((command) => [command.envelope.commandId, pendingCommand(command)]));
  const age: Outbox['age'] = (gesture, issuedAt) =>
    Math.max(
      0,
      gesture.bootId === options.bootId ? options.clock.monotonicNow() - gesture.monotonicAt : options.serverNow() - issuedAt,
    );
  const isAgeSure: Outbox['isAgeSure'] = ({ bootId }) => bootId === options.bootId || options.isSynchronised();
  return {
    list: () => [...pending.values()],
    get: (commandId) => pending.get(commandId),
    add: (command) => void pending.set(command.envelope.commandId, command),
    remove: (commandIds) => {
      for (const commandId of commandIds) pending.delete(commandId);
    },
    age,
    isAgeSure,
    isLate: ({ urgent, gesture, envelope }) => urgent && age(gesture, envelope.issuedAt) >= URGENT_WITHIN,
  };
};
