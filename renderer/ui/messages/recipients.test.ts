import { expect, test } from 'vitest';
import { buildAssignment, buildIncident, buildUnit, ids, testId } from '#domain/testing/builders.ts';
import { createView } from '#domain/testing/view.ts';
import { type Addressee, labelOf, recipientsOf, suggestionsFor } from './recipients.ts';

const crew = (number: number, callsign: string) => buildUnit({ id: testId('2', number), callsign });
const out = buildUnit({ id: testId('2', 4), callsign: 'B21', status: 'enRoute', assignmentId: ids.assignment });
const view = createView([
  crew(1, 'M2'),
  crew(2, 'M21'),
  crew(3, 'M10'),
  out,
  buildAssignment({ unitId: out.id }),
  buildIncident({ number: '2611-0347' }),
  buildIncident({ id: testId('1', 2), number: '2611-0348' }),
]);
const labels = (typed: string, taken: readonly Addressee[] = []) => suggestionsFor(typed, view, taken).map(({ label }) => label);

test('a few letters mean crews that begin so, then desks and groups, then crews that hold them', () => {
  expect([labels('m2'), labels('21'), labels('charge'), labels('0347'), labels('zz')]).toEqual([
    ['M2', 'M21'],
    ['M21', 'B21'].toSorted(),
    ['Charge nurse'],
    ['All on 2611-0347 (1)'],
    [],
  ]);
});

test('without letters the groups and desks stand ready; what is in the line already does not', () => {
  expect(labels('')).toEqual([
    'All free crews (3)',
    'All crews (4)',
    'Dispatcher',
    'Charge nurse',
    'Triage nurse',
    'All on 2611-0347 (1)',
  ]);
  expect(labels('m', [{ to: 'unit', unitId: testId('2', 2) }])).toEqual(['M2', 'M10']);
});

test('groups are counted when the message is sent, everybody once', () => {
  const addressees: readonly Addressee[] = [
    { to: 'role', role: 'chargeNurse' },
    { to: 'unit', unitId: out.id },
    { to: 'incident', incidentId: ids.incident },
    { to: 'unit', unitId: testId('2', 1) },
    { to: 'free' },
  ];
  expect(recipientsOf(view, addressees)).toEqual([
    { to: 'role', role: 'chargeNurse' },
    ...[4, 1, 2, 3].map((number) => ({ to: 'unit', unitId: testId('2', number) })),
  ]);
  expect(addressees.map((one) => labelOf(view, one))).toEqual([
    'Charge nurse',
    'B21',
    'All on 2611-0347',
    'M2',
    'All free crews',
  ]);
  expect(recipientsOf(view, [{ to: 'crews' }]).length).toBe(4);
});
