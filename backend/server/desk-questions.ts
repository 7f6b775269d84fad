/**
 * Questions of desks about the messages of the interfaces (SYNC Q1 to Q4). A message is patient data: only a desk gets an answer, and
 * only under a grant of the hospital with a role of a desk; what changes something is the charge nurse's.
 */
import {
  changesMessages,
  type DeskAnswer,
  type DeskMessage,
  type DeskOutgoing,
  type DeskQuestion,
  longestShown,
  mostListed,
  mostPlaces,
  refusedAnswer,
  type ShownText,
} from '#domain/model/message-desk.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import type { Asker, ListedMessage, ListedOutgoing, MessageDesk } from '../adt/message-desk.ts';
import { subjectOf } from '../adt/outgoing-order.ts';
import type { Core } from '../core/core.ts';
import type { GrantAuthority } from '../core/grants.ts';
import type { Projection } from '../core/projection.ts';

type Asking = { readonly stationId: Id; readonly projection: Projection; readonly grant: string };
export type AnswerQuestion = (asking: Asking, question: DeskQuestion) => DeskAnswer;

const shown = (text: string | null): ShownText =>
  text === null ? null : { text: text.slice(0, longestShown), cut: text.length > longestShown };
const bounded = (text: string, most: number): string => text.slice(0, most);
const messageOf = (one: ListedMessage): DeskMessage => ({
  sequence: one.sequence,
  receivedAt: one.receivedAt,
  sender: bounded(one.sender, 500),
  controlId: bounded(one.controlId, 500),
  trigger: bounded(one.trigger, 20),
  occurredAt: one.occurredAt,
  mrn: one.mrn && bounded(one.mrn, 500),
  encounterId: one.encounterId,
  location: one.location && bounded(one.location, 1_000),
  state: one.state,
  code: one.code,
  reason: bounded(one.reason, 1_000),
});
const outgoingOf = (one: ListedOutgoing): DeskOutgoing => ({
  sequence: one.sequence,
  createdAt: one.createdAt,
  trigger: bounded(one.trigger, 20),
  controlId: bounded(one.controlId, 500),
  ...subjectOf(one),
  state: one.state,
  attempts: one.attempts,
  nextAt: one.nextAt,
  reason: one.reason && bounded(one.reason, 1_000),
  endedAt: one.endedAt,
});
const listed = <T extends { readonly sequence: number }>(
  found: readonly T[],
): { readonly page: T[]; readonly more: boolean } => ({
  page: found.slice(0, mostListed),
  more: found.length > mostListed,
});

const unknown = (): DeskAnswer => refusedAnswer('notFound', 'This message is not known, or no longer kept.');
const isNotNull = <T>(value: T | null): value is T => value !== null;

/** Answers the questions of desks; `messageDesk` is null where the hospital has no interface. */
export const createDeskQuestions = (hospital: {
  readonly core: Pick<Core, 'audit' | 'isWithdrawn'>;
  readonly clock: () => Instant;
  readonly grants: Pick<GrantAuthority, 'verify'>;
  readonly messageDesk: () => MessageDesk | null;
  /** Whether the records are whole, so that something may be done on them. */
  readonly isWhole: () => boolean;
}): AnswerQuestion => {
  const { core, clock, grants, messageDesk, isWhole } = hospital;

  const askerOf = ({ stationId, projection, grant: token }: Asking, question: DeskQuestion): Asker | DeskAnswer => {
    const grant = grants.verify(token);
    if (projection !== 'desk') return refusedAnswer('notAllowed', 'A display sees no messages.');
    if (!grant || core.isWithdrawn(grant.grantId) || core.isWithdrawn(grant.personId))
      return refusedAnswer('notAllowed', 'The hospital did not sign this sign-in, or has withdrawn it. Sign in again.');
    if (grant.expiresAt <= clock()) return refusedAnswer('notAllowed', 'This sign-in has expired. Sign in again.');
    if (changesMessages(question) && !grant.roles.includes('chargeNurse'))
      return refusedAnswer('notAllowed', 'Only a charge nurse may do this.');
    if (grant.roles.every((role) => role === 'display')) return refusedAnswer('notAllowed', 'A display sees no messages.');
    return { personId: grant.personId, name: grant.name, stationId };
  };
  const noteShown = (
    { personId: actor, stationId }: Asker,
    outcome: string,
    subjects: readonly (Id | null)[],
    payload: unknown,
  ) => core.audit.note({ actor, stationId, action: 'export', subjects: subjects.filter(isNotNull), outcome, payload });

  const answer = (desk: MessageDesk, by: Asker, question: DeskQuestion): DeskAnswer => {
    switch (question.about) {
      case 'messages': {
        const { states, sender, before } = question;
        const { page, more } = listed(
          desk.list({
            ...(states && { states }),
            ...(sender !== null && { sender }),
            ...(before !== null && { before }),
            limit: mostListed + 1,
          }),
        );
        return { about: 'messages', messages: page.map(messageOf), more };
      }
      case 'message': {
        const found = desk.show(question.sequence);
        if (!found) return unknown();
        noteShown(by, 'adtMessage', [found.encounterId], { sequence: question.sequence });
        const { receivedText, answeredText, ...message } = found;
        return { about: 'message', message: messageOf(message), received: shown(receivedText), answered: shown(answeredText) };
      }
      case 'outgoing': {
        const { states, before } = question;
        const { page, more } = listed(desk.listOutgoing({ states, ...(before !== null && { before }) }));
        return { about: 'outgoing', messages: page.map(outgoingOf), more };
      }
      case 'outgoingMessage': {
        const found = desk.showOutgoing(question.sequence);
        if (!found) return unknown();
        const { text, answeredText, ...message } = found;
        const { encounterId, bedId } = subjectOf(message);
        noteShown(by, 'adtOutgoing', [encounterId, bedId], { sequence: question.sequence });
        return { about: 'outgoingMessage', message: outgoingOf(message), sent: shown(text), answered: shown(answeredText) };
      }
      case 'mapBed': {
        const mapped = desk.mapBed(by, question.sender, question.location, question.bedId);
        return 'problem' in mapped ? refusedAnswer('notDone', mapped.problem) : { about: 'mapBed', done: mapped.done };
      }
      case 'places': {
        const places = desk.mapped().map(({ sender, location, bedId, at }) => ({ sender, location, bedId, at }));
        return { about: 'places', places: places.slice(0, mostPlaces), more: places.length > mostPlaces };
      }
      case 'unmapPlace':
        return desk.unmap(by, question.sender, question.location)
          ? { about: 'unmapPlace' }
          : refusedAnswer('notDone', 'Nobody had mapped this place.');
      case 'replay': {
        const taken = desk.replay(by, question.sequence);
        if (!taken) return unknown();
        return { about: 'replay', state: taken.state, code: taken.code, reason: bounded(taken.reason, 1_000) };
      }
      case 'resend':
      case 'giveUp': {
        const { about, sequence, why } = question;
        const refused = desk[about](by, sequence, why);
        return refused ? refusedAnswer('notDone', refused.problem) : { about };
      }
      default:
        return question satisfies never;
    }
  };

  return (asking, question) => {
    const by = askerOf(asking, question);
    if ('about' in by) return by;
    const desk = messageDesk();
    if (!desk) return refusedAnswer('noInterface', 'This hospital has no interface to another system.');
    if (changesMessages(question) && !isWhole())
      return refusedAnswer('busy', 'The hospital was restored and collects what it had lost. Try again in a minute.');
    return answer(desk, by, question);
  };
};
