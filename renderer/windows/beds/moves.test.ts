import { expect, test } from 'vitest';
import {
  buildArea,
  buildAssignment,
  buildBed,
  buildEncounter,
  buildPatient,
  ids,
  testId,
  testNow,
} from '#domain/testing/builders.ts';
import { createView } from '#domain/testing/view.ts';
import { bedsOpenTo, isAsked, overrideOf, planMove } from './moves.ts';

const [b1, b2, b3, b4, b5] = [1, 2, 3, 4, 5].map((number) => testId('b', number)) as [string, string, string, string, string];
const [waits, lies, isolated] = [1, 2, 3].map((number) => testId('e', number)) as [string, string, string];
const view = createView([
  buildArea(),
  buildArea({ id: testId('a', 2), sex: 'male' }),
  buildPatient(),
  buildBed({ id: b1, label: 'B1' }),
  buildBed({ id: b2, label: 'B2', status: 'occupied', encounterId: lies }),
  buildBed({ id: b3, label: 'B3', status: 'occupied', encounterId: isolated, single: true }),
  buildBed({
    id: b4,
    label: 'B4',
    areaId: testId('a', 2),
    status: 'reserved',
    reservation: { encounterId: lies, assignmentId: null, reason: 'x', until: testNow + 9 },
  }),
  buildBed({ id: b5, label: 'B5', retired: true }),
  buildAssignment(),
  buildEncounter({ id: waits }),
  buildEncounter({ id: lies, bedId: b2, status: 'inProgress' }),
  buildEncounter({ id: isolated, bedId: b3, status: 'inProgress', isolation: 'droplet' }),
  buildEncounter({ id: testId('e', 4), status: 'finished', departedAt: testNow }),
]);
test('a free bed is held for a visit, and no other', () => {
  const kinds = [b1, b2, b4, b5].map((bedId) => planMove(view, { kind: 'held', id: waits }, bedId, testNow).kind);
  expect(kinds).toEqual(['holdFor', 'none', 'none', 'none']);
});

test('a bed that is held looks open to whom it is held for, until its hold is over, and never where another hold is wanted', () => {
  const open = (kind: 'visit' | 'held', id: string, now = testNow) => [...bedsOpenTo(view, { kind, id }, now)];
  expect([open('visit', waits), open('visit', lies), open('held', lies)]).toEqual([[b1], [b1, b4], [b1]]);
  expect(open('held', waits, testNow + 9)).toEqual([b1, b4]);
});

const plan = (encounterId: string, bedId: string, now = testNow) => {
  const what = planMove(view, { kind: 'visit', id: encounterId }, bedId, now);
  if (what.kind === 'none') return what.why;
  const concerns = 'concerns' in what ? what.concerns.map(({ concern, bed }) => `${concern} ${bed.label}`) : [];
  return [what.kind, isAsked(what), ...concerns];
};

test.each([
  [waits, b1, ['assign', false]],
  [lies, b1, ['transfer', false]],
  [isolated, b1, ['transfer', true, 'isolation B1']],
  [lies, b4, ['transfer', true, 'sex B4']],
  [waits, b4, 'notFree'],
  [lies, b3, ['swap', true, 'isolation B2']],
  [isolated, b2, ['swap', true, 'isolation B2']],
  [waits, b2, 'occupied'],
  [lies, b2, 'same'],
  [testId('e', 4), b1, 'gone'],
  [testId('e', 9), b1, 'unknown'],
  [waits, b5, 'unknown'],
])('%s to %s', (encounterId, bedId, expected) => expect(plan(encounterId, bedId)).toEqual(expected));

test('a hold that is over keeps nobody out; a crew takes a free bed only', () => {
  expect(plan(waits, b4, testNow + 9)).toEqual(['assign', true, 'sex B4']);
  const crew = (bedId: string) => planMove(view, { kind: 'crew', id: ids.assignment }, bedId, testNow).kind;
  expect([b1, b2, b4].map(crew)).toEqual(['hold', 'none', 'none']);
});

test('an override names what was seen, once each', () => {
  const swap = planMove(view, { kind: 'visit', id: isolated }, b2, testNow);
  const free = planMove(view, { kind: 'visit', id: waits }, b1, testNow);
  expect(swap.kind === 'swap' && overrideOf(swap, 'No other room')).toEqual({
    override: { concerns: ['isolation'], reason: 'No other room' },
  });
  expect(free.kind === 'assign' && overrideOf(free, 'x')).toEqual({});
});
