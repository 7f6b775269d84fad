/**
 * Moves, departures and bed statuses that were made here go to the patient administration. Each is kept in the transaction of what it tells, so
 * none is lost and none is told that was not done. Messages go one at a time, those of one bed or visit in their order; a line that
 * is down is tried again for ever, a message that the receiver refuses five times is given up where people see it. What the
 * patient administration itself said is never sent back to it.
 */
import { randomUUID } from 'node:crypto';
import type { LocationName } from '#domain/adt/event.ts';
import type { Bed } from '#domain/model/bed.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { decodeMessage } from '../adapters/hl7v2/charset.ts';
import { readMessage } from '../adapters/hl7v2/message.ts';
import type { MllpClient } from '../adapters/hl7v2/mllp-client.ts';
import {
  bedStatusText,
  nameOfBed,
  nameOfPlace,
  type Receiver,
  type VisitTold,
  visitText,
} from '../adapters/hl7v2/outgoing-text.ts';
import type { Changed, Core } from '../core/core.ts';
import type { Store } from '../core/store.ts';
import type { Timers } from '../server/timers.ts';
import type { OutgoingMessage } from './message-store.ts';
import { orderKey } from './outgoing-order.ts';

/** How often a receiver may refuse a message before it is given up. */
const MOST_REFUSALS = 5;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
const LOOK_MS = 1_000;

const noName = 'The receiver has no name for this bed: map it.';

type Told = {
  readonly trigger: VisitTold;
  readonly at: Instant | null;
  readonly to: LocationName | undefined;
  readonly from: LocationName | undefined;
  readonly bedId: Id | null;
  readonly leftBedId: Id | null;
  /** It names a bed for which the receiver has no name: a person must see to it. */
  readonly isNameless: boolean;
};

/** What a change of a visit is for the receiver; undefined for one of which it is told nothing. */
const tellOf = (
  receiver: Receiver,
  now: Encounter,
  was: Encounter | undefined,
  bedOf: (id: string | null) => Bed | undefined,
  changes: readonly Changed[],
): Told | undefined => {
  const [bed, left] = [bedOf(now.bedId), bedOf(was?.bedId ?? null)];
  const from = left && nameOfBed(receiver, left);
  const place = now.place === null ? undefined : nameOfPlace(receiver, now.place);
  // Without a name for the place the point of care alone says that the patient is here, and in no bed.
  const to = bed ? (nameOfBed(receiver, bed) ?? bed.label) : (place ?? from?.split('^', 1)[0]);
  const isNameless = (bed !== undefined && nameOfBed(receiver, bed) === undefined) || (!bed && to === undefined);
  const beds = { bedId: bed?.id ?? null, leftBedId: left?.id ?? null };
  const at = now.moves.at(-1)?.at ?? null;
  // Who goes to a ward stays in the hospital: where to is the ward's to say.
  const hasLeft = ({ departedAt, disposition }: Encounter) => departedAt !== null && disposition !== 'admitted';
  if (was && receiver.departures && now.mergedInto === undefined && hasLeft(was) !== hasLeft(now)) {
    if (hasLeft(now)) return { trigger: 'A03', at: now.departedAt, to: from, from: undefined, ...beds, isNameless: false };
    if (now.departedAt === null)
      return { trigger: 'A13', at, to, from: undefined, ...beds, isNameless: bed !== undefined && isNameless };
  }
  if (now.departedAt !== null || (was?.bedId ?? null) === now.bedId) return undefined;
  // A bed that is free at once was never lain in: the move into it is taken back. What the receiver said itself is not.
  const isTakenBack =
    left !== undefined &&
    left.status === 'available' &&
    changes.some(({ record, before }) => record.id === left.id && before?.kind === 'bed' && before.status === 'occupied') &&
    was?.moves.at(-1)?.by !== receiver.site.name;
  if (isTakenBack) return { trigger: 'A12', at, to, from, ...beds, isNameless };
  return { trigger: 'A02', at: bed ? (now.bedAssignedAt ?? at) : at, to, from, ...beds, isNameless };
};

