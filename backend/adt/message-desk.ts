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
import type { KeptMessage, MappedLocation, MessageQuery, OutgoingMessage, OutgoingState } from './message-store.ts';
import { subjectOf } from './outgoing-order.ts';

/** A message without what belongs to the program. */
export type ListedMessage = Omit<KeptMessage, 'event' | 'digest'>;
export type ListedOutgoing = Omit<OutgoingMessage, 'body' | 'answered'>;
/** A message as a person reads it: a segment a line; null where the bytes are no longer kept. */
export type ShownMessage = ListedMessage & { readonly receivedText: string | null; readonly answeredText: string | null };

/** Who asks, and from which desk. */
export type Asker = { readonly personId: Id; readonly name: string; readonly stationId: Id | null };

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
  readonly mapped: () => readonly MappedLocation[];
  /** From now on the file's `locations` say again what a place is; false when nobody had mapped it. Moves nobody. */
  readonly unmap: (by: Asker, sender: string, location: LocationName) => boolean;
  /** Does a message again; undefined when it is not known or its bytes are no longer kept. */
  readonly replay: (by: Asker, sequence: number) => Taken | undefined;
  /** What is to be sent and what the receiver would not take, newest first. */
  readonly listOutgoing: (query: {
    readonly states: readonly OutgoingState[];
    readonly before?: number;
  }) => readonly ListedOutgoing[];
  readonly showOutgoing: (
    sequence: number,
  ) => (ListedOutgoing & { readonly text: string; readonly answeredText: string | null }) | undefined;
  /** Puts a message that the receiver would not take, or that was given up, into the queue again; a sentence why not. */
  readonly resend: (by: Asker, sequence: number, why: string) => { readonly problem: string } | undefined;
  /** Sends a message no more, whether it was tried or not; a sentence why not. */
  readonly giveUp: (by: Asker, sequence: number, why: string) => { readonly problem: string } | undefined;
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
  readonly intake: Pick<AdtIntake, 'again' | 'againFor' | 'forgetPlaces'>;
  readonly clock: () => Instant;
  /** Something may go now. */
  readonly wake: () => void;
}): MessageDesk => {
  const { store, core, intake, clock, wake } = options;
  const { messages } = store;
  /** What a person did with a message of Vigil's own: the message keeps who and why, for the trail keeps no words. */
  const settle = (
    { personId: actor, name, stationId }: Asker,
    kept: OutgoingMessage,
    { action, why, ...now }: Pick<OutgoingMessage, 'state' | 'attempts' | 'endedAt'> & { action: string; why: string },
  ): void => {
    const subjects = [subjectOf(kept)].flatMap(({ encounterId, bedId }) => encounterId ?? bedId ?? []);
    store.transact(() => {
      messages.changeOutgoing({ ...kept, ...now, nextAt: clock(), reason: `${name}: ${why}` });
      const payload = { sequence: kept.sequence, why };
      core.audit.write({ actor, stationId, action, subjects, outcome: now.state, payload });
    });
    wake();
  };
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
    mapped: () => messages.mappedLocations(),
    unmap: (by, sender, location) => {
      const isDone = store.transact(() => {
        if (!messages.unmapLocation(sender, location)) return false;
        const { personId: actor, stationId } = by;
        core.audit.write({
          actor,
          stationId,
          action: 'adt.unmapPlace',
          subjects: [],
          outcome: 'done',
          payload: { sender, location },
        });
        return true;
      });
      intake.forgetPlaces();
      return isDone;
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
    resend: (by, sequence, why) => {
      const kept = messages.outgoing(sequence);
      if (kept?.state !== 'dead' && kept?.state !== 'dropped') return { problem: 'This message was sent, or is in the queue.' };
      if (messages.isOvertaken(kept))
        return {
          problem:
            'A later message of the same patient or bed goes out or has gone: this one would say what is no longer so. Give it up.',
        };
      settle(by, kept, { action: 'adt.resend', state: 'queued', attempts: 0, endedAt: null, why });
      return undefined;
    },
    giveUp: (by, sequence, why) => {
      const kept = messages.outgoing(sequence);
      if (kept?.state !== 'dead' && kept?.state !== 'queued') return { problem: 'This message was sent, or given up before.' };
      settle(by, kept, { action: 'adt.giveUp', state: 'dropped', attempts: kept.attempts, endedAt: clock(), why });
      return undefined;
    },
  };
};
