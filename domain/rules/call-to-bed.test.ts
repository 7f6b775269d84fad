import { expect, test } from 'vitest';
import { buildAssignment, buildEncounter, buildIncident, ids, testId, testNow } from '../testing/builders.ts';
import { noTimes } from './assignment-times.ts';
import { callToBed } from './call-to-bed.ts';

const at = (minutes: number): number => testNow + minutes * 60_000;
const incident = buildIncident({ callReceivedAt: at(0) });
const visit = buildEncounter({ incidentId: incident.id, arrivedAt: at(42), triagedAt: at(46), bedAssignedAt: at(50) });
const times = { ...noTimes, unitNotified: at(2), enRoute: at(3), onScene: at(12), leftScene: at(30), atDestination: at(41) };
const step = (moment: string, minutes: number, unitId: string | null = null, isBreak = false) => ({
  moment,
  at: at(minutes),
  unitId,
  isBreak,
});

test('one line from the call to the bed, of the crew that brought the patient', () => {
  const car = buildAssignment({
    id: testId('3', 2),
    unitId: testId('2', 2),
    times: { ...noTimes, unitNotified: at(1), onScene: at(6) },
  });
  const second = buildAssignment({ id: testId('3', 3), unitId: testId('2', 3), times: { ...times, atDestination: at(70) } });
  const elsewhere = buildAssignment({
    id: testId('3', 4),
    incidentId: testId('1', 9),
    times: { ...times, atDestination: at(42) },
  });
  const brought = buildAssignment({ times });
  expect(callToBed(visit, incident, [car, second, elsewhere, brought])).toEqual([
    step('called', 0),
    step('unitNotified', 2, ids.unit),
    step('onScene', 12, ids.unit),
    step('leftScene', 30, ids.unit),
    step('atDestination', 41, ids.unit),
    step('registered', 42),
    step('triaged', 46),
    step('bed', 50),
  ]);
});

test('what is not known is left out, a break is told and not mended', () => {
  const early = { ...visit, arrivedAt: at(38), triagedAt: null };
  const late = buildAssignment({ times: { ...times, onScene: null, leftScene: null } });
  const cancelled = buildAssignment({ id: testId('3', 2), times: { ...times, cancelled: at(9) } });
  expect(callToBed(early, incident, [cancelled, late])).toEqual([
    step('called', 0),
    step('unitNotified', 2, ids.unit),
    step('atDestination', 41, ids.unit),
    step('registered', 38, null, true),
    step('bed', 50),
  ]);
});

test('who walked in begins at the door; so does one whose incident this desk does not hold', () => {
  expect(callToBed({ ...visit, incidentId: null }, undefined, [buildAssignment({ times })])).toEqual([
    step('registered', 42),
    step('triaged', 46),
    step('bed', 50),
  ]);
});