/** Keeps what others must be told of these changes; inside the transaction that makes them. */
export const keepOutgoing = (
  hospital: { readonly store: Pick<Store, 'messages'>; readonly view: Core['view']; readonly clock: () => Instant },
  receiver: Receiver,
  changes: readonly Changed[],
): void => {
  const { store, view, clock } = hospital;
  const now = clock();
  const enqueue = (
    key: string,
    trigger: string,
    at: Instant,
    trouble: string | null,
    textOf: (sent: Parameters<typeof bedStatusText>[0]) => string | undefined,
  ): void => {
    const controlId = `V${randomUUID().replaceAll('-', '').slice(0, 19)}`;
    const text = textOf({ receiver, controlId, now, at });
    if (text === undefined) return;
    const sequence = store.messages.enqueue({ createdAt: now, key, trigger, controlId, body: Buffer.from(text) });
    if (trouble === null) return;
    const dead = { sequence, state: 'dead', attempts: 0, nextAt: now, reason: trouble, answered: null, endedAt: now } as const;
    store.messages.changeOutgoing(dead);
  };
  const bedOf = (id: string | null): Bed | undefined => {
    const changed = changes.find(({ record }) => record.kind === 'bed' && record.id === id)?.record;
    return id === null ? undefined : ((changed as Bed | undefined) ?? view.get('bed', id));
  };
  // What a person took over from the patient administration is known there.
  const asTheySaid = new Set(
    changes.flatMap(({ record }) =>
      record.kind === 'disagreement' && record.ended?.choice === 'theirs' ? [record.encounterId, record.theirs.bedId] : [],
    ),
  );
  // A bed is dirty after its patient was told to have left it.
  const ordered = changes.toSorted(
    (one, other) => Number(other.record.kind === 'encounter') - Number(one.record.kind === 'encounter'),
  );
  for (const { record, before } of ordered) {
    if (asTheySaid.has(record.id)) continue;
    if (record.kind === 'encounter') {
      const told = tellOf(receiver, record, before as Encounter | undefined, bedOf, changes);
      if (!told) continue;
      const { trigger, at, to, from, bedId, leftBedId } = told;
      const key = orderKey({ encounterId: record.id, bedId, leftBedId });
      const patient = view.get('patient', record.patientId);
      enqueue(key, trigger, at ?? now, told.isNameless ? noName : null, (sent) =>
        visitText(sent, { trigger, patient, encounter: record, to, from }),
      );
    }
    if (record.kind === 'bed') {
      const was = before as Bed | undefined;
      // Who lies where is told of the patient; a hold is Vigil's own.
      if (!was || was.status === record.status || record.status === 'occupied' || record.status === 'reserved') continue;
      const name = nameOfBed(receiver, record);
      enqueue(orderKey({ bedId: record.id }), 'A20', record.since, name === undefined ? noName : null, (sent) =>
        bedStatusText(sent, record, name ?? record.label),
      );
    }
  }
};

export type Outgoing = {
  /** Something may be in the queue. */
  readonly wake: () => void;
  readonly state: () => {
    readonly connected: boolean;
    readonly trouble: string | null;
    readonly lastSentAt: Instant | null;
    readonly queued: number;
  };
  readonly stop: () => void;
};

type AnswerRead = { readonly code: string; readonly controlId: string; readonly reason: string };
const readAnswer = (bytes: Buffer): AnswerRead | undefined => {
  try {
    const message = readMessage(decodeMessage(bytes, null).text);
    const reason = message.text('MSA', 3) || message.text('ERR', 8) || message.text('ERR', 3, 2);
    return message.has('MSA') ? { code: message.text('MSA', 1), controlId: message.text('MSA', 2), reason } : undefined;
  } catch {
    return undefined;
  }
};

/** Sends what is queued until it is stopped. */
export const sendOutgoing = (options: {
  readonly store: Pick<Store, 'messages' | 'transact'>;
  readonly client: MllpClient;
  readonly clock: () => Instant;
  readonly timers: Pick<Timers, 'after' | 'every'>;
  readonly random: () => number;
  readonly log: (line: string) => void;
}): Outgoing => {
  const { store, client, clock, timers, random, log } = options;
  const { messages } = store;
  let busy = false;
  let stopped = false;
  let failures = 0;
  let notBefore = 0;
  let connected = false;
  let trouble: string | null = null;
  let lastSentAt: Instant | null = null;

  const settle = (message: OutgoingMessage, bytes: Buffer, answer: AnswerRead): void => {
    const now = clock();
    const taken = answer.code === 'AA' || answer.code === 'CA';
    const attempts = message.attempts + (taken ? 0 : 1);
    const dead = !taken && attempts >= MOST_REFUSALS;
    // A person may have given it up while it was under way: only that it was taken is news.
    if (!taken && messages.outgoing(message.sequence)?.state !== 'queued') return;
    const waits = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempts);
    store.transact(() =>
      messages.changeOutgoing({
        sequence: message.sequence,
        state: taken ? 'sent' : dead ? 'dead' : 'queued',
        attempts,
        nextAt: taken || dead ? now : now + waits,
        reason: `${answer.code} ${answer.reason}`.trim().slice(0, 500),
        answered: bytes,
        endedAt: taken || dead ? now : null,
      }),
    );
    if (taken) lastSentAt = now;
    if (dead) log(`adt: ${message.trigger} ${message.controlId} was given up: the receiver refuses it`);
  };
  const failed = (why: string): void => {
    connected = false;
    trouble = why.slice(0, 200);
    failures += 1;
    // Anywhere in the wait, so that receivers which come back are not met by everybody at once.
    notBefore = clock() + Math.round(random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures, 10)));
  };
  const sendOne = async (message: OutgoingMessage): Promise<void> => {
    const bytes = await client.send(message.body);
    const answer = readAnswer(bytes);
    if (stopped) return;
    if (!answer || answer.controlId !== message.controlId) {
      client.stop();
      failed('The receiver answered another message.');
      return;
    }
    connected = true;
    trouble = null;
    failures = 0;
    settle(message, bytes, answer);
  };
  const pump = async (): Promise<void> => {
    busy = true;
    try {
      while (!stopped && clock() >= notBefore) {
        const message = messages.nextOutgoing(clock());
        if (!message) return;
        await sendOne(message);
      }
    } catch (error) {
      if (!stopped) failed((error as Error).message);
    } finally {
      busy = false;
    }
  };
  const wake = (): void => {
    if (!busy && !stopped) void pump();
  };
  const stopLooking = timers.every(LOOK_MS, wake);
  wake();
  return {
    wake,
    state: () => ({ connected, trouble, lastSentAt, queued: messages.queuedCount() }),
    stop: () => {
      stopped = true;
      stopLooking();
      client.stop();
    },
  };
};
