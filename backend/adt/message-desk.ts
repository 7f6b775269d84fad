/**
 * What a person may see and do about messages: which came and what became of them, the bytes of one, which place is which bed, and
 * doing one again. Whatever changes something is audited with who did it.
 */
import type { LocationName } from '#domain/adt/event.ts';
import type { RecordView } from '#domain/model/record.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { decodeMessage } from '../adapters/hl7v2/charset.ts';
import type { Core } from '../core/core.ts';
import type { Store } from '../core/store.ts';
import type { AdtIntake, Taken } from './intake.ts';
import type { KeptMessage, MessageQuery, OutgoingMessage } from './message-store.ts';

/** A message without what belongs to the program. */
export type ListedMessage = Omit<KeptMessage, 'event' | 'digest'>;
export type ListedOutgoing = Omit<OutgoingMessage, 'body' | 'answered'>;
/** A message as a person reads it: a segment a line; null where the bytes are no longer kept. */
export type ShownMessage = ListedMessage & { readonly receivedText: string | null; readonly answeredText: string | null };

/** Who asks, and from which desk. */
export type Asker = { readonly personId: Id; readonly stationId: Id | null };

export type MessageDesk = {
  /** At most 200, newest first; `before` is the sequence of the last one seen. */
  readonly list: (query: Partial<MessageQuery>) => readonly ListedMessage[];
  readonly show: (sequence: number) => ShownMessage | undefined;
  /** From now on a sender's place is a bed; what waited for it is done. How many that was, or a sentence why not. */
  readonly mapBed: (
    by: Asker,
    sender: string,
    location: LocationName,
    bedId: Id,
  ) => { readonly done: number } | { readonly problem: string };
  /** Does a message again; undefined when it is not known or its bytes are no longer kept. */
  readonly replay: (by: Asker, sequence: number) => Taken | undefined;
  /** What is to be sent and what the receiver would not take, newest first. */
  readonly listOutgoing: (query: {
    readonly states: readonly OutgoingMessage['state'][];
    readonly before?: number;
  }) => readonly ListedOutgoing[];
  readonly showOutgoing: (
    sequence: number,
  ) => (ListedOutgoing & { readonly text: string; readonly answeredText: string | null }) | undefined;
  /** Puts a message that was given up into the queue again; false when it is none. */
  readonly resend: (by: Asker, sequence: number) => boolean;
};

const MOST = 200;

const textOf = (bytes: Buffer | null): string | null =>
  bytes === null ? null : decodeMessage(bytes, null).text.replaceAll(/\r\n?/g, '\n').trimEnd();
const listed = ({ event: _event, digest: _digest, ...message }: KeptMessage): ListedMessage => message;
const listedOutgoing = ({ body: _body, answered: _answered, ...message }: OutgoingMessage): ListedOutgoing => message;

/** The message desk of a hospital. */
export const createMessageDesk = (options: {
  readonly store: Pick<Store, 'messages' | 'transact'>;
  readonly core: Pick<Core, 'audit'> & { readonly view: RecordView };
  readonly intake: Pick<AdtIntake, 'again' | 'againFor'>;
  readonly clock: () => Instant;
  /** Something is in the queue again. */
  readonly wake: () => void;
}): MessageDesk => {
  const { store, core, intake, clock, wake } = options;
  const { messages } = store;
  return {
    list: ({ limit = MOST, ...query }) => messages.list({ ...query, limit: Math.min(limit, MOST) }).map(listed),
    show: (sequence) => {
      const kept = messages.get(sequence);
      if (!kept) return undefined;
      const { received, answered, ...message } = kept;
      return { ...listed(message), receivedText: textOf(received), answeredText: textOf(answered) };
    },
    mapBed: (by, sender, location, bedId) => {
      const bed = core.view.get('bed', bedId);
      if (!bed || bed.retired) return { problem: 'This bed is not known.' };
      store.transact(() => {
        messages.mapLocation({ sender, location, bedId, by: by.personId, at: clock() });
        core.audit.write({
          actor: by.personId,
          stationId: by.stationId,
          action: 'adt.mapBed',
          subjects: [bedId],
          outcome: 'done',
          payload: { sender, location, bedId },
        });
      });
      return { done: intake.againFor(sender, location) };
    },
    replay: (by, sequence) => {
      const taken = intake.again(sequence);
      if (taken)
        core.audit.note({
          actor: by.personId,
          stationId: by.stationId,
          action: 'adt.replay',
          subjects: [],
          outcome: taken.state,
          payload: { sequence },
        });
      return taken;
    },
    listOutgoing: (query) => messages.listOutgoing({ ...query, limit: MOST }).map(listedOutgoing),
    showOutgoing: (sequence) => {
      const kept = messages.outgoing(sequence);
      return kept && { ...listedOutgoing(kept), text: textOf(kept.body) ?? '', answeredText: textOf(kept.answered) };
    },
    resend: (by, sequence) => {
      const kept = messages.outgoing(sequence);
      if (kept?.state !== 'dead') return false;
      store.transact(() => {
        messages.changeOutgoing({ ...kept, state: 'queued', attempts: 0, nextAt: clock(), endedAt: null });
        core.audit.write({
          actor: by.personId,
          stationId: by.stationId,
          action: 'adt.resend',
          subjects: [],
          outcome: 'queued',
          payload: { sequence },
        });
      });
      wake();
      return true;
    },
  };
};
