/**
 * Messages of the patient administration, taken. What a message does, the message itself with its answer, and the line of the audit
 * trail are one transaction, and the answer leaves only after it: what was answered is done, and what was not answered comes
 * again and is known by its sender and control id. Messages that arrive together, over however many connections, are one
 * transaction, each decided on what those before it did. Whatever comes is answered, with a reason.
 */
import { hash } from 'node:crypto';
import { decideAdt } from '#domain/adt/decide.ts';
import { type AdtDecision, withoutEffect } from '#domain/adt/decision.ts';
import { type AdtEvent, type MergeEvent, type VisitEvent, visitKey } from '#domain/adt/event.ts';
import type { AdtSite } from '#domain/adt/locations.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { headerOf, type MessageHeader, readAdt } from '../adapters/hl7v2/adt-message.ts';
import { answersTo, answerText, codeOf, type Verdict } from '../adapters/hl7v2/answer.ts';
import { type Decoded, decodeMessage, encodeAnswer } from '../adapters/hl7v2/charset.ts';
import { MessageError, readMessage } from '../adapters/hl7v2/message.ts';
import type { Framed } from '../adapters/hl7v2/mllp.ts';
import type { Senders } from '../adapters/hl7v2/site.ts';
import type { Core } from '../core/core.ts';
import { idOfText } from '../core/id-of-text.ts';
import type { Timers } from '../server/timers.ts';
import type { KeptMessage, MessageState, MessageStore } from './message-store.ts';

/** What came of a message, as it is kept and answered. */
export type Taken = {
  readonly sequence: number | null;
  readonly state: MessageState;
  readonly code: string;
  readonly reason: string;
};

export type AdtIntake = {
  /** Takes what came out of a connection; `answer` is called once, after the commit, with what is to be sent back, each in its frame. */
  readonly offer: (given: Framed, answer: (answers: readonly Buffer[], taken: Taken) => void) => void;
  /** Does a kept message again, for a person; undefined when it is not known or its bytes are gone. Throws what the store throws. */
  readonly again: (sequence: number) => Taken | undefined;
  /** Does again what waited for a place, after somebody mapped it; how many. */
  readonly againFor: (sender: string, location: string) => number;
  /** What people mapped has changed: it is read anew. */
  readonly forgetPlaces: () => void;
  readonly lastReceivedAt: () => Instant | null;
  /** What was not decided is forgotten: nobody was answered. */
  readonly stop: () => void;
};

/** What is sent back, which may be nothing, and what came of it. */
type Done = { readonly sent: readonly Buffer[]; readonly taken: Taken };

type Read = {
  readonly received: Buffer;
  readonly receivedAt: Instant;
  readonly header: MessageHeader | null;
  readonly encoding: Decoded['encoding'];
  readonly doubt: string | null;
  readonly digest: string;
  readonly site: AdtSite | null;
  /** What it says, or why it cannot be taken at all. */
  readonly event: AdtEvent | null;
  readonly rejected: Verdict | null;
};

/** Senders whose places are remembered. */
const MOST_SENDERS = 200;
/** Of those that wait, the newest among which a merge is looked for. */
const MOST_LOOKED_AT = 200;
/** Some 30 ms of work. */
const MOST_A_TURN = 200;

/** The same id for the same name. */
export const idOf = (name: string): Id => idOfText(`vigil adt ${name}`);

/** A message without the moment of its sending (MSH-7), which changes when it is sent again. */
const digestOf = (text: string): string => {
  const body = text.replace(/^[\uFEFF\s]+/, '');
  const end = body.search(/[\r\n]/);
  const fields = (end < 0 ? body : body.slice(0, end)).split(body[3] ?? '|');
  fields[6] = '';
  return hash('sha256', fields.join('|') + (end < 0 ? '' : body.slice(end).replaceAll(/\r\n?/g, '\n').trimEnd()));
};

const rejectedAs = (error: unknown): Verdict =>
  error instanceof MessageError
    ? {
        // What is not for here is rejected (AR); what is wrong in itself is an error (AE).
        code: error.code >= 200 || error.segment === 'MSH' ? 'AR' : 'AE',
        reason: error.message,
        error: { code: error.code, segment: error.segment, field: error.field },
      }
    : { code: 'AE', reason: 'This could not be read.', error: { code: 207, segment: 'MSH', field: null } };

