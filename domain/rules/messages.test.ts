import { expect, test } from 'vitest';
import type { Role } from '../model/grant.ts';
import type { Message } from '../model/message.ts';
import { buildAssignment, buildMessage, buildUnit, ids, testId, testNow } from '../testing/builders.ts';
import { createView } from '../testing/view.ts';
import { answersOf, concerns, crewsOn, freeCrews, messagesInOrder, rolesToAnswer } from './messages.ts';

const answered = { at: testNow, by: { personId: ids.person, name: 'R. Ortiz' } };
const toRole = (role: Role, acknowledged: typeof answered | null = null): Message['recipients'][number] => ({
  recipient: { to: 'role', role },
  acknowledged,
});
const toCrew: Message['recipients'][number] = { recipient: { to: 'unit', unitId: ids.unit }, acknowledged: null };
const message = (number: number, recipients: Message['recipients'], changes: Partial<Message> = {}) =>
  buildMessage({ id: testId('6', number), recipients, ...changes });

test('a role answers for itself alone, and once', () => {
  const one = message(1, [toCrew, toRole('chargeNurse'), toRole('triageNurse', answered)]);
  expect([
    rolesToAnswer(one, ['chargeNurse', 'triageNurse']),
    rolesToAnswer(one, ['dispatcher']),
    answersOf(one),
    concerns(one, ['triageNurse']),
    concerns(one, ['dispatcher']),
    concerns(message(2, [toRole('chargeNurse')]), ['triageNurse']),
  ]).toEqual([['chargeNurse'], [], { all: 3, answered: 1 }, true, true, false]);
});

test('what is still to answer stands on top, urgent first, and no answered one above it', () => {
  const mine = [toRole('chargeNurse')];
  const list = [
    message(1, [toCrew], { sentAt: testNow }),
    message(2, mine, { sentAt: testNow - 9_000 }),
    message(3, mine, { sentAt: testNow - 5_000 }),
    message(4, mine, { sentAt: testNow - 99_000, urgent: true }),
    message(5, [toRole('chargeNurse', answered)], { sentAt: testNow, urgent: true }),
  ];
  expect(messagesInOrder(list, ['chargeNurse']).map(({ id }) => id)).toEqual([4, 3, 2, 1, 5].map((id) => testId('6', id)));
});

test('crews are free, or on an incident', () => {
  const out = buildUnit({ id: testId('2', 2), status: 'enRoute', assignmentId: ids.assignment });
  const view = createView([buildUnit(), out, buildAssignment({ unitId: out.id })]);
  expect([freeCrews(view.list('unit')), crewsOn(view, ids.incident), crewsOn(view, testId('1', 9))]).toEqual([
    [buildUnit()],
    [out],
    [],
  ]);
});
