import { commandNamed } from '#domain/commands/decide.ts';
import { URGENT_WITHIN } from '#domain/commands/definition.ts';
import type { Envelope } from '#domain/commands/envelope.ts';
import type { Grant } from '#domain/model/grant.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import type { Clock } from '../clock.ts';
import { readGrant } from '../grants.ts';
import type { StoredCommand } from '../store/queries/outbox.ts';

/** A command of this desk that the backend has not settled. */
export type PendingCommand = StoredCommand & {
  /** Null when the token cannot be read: the backend will say so. */
  readonly grant: Grant | null;
  /** Must reach the backend at once or not at all. */
  readonly urgent: boolean;
};

/** What the age of a command is measured by. */
type Timed = Pick<StoredCommand, 'gesture' | 'envelope'>;

/** The unsettled commands in memory, in order; what the table `outbox` holds, moved only after its commits. */
export type Outbox = {
  readonly list: () => readonly PendingCommand[];
  readonly count: () => number;
  /** The same as `list` without a copy: to be gone through at once, oldest first. */
  readonly inOrder: () => Iterable<PendingCommand>;
  /** The oldest, at most so many. */
  readonly first: (most: number) => readonly PendingCommand[];
  readonly oldest: () => PendingCommand | undefined;
  readonly get: (commandId: Id) => PendingCommand | undefined;
  readonly add: (command: PendingCommand) => void;
  readonly remove: (commandIds: Iterable<Id>) => void;
  /** Milliseconds since the gesture of a command, sleep included. */
  readonly age: (command: Timed) => number;
  /** Whether `age` is measured: made since the machine started, or server time is known again. Otherwise it is a guess by a clock that may have been set. */
  readonly isAgeSure: (command: Timed) => boolean;
  /** Urgent and 10 s old: must not be sent any more. */
  readonly isLate: (command: PendingCommand) => boolean;
};

/** `issuedAtError` of a gesture made before server time was known: the desk's own clock may be anything. A day covers a wrong time zone. */
export const UNKNOWN_CLOCK_ERROR = 86_400_000;

/** Completes a stored command with what its envelope says; `grant` where the one in its token is at hand already. */
export const pendingCommand = (
  stored: StoredCommand,
  grant: Grant | null = readGrant(stored.envelope.grant) ?? null,
): PendingCommand => ({
  ...stored,
  grant,
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
  let listed: readonly PendingCommand[] | null = null;
  const age: Outbox['age'] = ({ gesture, envelope }) => {
    const { clock, bootId, serverNow } = options;
    if (gesture.bootId === bootId) return Math.max(0, clock.monotonicNow() - gesture.monotonicAt);
    const byServer = serverNow() - envelope.issuedAt;
    // A gesture made while server time was unknown has only the wall clock's word, which may have been wrong then or now: the
    // younger of both, so that no setting of a clock makes a whole outbox too old.
    const sinceGesture =
      envelope.issuedAtError >= UNKNOWN_CLOCK_ERROR ? Math.min(byServer, clock.wallNow() - gesture.wallAt) : byServer;
    return Math.max(0, sinceGesture);
  };
  const isAgeSure: Outbox['isAgeSure'] = ({ gesture }) => gesture.bootId === options.bootId || options.isSynchronised();
  return {
    list: () => {
      listed ??= [...pending.values()];
      return listed;
    },
    count: () => pending.size,
    inOrder: () => pending.values(),
    first: (most) => {
      const oldest: PendingCommand[] = [];
      for (const command of pending.values()) {
        if (oldest.length >= most) break;
        oldest.push(command);
      }
      return oldest;
    },
    oldest: () => pending.values().next().value,
    get: (commandId) => pending.get(commandId),
    add: (command) => {
      listed = null;
      pending.set(command.envelope.commandId, command);
    },
    remove: (commandIds) => {
      listed = null;
      for (const commandId of commandIds) pending.delete(commandId);
    },
    age,
    isAgeSure,
    isLate: (command) => command.urgent && age(command) >= URGENT_WITHIN,
  };
};
