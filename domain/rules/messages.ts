/** Who has a message still to answer, and whom a person can write to. */
import type { Role } from '../model/grant.ts';
import type { Message } from '../model/message.ts';
import type { RecordView } from '../model/record.ts';
import type { Unit } from '../model/unit.ts';
import type { Id } from '../model/values.ts';
import { unitsOn } from './dispatching.ts';
import { isFree } from './unit-status.ts';

/** Those of these roles to which a message was sent and for which nobody has acknowledged it. */
export const rolesToAnswer = ({ recipients }: Message, roles: readonly Role[]): readonly Role[] =>
  recipients.flatMap(({ recipient, acknowledged }) =>
    recipient.to === 'role' && acknowledged === null && roles.includes(recipient.role) ? [recipient.role] : [],
  );

/** How many of its recipients have acknowledged a message. */
export const answersOf = ({ recipients }: Message): { readonly all: number; readonly answered: number } => ({
  all: recipients.length,
  answered: recipients.filter(({ acknowledged }) => acknowledged !== null).length,
});

/** Whether a message is for one of these roles, answered or not. Crews are the dispatchers' business. */
export const concerns = ({ recipients }: Message, roles: readonly Role[]): boolean =>
  recipients.some(({ recipient }) => (recipient.to === 'role' ? roles.includes(recipient.role) : roles.includes('dispatcher')));

/** The order of a list: what these roles have to answer, urgent ones first, then the newest. Nothing unanswered is ever below what is. */
export const messagesInOrder = (messages: Iterable<Message>, roles: readonly Role[]): readonly Message[] => {
  const weight = (message: Message): number => (rolesToAnswer(message, roles).length === 0 ? 2 : message.urgent ? 0 : 1);
  return [...messages].sort((a, b) => weight(a) - weight(b) || b.sentAt - a.sentAt || (a.id < b.id ? -1 : 1));
};

/** Crews that a message to all who are free goes to. */
export const freeCrews = (units: Iterable<Unit>): readonly Unit[] => [...units].filter(({ status }) => isFree(status));

/** Crews that are on an incident. */
export const crewsOn = (view: RecordView, incidentId: Id): readonly Unit[] => unitsOn(view, incidentId).map(({ unit }) => unit);
