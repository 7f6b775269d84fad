import { expect, test } from 'vitest';
import { buildHospital, buildUnit, ids, testId, testNow } from '../testing/builders.ts';
import { createView } from '../testing/view.ts';
import { dueByTime } from './dispatch-watch.ts';

const minute = 60_000;

test('two missed roll-calls raise an emergency, once; one that a person ended begins anew', () => {
  const silent = buildUnit({ status: 'onScene', statusSince: testNow - 46 * minute, assignmentId: ids.assignment });
  const raised = {
    ...silent,
    emergency: true,
    emergencySince: testNow,
    emergencyReason: 'The crew has not answered two roll-calls.',
  };
  const all = (unit: typeof silent) => dueByTime(createView([unit]), testNow).map(({ put }) => put);
  expect([
    all(silent),
    all({ ...silent, statusSince: testNow - 45 * minute }),
    all(raised),
    all({ ...silent, rollCallAnsweredAt: testNow - 1 }),
  ]).toEqual([[raised], [], [], []]);
});

test('a divert ends when it was said to end, and not before', () => {
  const by = { personId: ids.person, name: 'R. Ortiz' };
  const closed = (id: string, until: number) =>
    buildHospital({ id, emsTrafficStatus: 'closed', divert: { reason: 'CT broken', by, until } });
  const [over, stands] = [closed(testId('5', 1), testNow), closed(testId('5', 2), testNow + 1)];
  expect(dueByTime(createView([over, stands]), testNow)).toEqual([
    { action: 'divertEnded', put: { ...over, emsTrafficStatus: 'normal', divert: null, statusSince: testNow } },
  ]);
});
