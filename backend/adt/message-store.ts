import type { AdtOutcome } from '#domain/adt/decision.ts';
import type { LocationName, VisitEvent } from '#domain/adt/event.ts';
import type { Id, Instant } from '#domain/model/values.ts';

/** What became of a message: `duplicate` had been taken before, `rejected` could not be read or is not for here. */
export type MessageState = AdtOutcome | 'duplicate' | 'rejected';

/** One received message as the hospital keeps it. */
export type KeptMessage = {
  /** Its place among all received messages. */
  readonly sequence: number;
  readonly receivedAt: Instant;
  /** `APPLICATION|FACILITY`. */
  readonly sender: string;
  readonly controlId: string;
  /** SHA-256 of the message without the moment of its sending, hexadecimal. */
  readonly digest: string;
  readonly trigger: string;
  readonly occurredAt: Instant | null;
  readonly visitKey: string | null;
  readonly mrn: string | null;
  readonly encounterId: Id | null;
  /** The place for which it waits. */
  readonly location: LocationName | null;
  readonly state: MessageState;
  /** MSA-1 of the answer. */
  readonly code: string;
  readonly reason: string;
  /** What a visit's later messages are read together with; null for what belongs to no visit. */
  readonly event: VisitEvent | null;
};

/** What of a message the decision on the next of its visit needs. */
export type VisitMessage = Pick<KeptMessage, 'sequence' | 'encounterId' | 'event'>;

/** With the bytes as they came and as they were answered; null after their retention. */
export type MessageBytes = { readonly received: Buffer | null; readonly answered: Buffer | null };
export type NewMessage = Omit<KeptMessage, 'sequence'> & { readonly received: Buffer; readonly answered: Buffer };

export type MessageQuery = {
  readonly states?: readonly MessageState[];
  readonly sender?: string;
  /** Only those before this sequence. */
  readonly before?: number;
  readonly limit: number;
};

export type MappedLocation = {
  readonly sender: string;
  readonly location: LocationName;
  readonly bedId: Id;
  readonly by: Id;
  readonly at: Instant;
};

/** `dead`: the receiver will not take it, a person must look; `dropped`: a person gave it up. */
export type OutgoingState = 'queued' | 'sent' | 'dead' | 'dropped';

/** A message of Vigil's own on its way to the receiver. */
export type OutgoingMessage = {
  readonly sequence: number;
  readonly createdAt: Instant;
  /** What it must keep its order with (outgoing-order.ts). */
  readonly key: string;
  readonly trigger: string;
  readonly controlId: string;
  readonly body: Buffer;
  readonly state: OutgoingState;
  /** How often the receiver has refused it. */
  readonly attempts: number;
  readonly nextAt: Instant;
  /** What the receiver said last, or who did what with it and why. */
  readonly reason: string | null;
  readonly answered: Buffer | null;
  readonly endedAt: Instant | null;
};

export type Retention = {
  /** What is older goes: the bytes of what came, and all of a message. */
  readonly bytesBefore: Instant;
  readonly messagesBefore: Instant;
  /** Received bytes beyond which the oldest go however young they are. */
  readonly mostBytes: number;
  /** Rows of each kind at once, so that nobody waits for it. */
  readonly most: number;
};
/** How many messages lost their bytes, and how many were forgotten; `more`: there may be others. */
export type Forgotten = { readonly bytes: number; readonly messages: number; readonly outgoing: number; readonly more: boolean };

/** Messages received and to be sent, durable with what they did: every write stands inside the store's `transact`. */
export type MessageStore = {
  readonly add: (message: NewMessage) => number;
  /** Writes over what became of a message, when it was done again. */
  readonly change: (
    sequence: number,
    now: Pick<
      KeptMessage,
      'state' | 'code' | 'reason' | 'encounterId' | 'location' | 'visitKey' | 'mrn' | 'occurredAt' | 'event' | 'trigger'
    > & {
      readonly answered: Buffer;
    },
  ) => void;
  readonly get: (sequence: number) => (KeptMessage & MessageBytes) | undefined;
  /** Those of a sender under a control id that are no duplicates, newest first. */
  readonly named: (sender: string, controlId: string) => readonly KeptMessage[];
  /** What is known of a visit, in the order in which it came. */
  readonly ofVisit: (visitKey: string) => readonly VisitMessage[];
  /** Newest first; looks no further back than some thousand messages before `before`. */
  readonly list: (query: MessageQuery) => readonly KeptMessage[];
  /** Messages that wait for a place, oldest first. */
  readonly waitingFor: (sender: string, location: LocationName) => readonly KeptMessage[];
  /** How many wait for a person. */
  readonly unresolved: () => number;
  readonly mapLocation: (mapped: MappedLocation) => void;
  readonly mappedLocations: () => readonly MappedLocation[];
  /** Forgets that a place is a bed; whether it was one. */
  readonly unmapLocation: (sender: string, location: LocationName) => boolean;
  /** Forgets what is too old or too much. What waits for a person, or the receiver would not take, is not forgotten. */
  readonly forget: (retention: Retention) => Forgotten;
  readonly enqueue: (message: Pick<OutgoingMessage, 'createdAt' | 'key' | 'trigger' | 'controlId' | 'body'>) => number;
  /** The oldest queued message that may go at a moment: none before it, of the same visit or a bed of its, still waits. */
  readonly nextOutgoing: (now: Instant) => OutgoingMessage | undefined;
  readonly outgoing: (sequence: number) => OutgoingMessage | undefined;
  /** Whether a message that was made later goes out or has gone, and says something newer of the same. */
  readonly isOvertaken: (message: Pick<OutgoingMessage, 'sequence' | 'key'>) => boolean;
  readonly changeOutgoing: (
    message: Pick<OutgoingMessage, 'sequence' | 'state' | 'attempts' | 'nextAt' | 'reason' | 'answered' | 'endedAt'>,
  ) => void;
  /** Newest first. */
  readonly listOutgoing: (query: {
    readonly states: readonly OutgoingMessage['state'][];
    readonly before?: number;
    readonly limit: number;
  }) => readonly OutgoingMessage[];
  readonly queuedCount: () => number;
  readonly deadCount: () => number;
};
