import { describe, expect, test } from 'vitest';
import type { Handover, HandoverPoint } from '../model/handover.ts';
import type { VigilRecord } from '../model/record.ts';
import {
  buildAlarm,
  buildArea,
  buildBed,
  buildCareNote,
  buildDisagreement,
  buildEncounter,
  buildHandover,
  buildIncident,
  buildInterfaceLink,
  buildPatient,
  buildSurge,
  buildTask,
  buildTriageAssessment,
  buildVitals,
  ids,
  testId,
  testNow,
} from '../testing/builders.ts';
import { createView } from '../testing/view.ts';
import { handoverItems } from './handover-items.ts';
import { handoverState, lastSigned, missingSignature, openHandover } from './handover-state.ts';

const since = testNow - 8 * 3_600_000;
const meanwhile = testNow - 3_600_000;
const person = { personId: ids.person, name: 'R. Ortiz' };
const signature = { by: person, at: since + 1 };
const stood: HandoverPoint['stood'] = {
  acuity: 3,
  news2: 0,
  news2AtLeast: false,
  isolation: null,
  flags: [],
  bed: null,
  nurse: null,
};
const pointOf = (id: string, changes: Partial<HandoverPoint> = {}): HandoverPoint => ({
  about: 'patient',
  id,
  text: 'Chest pain',
  spoken: true,
  note: '',
  change: 'same',
  reasons: [],
  stood,
  ...changes,
});
const handoverOf = (...points: HandoverPoint[]): Handover =>
  buildHandover({
    writtenAt: since,
    points,
    given: signature,
    taken: { ...signature, by: { ...person, personId: testId('9', 2) } },
  });
const visit = (number: number, changes: Parameters<typeof buildEncounter>[0] = {}) =>
  buildEncounter({ id: testId('e', number), arrivedAt: since - 3_600_000, acuity: 3, ...changes });
/** What is said of each, in order. */
const told = (records: readonly VigilRecord[], last?: Handover): readonly string[] =>
  handoverItems(createView(records), last, testNow).map(
    ({ what, id, change, reasons }) => `${what} ${Number.parseInt(id.slice(-4), 16)} ${[change, ...reasons].join(' ')}`,
  );

describe('patients', () => {
  test('in the order of areas and beds, then as the queue; the first handover tells all as new', () => {
    const beds = [
      buildArea({ order: 2 }),
      buildArea({ id: testId('a', 2), order: 1 }),
      buildBed({ id: testId('b', 1), order: 1, status: 'occupied', encounterId: testId('e', 1) }),
      buildBed({ id: testId('b', 2), order: 9, areaId: testId('a', 2), status: 'occupied', encounterId: testId('e', 2) }),
    ];
    const records = [
      ...beds,
      visit(4, { acuity: 4 }),
      visit(3, { acuity: 2 }),
      visit(1, { bedId: testId('b', 1), status: 'inProgress', place: null }),
      visit(2, { bedId: testId('b', 2), status: 'inProgress', place: null }),
      visit(5, { departedAt: meanwhile, status: 'finished' }),
    ];
    const asNew = [2, 1, 3, 4].map((number) => `encounter ${number} new arrived`);
    expect(told(records)).toEqual(asNew);
  });

  test('a change is told by its own moment, or against what stood', () => {
    const one = (changes: Parameters<typeof buildEncounter>[0], ...more: VigilRecord[]): readonly string[] =>
      told([buildPatient(), visit(1, changes), ...more], handoverOf(pointOf(testId('e', 1))));
    const move = { at: meanwhile, bedId: null, place: 'Corridor', by: 'R. Ortiz', note: null };
    expect([
      one({}),
      one({ acuity: 2 }),
      one({ acuity: 4 }),
      one({}, buildTriageAssessment({ vitals: buildVitals({ respiratoryRate: 26 }) })),
      one({}, buildAlarm({ encounterId: testId('e', 1), onsetAt: meanwhile, state: 'normal' })),
      one({}, buildAlarm({ encounterId: testId('e', 1), onsetAt: meanwhile, state: 'normal', priority: 'low' })),
      one({ isolation: 'droplet', flags: ['ISO'] }),
      one({ flags: ['FALL'] }),
      one({ admitDecidedAt: meanwhile }),
      one({ admitDecidedAt: since - 1 }),
      one({ moves: [move] }),
      one({ away: { to: 'CT', since: meanwhile, expectedBackAt: null } }),
      one(
        {},
        buildCareNote({ at: meanwhile }),
        buildTask({ createdAt: since - 1, ended: { at: meanwhile, by: person, outcome: 'done' } }),
      ),
    ]).toEqual([
      ['encounter 1 same'],
      ['encounter 1 changed level'],
      ['encounter 1 same'],
      ['encounter 1 changed news2'],
      ['encounter 1 changed alarm'],
      ['encounter 1 same'],
      ['encounter 1 changed isolation'],
      ['encounter 1 changed flag'],
      ['encounter 1 changed admitted'],
      ['encounter 1 same'],
      ['encounter 1 changed moved'],
      ['encounter 1 changed away'],
      ['encounter 1 changed task note'],
    ]);
  });

  test('who left is told once, and only of those who were spoken of', () => {
    const gone = visit(1, { status: 'finished', departedAt: meanwhile });
    const short = visit(2, { status: 'finished', arrivedAt: meanwhile - 1, departedAt: meanwhile });
    expect(told([gone, short], handoverOf(pointOf(testId('e', 1))))).toEqual(['encounter 1 left left']);
    expect(told([gone], handoverOf(pointOf(testId('e', 1), { change: 'left' })))).toEqual([]);
  });

  test('what stands now is handed to the next handover', () => {
    const records = [
      buildBed({ label: 'B4' }),
      buildPatient(),
      visit(1, { bedId: ids.bed, nurse: 'R. Ortiz', flags: ['FALL', 'ISO'], isolation: 'contact' }),
      buildTriageAssessment(),
    ];
    const [item] = handoverItems(createView(records), undefined, testNow);
    expect(item?.stood).toEqual({
      acuity: 3,
      news2: 0,
      news2AtLeast: false,
      isolation: 'contact',
      flags: ['FALL', 'ISO'],
      bed: 'B4',
      nurse: 'R. Ortiz',
    });
  });
});

