import { describe, expect, test } from 'vitest';
import type { RecordView, VigilRecord } from '../model/record.ts';
import { noTimes } from '../rules/assignment-times.ts';
import { buildAssignment, buildIncident, buildUnit, ids, testId, testNow } from '../testing/builders.ts';
import { done, give, givenCommandId, refusalOf } from '../testing/giving.ts';
import { createView, viewWith } from '../testing/view.ts';
import { derivedId } from './derived-id.ts';
import type { CommandInput } from './registry.ts';

const { unit: unitId, incident: incidentId } = ids;

describe('dispatch', () => {
  const assigned = buildAssignment({ id: derivedId(givenCommandId, 0), times: { ...noTimes, unitNotified: testNow } });
  const sent = buildUnit({ status: 'dispatched', statusSince: testNow, assignmentId: assigned.id });
  test('a free unit to an open incident', () => {
    expect(give([buildIncident(), buildUnit()], 'dispatchUnit', { incidentId, unitId })).toEqual(done(assigned, sent));
  });
  test('by voice: the same fact, with how', () => {
    expect(give([buildIncident(), buildUnit()], 'dispatchByVoice', { incidentId, unitId, voiceNote: 'Radio 2' })).toEqual(
      done({ ...assigned, how: 'voice', voiceNote: 'Radio 2' }, sent),
    );
  });
  test('by voice after an unanswered dispatch that was done after all: one mission, with the note', () => {
    expect(give([buildIncident(), sent, assigned], 'dispatchByVoice', { incidentId, unitId, voiceNote: 'Radio 2' })).toEqual(
      done({ ...assigned, voiceNote: 'Radio 2' }),
    );
  });
  test('by voice, told long after: a crew that has reported since is left to a person', () => {
    const input = { incidentId, unitId, voiceNote: 'Radio 2', instead: null };
    expect(refusalOf(give([buildIncident(), buildUnit({ statusSince: testNow + 1 })], 'dispatchByVoice', input))).toBe(
      'conflict: A01 has reported since: available at station.',
    );
  });
  test('refusals', () => {
    const of = (...records: VigilRecord[]) => refusalOf(give(records, 'dispatchUnit', { incidentId, unitId }));
    expect(of(buildUnit())).toBe('notFound: This incident is not known.');
    expect(of(buildIncident())).toBe('notFound: This unit is not known.');
    expect(of(buildIncident({ status: 'closed' }), buildUnit())).toBe('conflict: This incident is closed.');
    expect(of(buildIncident(), buildUnit({ status: 'outOfService' }))).toBe('conflict: A01 is not free: out of service.');
    expect(of(buildIncident(), sent, assigned)).toBe('alreadyDone: A01 is already on this incident.');
    expect(of(buildIncident(), sent, { ...assigned, incidentId: testId('1', 2) })).toBe('conflict: A01 is not free: dispatched.');
  });
  test('a new incident waits for its number', () => {
    const input = {
      category: 'Fall',
      determinant: null,
      priority: 3,
      address: 'Rambla 1',
      position: [-56.1, -34.9] as [number, number],
      patientSummary: null,
    } as const;
    expect(give([], 'createIncident', input)).toEqual(
      done(
        buildIncident({
          id: derivedId(givenCommandId, 0),
          number: null,
          ...input,
          position: [...input.position],
          callReceivedAt: testNow,
          dispatchNotifiedAt: testNow,
        }),
      ),
    );
  });
});