const verdictOf = ({ outcome, reason, location }: AdtDecision): Verdict => {
  const code = codeOf(outcome);
  const error =
    code === 'AA'
      ? null
      : { code: location === null ? 207 : 204, segment: location === null ? 'PID' : 'PV1', field: location === null ? null : 3 };
  return { code, reason, error };
};

/** Whether an error is of the decision, not of the disk: what the store throws must undo the whole transaction. */
const isOwnError = (error: unknown): boolean =>
  !(error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE'));

/** An intake over a core and its store. */
export const createIntake = (options: {
  readonly core: Pick<Core, 'view' | 'patientNumbered' | 'together' | 'audit'>;
  readonly messages: MessageStore;
  readonly senders: Senders;
  readonly clock: () => Instant;
  readonly timers: Pick<Timers, 'after'>;
  /** False while the hospital's own records are not whole (recovery.ts): nothing is decided on them. */
  readonly isWhole: () => boolean;
  readonly log: (line: string) => void;
}): AdtIntake => {
  const { core, messages, senders, clock, timers, isWhole, log } = options;
  type Waiting = { readonly read: Read; readonly answer: (answers: readonly Buffer[], taken: Taken) => void };
  let waiting: Waiting[] = [];
  let stopTimer: (() => void) | undefined;
  let lastReceivedAt: Instant | null = null;
  let answers = 0;
  const started = clock();

  /** The site's table with what people mapped. */
  const siteFor = (sender: string, site: AdtSite): AdtSite => {
    const mapped = messages.mappedLocations().filter((one) => one.sender === sender);
    if (mapped.length === 0) return site;
    return {
      ...site,
      locations: new Map([...site.locations, ...mapped.map(({ location, bedId }) => [location, { bedId }] as const)]),
    };
  };
  const sites = new Map<string, AdtSite>();
  const siteOf = (sender: string, site: AdtSite): AdtSite => {
    const known = sites.get(sender) ?? siteFor(sender, site);
    // Where every sender is taken, each may call itself anew with every message.
    if (sites.size >= MOST_SENDERS) sites.clear();
    sites.set(sender, known);
    return known;
  };

  const readBytes = (received: Buffer, receivedAt: Instant): Read => {
    const first = decodeMessage(received, null);
    const unread = {
      received,
      receivedAt,
      header: null,
      encoding: first.encoding,
      doubt: null,
      digest: digestOf(first.text),
      site: null,
      event: null,
    };
    try {
      const message = readMessage(first.text);
      const header = headerOf(message);
      const sender = senders.find(header.application, header.facility);
      if (!sender)
        return {
          ...unread,
          header,
          rejected: {
            code: 'AR',
            reason: `The sender ${header.sender} is not known here.`,
            error: { code: 207, segment: 'MSH', field: 3 },
          },
        };
      const { text, encoding, doubt } = sender.charset === null ? first : decodeMessage(received, sender.charset);
      const said = text === first.text ? message : readMessage(text);
      const known = { ...unread, header, encoding, doubt, site: sender.site };
      try {
        return { ...known, event: readAdt(said, sender.clock, receivedAt), rejected: null };
      } catch (error) {
        return { ...known, rejected: rejectedAs(error) };
      }
    } catch (error) {
      return { ...unread, rejected: rejectedAs(error) };
    }
  };
  const readFramed = (given: Framed): Read => {
    const now = clock();
    lastReceivedAt = now;
    if (given.kind === 'message') return readBytes(given.bytes, now);
    const read = readBytes(given.head, now);
    const reason = given.kind === 'tooLong' ? 'It is longer than is taken here.' : 'Its end never came: another message began.';
    return { ...read, event: null, rejected: { code: 'AR', reason, error: { code: 207, segment: 'MSH', field: null } } };
  };

  const answersFor = (read: Read, verdict: Verdict, isAccepted: boolean): readonly Buffer[] =>
    answersTo(read.header, verdict, isAccepted).map((said) => {
      answers += 1;
      const controlId = `V${started.toString(36)}-${answers.toString(36)}`.toUpperCase();
      return encodeAnswer(answerText(read.header, said, controlId, clock()), read.encoding);
    });

  /** The visits that the persons of a merge have under way. */
  const keysOfMerge = ({ patient, mergedMrn }: MergeEvent): readonly string[] => {
    const ids = [patient.mrn, mergedMrn].map((mrn) => (mrn === null ? undefined : core.patientNumbered(mrn)?.id));
    return [...core.view.list('encounter')].flatMap(({ patientId, departedAt, visitNumber }) =>
      visitNumber !== null && departedAt === null && ids.includes(patientId) ? [`visit ${visitNumber}`] : [],
    );
  };

  const decideOn = (
    event: AdtEvent,
    site: AdtSite,
    again: KeptMessage | null,
  ): { readonly decision: AdtDecision; readonly key: string | null } => {
    const key = 'visit' in event ? (visitKey(event) ?? null) : null;
    const keys = event.trigger === 'A40' ? keysOfMerge(event) : key === null ? [] : [key];
    const visit = keys.flatMap((one) => messages.ofVisit(one)).filter(({ sequence }) => sequence !== again?.sequence);
    const history = visit.flatMap((one): readonly VisitEvent[] => (one.event === null ? [] : [one.event]));
    const knownEncounterId = visit.findLast(({ encounterId }) => encounterId !== null)?.encounterId ?? null;
    const context = {
      view: core.view,
      patientNumbered: core.patientNumbered,
      site: siteOf(event.sender, site),
      now: clock(),
      idOf,
      history,
      knownEncounterId,
      again: again !== null,
    };
    return { decision: decideAdt(context, event), key };
  };

  type Write = (puts: AdtDecision['puts']) => number;
  /** Decides and writes; a decision that breaks, or would write what no desk can read, is refused alone. */
  const doIt = (
    write: Write,
    event: AdtEvent,
    site: AdtSite,
    again: KeptMessage | null,
  ): { readonly decision: AdtDecision; readonly key: string | null } => {
    try {
      const done = decideOn(event, site, again);
      write(done.decision.puts);
      return done;
    } catch (error) {
      if (!isOwnError(error)) throw error;
      log(`adt: ${event.trigger} ${event.controlId} could not be decided: ${(error as Error).stack ?? error}`);
      return { decision: withoutEffect('refused', 'It could not be decided here and changed nothing.'), key: null };
    }
  };

  const keep = (
    read: Read,
    verdict: Verdict,
    state: MessageState,
    more: Partial<KeptMessage>,
    again: KeptMessage | null,
  ): Done => {
    const reason = (read.doubt === null ? verdict.reason : `${verdict.reason} ${read.doubt}`).slice(0, 1_000);
    const sent = answersFor(read, { ...verdict, reason }, state !== 'rejected');
    const now = {
      state,
      code: verdict.code,
      reason,
      encounterId: more.encounterId ?? null,
      location: more.location ?? null,
      visitKey: more.visitKey ?? null,
      mrn: more.mrn ?? null,
      occurredAt: read.event?.occurredAt ?? null,
      event: more.event ?? null,
      trigger: (read.event?.trigger ?? read.header?.trigger ?? '').slice(0, 20),
      answered: sent.length === 1 && sent[0] ? sent[0] : Buffer.concat(sent),
    };
    let sequence = again?.sequence ?? null;
    if (sequence !== null) messages.change(sequence, now);
    else
      sequence = messages.add({
        ...now,
        receivedAt: read.receivedAt,
        sender: read.header?.sender ?? '',
        controlId: read.header?.controlId ?? '',
        digest: read.digest,
        received: read.received,
      });
    return { sent, taken: { sequence, state, code: verdict.code, reason } };
  };

  const handle = (write: Write, read: Read, again: KeptMessage | null): Done => {
    const { event, site, header } = read;
    if (read.rejected || event === null || site === null || header === null)
      return keep(read, read.rejected ?? rejectedAs(null), 'rejected', {}, again);
    const before = again ?? messages.named(header.sender, header.controlId).find(({ digest }) => digest === read.digest) ?? null;
    const isDone = before !== null && ['applied', 'confirmed', 'noted'].includes(before.state);
    if (before && isDone && !again) {
      const reason = `It was taken before: ${before.reason}`.slice(0, 500);
      return keep(
        read,
        { code: 'AA', reason, error: null },
        'duplicate',
        { encounterId: before.encounterId, mrn: before.mrn },
        null,
      );
    }
    // Sent again after it could not be done: decided anew, and kept once.
    const { decision, key } = doIt(write, event, site, before);
    const subjects = decision.encounterId === null ? [] : [decision.encounterId];
    core.audit.write({
      actor: 'hospital',
      stationId: null,
      action: `adt.${event.trigger}`,
      subjects,
      outcome: decision.outcome,
      payload: read.digest,
    });
    const isVisit = decision.belongsToVisit && 'visit' in event;
    const more = {
      encounterId: decision.encounterId,
      location: decision.location,
      visitKey: isVisit ? key : null,
      mrn: 'patient' in event ? event.patient.mrn : null,
      event: isVisit ? event : null,
    };
    const done = keep(read, verdictOf(decision), decision.outcome, more, before);
    const hasEnded = decision.puts.some((put) => put.kind === 'encounter' && put.departedAt !== null);
    if (hasEnded && isVisit) mergeAfter(write, event.patient.mrn);
    return done;
  };

  /** A merge may have been heard before the end of one of the two stays: it is done now that this one has ended. */
  const mergeAfter = (write: Write, mrn: string | null): void => {
    for (const { trigger, sequence } of messages.list({ states: ['waiting'], limit: MOST_LOOKED_AT })) {
      const kept = trigger === 'A40' ? messages.get(sequence) : undefined;
      if (!kept?.received) continue;
      const merge = readBytes(kept.received, kept.receivedAt);
      if (merge.event?.trigger === 'A40' && [merge.event.patient.mrn, merge.event.mergedMrn].includes(mrn))
        handle(write, merge, kept);
    }
  };

  const notTaken = ({ read, answer }: Waiting, reason: string): void => {
    const verdict: Verdict = { code: 'AR', reason, error: { code: 207, segment: 'MSH', field: null } };
    answer(answersFor(read, verdict, false), { sequence: null, state: 'rejected', code: 'AR', reason });
  };
  const unsaved = (one: Waiting, error: unknown): void => {
    log(`adt: a message could not be written down: ${(error as Error).message}`);
    notTaken(one, 'It could not be written down here and was not done. Send it again.');
  };
  const alone = (one: Waiting): void => {
    try {
      const { sent, taken } = core.together((write) => handle(write, one.read, null));
      one.answer(sent, taken);
    } catch (error) {
      unsaved(one, error);
    }
  };
  const decide = (): void => {
    const taken = waiting.slice(0, MOST_A_TURN);
    waiting = waiting.slice(MOST_A_TURN);
    stopTimer = waiting.length > 0 ? timers.after(0, decide) : undefined;
    if (!isWhole()) {
      for (const one of taken) notTaken(one, 'The hospital is being restored: it was not done. Send it again in a minute.');
      return;
    }
    let done: readonly Done[];
    try {
      done = core.together((write) => taken.map(({ read }) => handle(write, read, null)));
    } catch {
      for (const one of taken) alone(one);
      return;
    }
    taken.forEach((one, index) => {
      const result = done[index];
      if (result) one.answer(result.sent, result.taken);
    });
  };
  const again = (sequence: number): Taken | undefined => {
    const kept = messages.get(sequence);
    if (!kept?.received) return undefined;
    const read = readBytes(kept.received, kept.receivedAt);
    return core.together((write) => handle(write, read, kept)).taken;
  };
  return {
    offer: (given, answer) => {
      waiting.push({ read: readFramed(given), answer });
      stopTimer ??= timers.after(0, decide);
    },
    again,
    againFor: (sender, location) => {
      sites.clear();
      const kept = messages.waitingFor(sender, location);
      for (const { sequence } of kept) again(sequence);
      return kept.length;
    },
    forgetPlaces: () => sites.clear(),
    lastReceivedAt: () => lastReceivedAt,
    stop: () => {
      stopTimer?.();
      stopTimer = undefined;
      waiting = [];
    },
  };
};
