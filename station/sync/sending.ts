/**
 * What of the outbox goes up on the present connection, and when it goes again. Commands go in order; what was sent and not
 * settled is sent again under its own id after a lost connection, a refusal for the moment, or 30 s without a settlement.
 */
import type { Up } from '#contracts/wire/up.ts';
import type { AuditHead } from '#domain/model/audit.ts';
import type { Clock } from '../clock.ts';
import type { Outbox, PendingCommand } from '../outbox/outbox.ts';

export type Sending = {
  /** A connection has begun: nothing was sent on it. */
  readonly begin: () => void;
  /** Sends what was not sent on this connection, as far as there is room. */
  readonly next: () => void;
  /** Sends all that is unsettled again. */
  readonly again: () => void;
  readonly inFlight: () => readonly PendingCommand[];
  /** The backend settled something. */
  readonly progressed: () => void;
  /** Whether the backend settled nothing for 30 s although it was asked. */
  readonly stuck: () => boolean;
  /** Commands go one at a time from here on, until the outbox is empty. */
  readonly carefully: () => void;
  readonly careful: () => boolean;
};

const MOST_PER_MESSAGE = 100;
const MOST_IN_FLIGHT = 400;
/** Of JSON a message; the wire takes four times as much. One command always goes. */
const MOST_CHARACTERS = 1024 * 1024;
/** A command without a settlement for so long is sent again under its own id. */
const RESEND_AFTER = 30_000;

/** Begins with nothing sent; `send` puts a message on the running connection and does nothing when there is none. */
export const createSending = (options: {
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly auditHead: () => AuditHead | null;
  readonly send: (message: Extract<Up, { type: 'commands' }>) => void;
}): Sending => {
  const { clock, outbox } = options;
  let sentUpTo = 0;
  let progressAt = clock.monotonicNow();
  let careful = false;
  const inFlight = (): readonly PendingCommand[] => {
    const flying: PendingCommand[] = [];
    for (const command of outbox.inOrder()) {
      if (command.sequence > sentUpTo) break;
      flying.push(command);
    }
    return flying;
  };
  /** What may go now, in order, at most so many. Only as far as needed is looked at: an outbox may be long. */
  const sendable = (room: number): readonly PendingCommand[] => {
    const commands: PendingCommand[] = [];
    let characters = 0;
    for (const command of outbox.inOrder()) {
      if (command.sequence <= sentUpTo || outbox.isLate(command)) continue;
      // A guessed age would let a clock that was set decide what is too old: it waits for the first heartbeat, and what is behind it too.
      if (commands.length >= room || !outbox.isAgeSure(command)) break;
      characters += JSON.stringify(command.envelope).length;
      if (commands.length > 0 && characters > MOST_CHARACTERS) break;
      commands.push(command);
    }
    return commands;
  };
  const inOrderBefore = (first: PendingCommand): PendingCommand | undefined => {
    let before: PendingCommand | undefined;
    for (const command of outbox.inOrder()) {
      if (command.sequence >= first.sequence) break;
      if (!outbox.isLate(command)) before = command;
    }
    return before;
  };
  const next = (): void => {
    const flying = inFlight().length;
    if (careful && outbox.count() === 0) careful = false;
    const room = Math.min(careful ? 1 : MOST_PER_MESSAGE, (careful ? 1 : MOST_IN_FLIGHT) - flying);
    if (room <= 0) return;
    const commands = sendable(room);
    const [first, last] = [commands[0], commands.at(-1)];
    if (!first || !last) return;
    const before = inOrderBefore(first);
    if (flying === 0) progressAt = clock.monotonicNow();
    sentUpTo = last.sequence;
    options.send({
      type: 'commands',
      commands: commands.map((command) => ({ envelope: command.envelope, ageMs: outbox.age(command) })),
      after: before?.envelope.commandId,
      audit: options.auditHead() ?? undefined,
    });
    if (!careful) next();
  };
  return {
    begin: () => {
      sentUpTo = 0;
      progressAt = clock.monotonicNow();
    },
    next,
    again: () => {
      sentUpTo = 0;
      progressAt = clock.monotonicNow();
      next();
    },
    inFlight,
    progressed: () => {
      progressAt = clock.monotonicNow();
    },
    stuck: () => inFlight().length > 0 && clock.monotonicNow() - progressAt >= RESEND_AFTER,
    carefully: () => {
      careful = true;
    },
    careful: () => careful,
  };
};