test('incidents, alarms, tasks and the department', () => {
  const records = [
    buildIncident({ id: testId('1', 1), callReceivedAt: meanwhile }),
    buildIncident({ id: testId('1', 2), callReceivedAt: since - 1, notes: [{ at: meanwhile, by: person, text: 'Third floor' }] }),
    buildIncident({ id: testId('1', 3), status: 'closed' }),
    buildAlarm({ id: testId('4', 1), encounterId: null, onsetAt: since - 1, state: 'acknowledged' }),
    buildAlarm({ id: testId('4', 2), encounterId: null, onsetAt: meanwhile }),
    buildAlarm({ id: testId('4', 3), encounterId: null, state: 'normal' }),
    buildTask({ id: testId('6', 1), encounterId: null, createdAt: since - 1, dueAt: meanwhile }),
    buildTask({ id: testId('6', 2), encounterId: null, createdAt: since - 1, dueAt: null }),
    buildTask({ id: testId('6', 3), encounterId: null, createdAt: meanwhile }),
    buildTask({ id: testId('6', 4), encounterId: null, ended: { at: meanwhile, by: person, outcome: 'cancelled' } }),
    buildSurge({ startedAt: meanwhile }),
    buildInterfaceLink({ state: 'failed', since: since - 1 }),
    buildInterfaceLink({ id: testId('6', 5) }),
    buildDisagreement({ at: meanwhile, encounterId: null }),
    buildBed({ id: testId('b', 1), status: 'blocked', since: meanwhile }),
    buildBed({ id: testId('b', 2), status: 'closed', since: since - 1, order: 2 }),
    buildBed({ id: testId('b', 3), space: 'capacity', status: 'available', order: 3 }),
    buildBed({ id: testId('b', 4), space: 'capacity', status: 'closed' }),
    buildBed({ id: testId('b', 5), status: 'closed', retired: true }),
    buildBed({ id: testId('b', 6) }),
  ];
  expect(told(records, handoverOf())).toEqual([
    'incident 2 changed note',
    'incident 1 new opened',
    'alarm 2 new opened',
    'alarm 1 same',
    'task 1 changed overdue',
    'task 3 new opened',
    'task 2 same',
    'surge 106 new opened',
    'interfaceLink 109 same',
    'disagreement 108 new opened',
    'bed 1 new opened',
    'bed 2 same',
    'bed 3 new opened',
  ]);
});

test('which handover stands', () => {
  const first = handoverOf();
  const second = buildHandover({ id: testId('6', 8), writtenAt: since + 10 });
  const third = buildHandover({ id: testId('6', 9), writtenAt: since + 20, given: signature });
  const all = [second, third, first];
  expect([
    all.map((one) => handoverState(one, all)),
    lastSigned(all)?.id,
    openHandover(all)?.id,
    openHandover([first]),
    handoverState(second, [first, second]),
    all.map(missingSignature),
  ]).toEqual([['replaced', 'signedByOne', 'signed'], first.id, third.id, undefined, 'written', [null, 'taken', null]]);
});