describe('unit status', () => {
  const step = 60_000;
  const start = [
    buildIncident(),
    buildUnit({ status: 'dispatched', statusSince: testNow, assignmentId: ids.assignment }),
    buildAssignment({ times: { ...noTimes, unitNotified: testNow } }),
  ];
  const run = (
    statuses: readonly CommandInput<'setUnitStatus'>['status'][],
    records: readonly VigilRecord[] = start,
  ): RecordView =>
    statuses.reduce((view, status, index) => {
      const decision = give(view, 'setUnitStatus', { unitId, status, reason: 'Flat tyre' }, testNow + (index + 1) * step);
      if (!decision.ok) throw new Error(decision.refusal.message);
      return viewWith(view, decision.puts);
    }, createView(records));
  test('a whole mission sets its times, frees the unit and closes the incident', () => {
    const view = run([
      'acknowledged',
      'enRoute',
      'onScene',
      'atPatient',
      'transporting',
      'atDestination',
      'offloading',
      'clearing',
      'availableMobile',
    ]);
    expect([view.get('assignment', ids.assignment)?.times, view.get('unit', unitId), view.get('incident', incidentId)]).toEqual([
      {
        unitNotified: testNow,
        acknowledged: testNow + step,
        enRoute: testNow + 2 * step,
        onScene: testNow + 3 * step,
        atPatient: testNow + 4 * step,
        careTransferred: null,
        leftScene: testNow + 5 * step,
        atDestination: testNow + 6 * step,
        transferOfCare: testNow + 8 * step,
        backInService: testNow + 9 * step,
        cancelled: null,
      },
      buildUnit({ status: 'availableMobile', statusSince: testNow + 9 * step }),
      buildIncident({ status: 'closed', closedAt: testNow + 9 * step }),
    ]);
  });
  test('turned back before the scene: cancelled, and the incident still waits for someone', () => {
    const view = run(['enRoute', 'availableMobile']);
    expect([view.get('assignment', ids.assignment)?.times, view.get('incident', incidentId)?.status]).toEqual([
      {
        ...noTimes,
        unitNotified: testNow,
        enRoute: testNow + step,
        cancelled: testNow + 2 * step,
        backInService: testNow + 2 * step,
      },
      'open',
    ]);
  });
  test('broken down on the way: cancelled, not back in service', () => {
    const view = run(['enRoute', 'outOfService']);
    expect([view.get('assignment', ids.assignment)?.times, view.get('unit', unitId)]).toEqual([
      { ...noTimes, unitNotified: testNow, enRoute: testNow + step, cancelled: testNow + 2 * step },
      buildUnit({ status: 'outOfService', statusSince: testNow + 2 * step, outOfServiceReason: 'Flat tyre' }),
    ]);
  });
  test('an incident stays open while another unit is on it', () => {
    const second = [
      buildUnit({ id: testId('2', 2), status: 'onScene', assignmentId: testId('3', 2) }),
      buildAssignment({ id: testId('3', 2), unitId: testId('2', 2) }),
    ];
    expect(run(['onScene', 'clearing', 'availableMobile'], [...start, ...second]).get('incident', incidentId)?.status).toBe(
      'open',
    );
  });
  test('treated on scene: no handover of care is claimed', () => {
    expect(run(['onScene', 'clearing']).get('assignment', ids.assignment)?.times.transferOfCare).toBeNull();
  });
  test('a late report fills its time and leaves the newer status', () => {
    const later = run(['onScene']);
    const assignment = later.get('assignment', ids.assignment);
    expect(give(later, 'setUnitStatus', { unitId, status: 'enRoute', reason: null }, testNow + 30_000)).toEqual(
      done({ ...assignment, times: { ...assignment?.times, enRoute: testNow + 30_000 } } as VigilRecord),
    );
    expect(refusalOf(give(later, 'setUnitStatus', { unitId, status: 'onScene', reason: null }, testNow + 30_000))).toBe(
      'conflict: A01 has reported since: on scene.',
    );
  });
  test('refusals', () => {
    const of = (status: CommandInput<'setUnitStatus'>['status'], reason: string | null = null) =>
      refusalOf(give([buildUnit()], 'setUnitStatus', { unitId, status, reason }));
    expect(of('transporting')).toBe('conflict: A01 cannot go from available at station to transporting.');
    expect(of('dispatched')).toBe('conflict: A unit becomes dispatched by a dispatch, not by a status.');
    expect(of('outOfService', ' ')).toBe('malformed: Say why the unit is out of service.');
    expect(of('availableAtStation')).toBe('alreadyDone: A01 is already available at station.');
  });
});
