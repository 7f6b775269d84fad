import { expect, test } from 'vitest';
import type { VigilRecord } from '../model/record.ts';
import { buildAssignment, buildBed, buildEncounter, buildIncident, ids, testId, testNow } from '../testing/builders.ts';
import { give } from '../testing/giving.ts';
import { createView } from '../testing/view.ts';
import { noTimes } from './assignment-times.ts';

const minute = 60_000;
const [free, other] = [buildBed({ label: 'A1' }), testId('b', 2)];
const held = (reservation: { encounterId: string | null; assignmentId: string | null }) =>
  buildBed({
    id: other,
    label: 'R1',
    status: 'reserved',
    reservation: { ...reservation, reason: 'Red', until: testNow + 30 * minute },
  });
const mission = (number: number, arrivedMinutesAgo: number) =>
  buildAssignment({
    id: testId('3', number),
    unitId: testId('2', number),
    times: { ...noTimes, unitNotified: testNow - 60 * minute, atDestination: testNow - arrivedMinutesAgo * minute },
  });
const visit = buildEncounter({ incidentId: ids.incident, arrivedAt: testNow - 5 * minute });
/** What becomes of the held bed when the visit gets the other one. */
const after = (...records: readonly VigilRecord[]) => {
  const decision = give(createView([buildIncident(), free, visit, ...records]), 'assignBed', {
    bedId: free.id,
    encounterId: visit.id,
  });
  if (!decision.ok) throw new Error(decision.refusal.message);
  return decision.puts.find(({ id }) => id === other);
};
const forCrew = (number: number) => held({ encounterId: null, assignmentId: testId('3', number) });
const given = { ...forCrew(1), status: 'available', since: testNow, reservation: null };

test('a bed that is held for a patient is free again when the patient gets another one', () => {
  expect(after(held({ encounterId: visit.id, assignmentId: null }))).toEqual(given);
  expect(after(forCrew(1), mission(1, 6))).toEqual(given);
});

test('a hold for another crew of the incident stands, and one that somebody of the incident may still need', () => {
  const waits = buildEncounter({ id: testId('e', 2), incidentId: ids.incident });
  expect(after(forCrew(1), mission(1, 40), mission(2, 6))).toBeUndefined();
  expect(after(forCrew(2), mission(1, 40), mission(2, 6))).toEqual(given);
  expect(after(forCrew(1), mission(1, 6), waits)).toBeUndefined();
  expect(after(forCrew(1), mission(1, 6), { ...waits, bedId: testId('b', 3) })).toEqual(given);
  expect(after(held({ encounterId: testId('e', 2), assignmentId: null }), waits)).toBeUndefined();
});
