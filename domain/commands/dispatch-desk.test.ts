import { describe, expect, test } from 'vitest';
import type { RecordView, VigilRecord } from '../model/record.ts';
import {
  buildAssignment,
  buildCall,
  buildHospital,
  buildIncident,
  buildMessage,
  buildUnit,
  ids,
  testId,
  testNow,
} from '../testing/builders.ts';
import { give, givenCommandId, refusalOf } from '../testing/giving.ts';
import { createView, viewWith } from '../testing/view.ts';
import type { Decision } from './decide.ts';
import { derivedId } from './derived-id.ts';

const by = { personId: ids.person, name: 'R. Ortiz' };
const other = testId('1', 2);
const second = testId('2', 2);
const sent = buildUnit({ status: 'enRoute', assignmentId: ids.assignment });
const base = createView([
  buildIncident(),
  buildIncident({ id: other, priority: 3, number: '2611-0002' }),
  sent,
  buildAssignment(),
]);
const made = derivedId(givenCommandId, 0);

const standing = (view: RecordView, decision: Decision): RecordView => {
  if (!decision.ok) throw new Error(decision.refusal.message);
  return viewWith(view, decision.puts);
};
const only = <K extends VigilRecord['kind']>(decision: Decision, kind: K, id: string) =>
  standing(createView([]), decision).get(kind, id);

describe('a call', () => {
  const input = {
    category: 'Fall',
    determinant: null,
    priority: 5 as const,
    address: 'Rambla 1',
    position: [-56.1, -34.9] as [number, number],
    patientSummary: null,
  };

  test('becomes an incident that was received when it rang, and is over', () => {
    const decision = give([buildCall({ status: 'answered' })], 'createIncident', {
      ...input,
      callId: ids.call,
      note: 'Blue door',
    });
    expect([only(decision, 'incident', made), only(decision, 'call', ids.call)]).toMatchObject([
      {
        priority: 5,
        callReceivedAt: testNow - 20_000,
        dispatchNotifiedAt: testNow,
        notes: [{ at: testNow, by, text: 'Blue door' }],
      },
      { status: 'ended', endedAt: testNow, incidentId: made },
    ]);
    expect(refusalOf(give([buildCall({ incidentId: other })], 'createIncident', { ...input, callId: ids.call }))).toBe(
      'alreadyDone: This call has its incident already.',
    );
  });

  test('cannot have been received in the future, nor before the form could be open', () => {
    const given = [testNow - 60_000, testNow + 1, testNow - 5 * 3_600_000].map((callReceivedAt) =>
      refusalOf(give([], 'createIncident', { ...input, callReceivedAt })),
    );
    expect(given).toEqual([
      'done',
      'malformed: The call cannot have been received then.',
      'malformed: The call cannot have been received then.',
    ]);
  });

  test('is taken by whoever is first; an abandoned one is called back', () => {
    const answered = standing(createView([buildCall()]), give([buildCall()], 'answerCall', { callId: ids.call }));
    expect(answered.get('call', ids.call)).toMatchObject({ status: 'answered', answeredBy: by, answeredAt: testNow });
    expect(refusalOf(give(answered, 'answerCall', { callId: ids.call }))).toBe('alreadyDone: R. Ortiz has this call.');
    expect(refusalOf(give([buildCall({ status: 'abandoned', endedAt: testNow })], 'answerCall', { callId: ids.call }))).toBe(
      'done',
    );
  });
});

describe('an incident', () => {
  test('keeps what stood before it was corrected', () => {
    const corrected = give(base, 'correctIncident', {
      incidentId: ids.incident,
      priority: 2,
      place: { address: 'Rambla 9', position: [-56, -34] },
    });
    expect(only(corrected, 'incident', ids.incident)).toMatchObject({
      priority: 2,
      address: 'Rambla 9',
      position: [-56, -34],
      events: [
        { at: testNow, by, what: 'priority', text: '1 → 2' },
        { at: testNow, by, what: 'address', text: 'Avenida 18 de Julio 1234 → Rambla 9' },
      ],
    });
    expect(refusalOf(give(base, 'correctIncident', { incidentId: ids.incident, priority: 1 }))).toBe(
      'alreadyDone: The incident says so already.',
    );
  });

  test('is cancelled with its crews called back, opened again, and not cancelled once one is there', () => {
    const cancelled = standing(base, give(base, 'cancelIncident', { incidentId: ids.incident, reason: 'Caller rang back' }));
    expect([
      cancelled.get('incident', ids.incident),
      cancelled.get('assignment', ids.assignment),
      cancelled.get('unit', ids.unit),
    ]).toMatchObject([
      { status: 'cancelled', closedAt: testNow, endReason: 'Caller rang back' },
      { times: { cancelled: testNow }, endReason: 'Caller rang back' },
      { status: 'availableMobile', statusSince: testNow, assignmentId: null },
    ]);
    const reopened = standing(
      cancelled,
      give(cancelled, 'reopenIncident', { incidentId: ids.incident, reason: 'It burns after all' }, testNow + 1),
    );
    expect(reopened.get('incident', ids.incident)).toMatchObject({ status: 'open', closedAt: null, endReason: null });
    const there = viewWith(base, [{ ...sent, status: 'onScene' }]);
    expect(refusalOf(give(there, 'cancelIncident', { incidentId: ids.incident, reason: 'x' }))).toBe(
      'conflict: A01 has reached the scene: on scene.',
    );
  });

  test('merged into another gives it crews, urgency and the first ring; what names it later means the one that stays', () => {
    const merged = standing(base, give(base, 'mergeIncidents', { incidentId: other, mergedIncidentId: ids.incident }));
    expect([
      merged.get('incident', other),
      merged.get('incident', ids.incident),
      merged.get('assignment', ids.assignment),
    ]).toMatchObject([
      { status: 'open', priority: 1 },
      { status: 'merged', mergedInto: other, closedAt: testNow },
      { incidentId: other },
    ]);
    const later = give(merged, 'addIncidentNote', { incidentId: ids.incident, text: 'Gate code 12' }, testNow + 1);
    expect([only(later, 'incident', other)?.notes.at(-1)?.text, later.ok && later.note]).toEqual([
      'Gate code 12',
      'The incident had been merged: this was done on the one that stays, 2611-0002.',
    ]);
  });

  test('split in two takes the chosen crews along', () => {
    const input = {
      incidentId: ids.incident,
      category: 'Burns',
      priority: 2 as const,
      address: 'Rambla 3',
      position: [-56, -34] as [number, number],
      patientSummary: null,
    };
    const split = standing(base, give(base, 'splitIncident', { ...input, unitIds: [ids.unit] }));
    expect([split.get('incident', made), split.get('assignment', ids.assignment)]).toMatchObject([
      { number: null, category: 'Burns', splitFrom: ids.incident, callReceivedAt: testNow - 120_000, notes: [] },
      { incidentId: made },
    ]);
    expect(refusalOf(give(base, 'splitIncident', { ...input, unitIds: [second] }))).toBe(
      'conflict: One of these units is not on this incident.',
    );
  });
});

describe('a crew', () => {
  test('on its way is diverted: the first mission says to where, the second begins', () => {
    const diverted = standing(base, give(base, 'divertUnit', { unitId: ids.unit, incidentId: other, reason: 'Nearer' }));
    expect([
      diverted.get('assignment', ids.assignment),
      diverted.get('assignment', made),
      diverted.get('unit', ids.unit),
    ]).toMatchObject([
      { divertedTo: other, endReason: 'Nearer', times: { cancelled: testNow } },
      { incidentId: other, how: 'console', times: { unitNotified: testNow, cancelled: null } },
      { status: 'dispatched', assignmentId: made },
    ]);
  });

  test('that said no is free, and its mission keeps the no', () => {
    const refused = standing(base, give(base, 'refuseDispatch', { unitId: ids.unit, reason: 'Flat tyre' }));
    expect([refused.get('assignment', ids.assignment), refused.get('unit', ids.unit)]).toMatchObject([
      { refusal: { at: testNow, reason: 'Flat tyre' }, times: { cancelled: testNow } },
      { status: 'availableMobile', assignmentId: null },
    ]);
  });

  test('at the scene is neither called back nor diverted', () => {
    const there = viewWith(base, [{ ...sent, status: 'atPatient' }]);
    expect([
      refusalOf(give(there, 'cancelDispatch', { unitId: ids.unit, reason: 'x' })),
      refusalOf(give(there, 'divertUnit', { unitId: ids.unit, incidentId: other, reason: 'x' })),
      refusalOf(give(createView([buildUnit()]), 'cancelDispatch', { unitId: ids.unit, reason: 'x' })),
    ]).toEqual([
      'conflict: A01 has reached the scene: at patient.',
      'conflict: A01 has reached the scene: at patient.',
      'alreadyDone: A01 has no mission.',
    ]);
  });

  test('in an emergency stays in it whatever it reports, until a person ends it', () => {
    const alarmed = standing(base, give(base, 'setEmergency', { unitId: ids.unit, emergency: true, reason: 'Button' }));
    const moved = standing(
      alarmed,
      give(alarmed, 'setUnitStatus', { unitId: ids.unit, status: 'onScene', reason: null }, testNow + 1),
    );
    expect(moved.get('unit', ids.unit)).toMatchObject({ emergency: true, emergencySince: testNow, status: 'onScene' });
    const over = standing(
      moved,
      give(moved, 'setEmergency', { unitId: ids.unit, emergency: false, reason: 'Spoke to the crew' }, testNow + 2),
    );
    expect(over.get('unit', ids.unit)).toMatchObject({ emergency: false, emergencySince: null, emergencyReason: null });
  });

  test('gets a destination and a pre-alert; a new destination forgets the old estimate', () => {
    const hospital = buildHospital();
    const transporting = viewWith(base, [
      hospital,
      buildHospital({ id: testId('5', 2), name: 'Second' }),
      buildAssignment({ hospitalId: hospital.id, etaAt: testNow + 60_000 }),
    ]);
    const moved = standing(transporting, give(transporting, 'setDestination', { unitId: ids.unit, hospitalId: testId('5', 2) }));
    expect(moved.get('assignment', ids.assignment)).toMatchObject({ hospitalId: testId('5', 2), etaAt: null });
    const said = {
      urgency: 'red' as const,
      age: '60 F',
      time: '12:10',
      mechanism: null,
      injuries: null,
      signs: null,
      treatment: null,
    };
    const told = give(moved, 'recordPrealert', { unitId: ids.unit, ...said });
    expect(only(told, 'assignment', ids.assignment)?.prealert).toEqual({ at: testNow, by, ...said });
  });

  test('reports a time later: it is kept as told, even in the wrong order', () => {
    const at = testNow - 120_000;
    const told = give(base, 'recordMoment', { assignmentId: ids.assignment, moment: 'onScene', at });
    expect(only(told, 'assignment', ids.assignment)?.times.onScene).toBe(at);
    expect(refusalOf(give(base, 'recordMoment', { assignmentId: ids.assignment, moment: 'onScene', at: testNow + 1 }))).toBe(
      'malformed: This time is still to come.',
    );
  });
});

test('a hospital that turns ambulances away says why and until when', () => {
  const hospital = buildHospital();
  const closed = {
    hospitalId: hospital.id,
    emsTrafficStatus: 'closed' as const,
    emsOffload: 'normal' as const,
    offloadDelayMinutes: null,
  };
  const until = testNow + 3_600_000;
  expect([
    refusalOf(give([hospital], 'setHospitalStatus', { ...closed, divert: null })),
    refusalOf(give([hospital], 'setHospitalStatus', { ...closed, divert: { reason: 'CT broken', until: testNow } })),
    only(give([hospital], 'setHospitalStatus', { ...closed, divert: { reason: 'CT broken', until } }), 'hospital', hospital.id)
      ?.divert,
    only(
      give([hospital], 'setHospitalStatus', { ...closed, emsTrafficStatus: 'normal', divert: { reason: 'CT broken', until } }),
      'hospital',
      hospital.id,
    )?.divert,
  ]).toEqual([
    'malformed: Say why and until when ambulances are turned away.',
    'malformed: This end has passed.',
    { reason: 'CT broken', until, by },
    null,
  ]);
});

test('a hospital tells its beds by category, the last word counts, and not told is not zero', () => {
  const told = [3, null].reduce<RecordView>(
    (view, available) =>
      standing(view, give(view, 'setHospitalCapacity', { hospitalId: ids.hospital, category: 'adultICU', available })),
    createView([buildHospital()]),
  );
  expect(told.get('hospital', ids.hospital)?.capacity).toEqual([
    { category: 'adultICU', available: null, baseline: null, at: testNow },
  ]);
});

test('a message goes to each once, and each acknowledges for itself', () => {
  const view = createView([
    buildUnit(),
    buildMessage({ recipients: [{ recipient: { to: 'role', role: 'display' }, acknowledged: null }] }),
  ]);
  const to = { to: 'unit' as const, unitId: ids.unit };
  const message = only(
    give(view, 'sendMessage', { text: 'Bridge closed', urgent: true, incidentId: null, recipients: [to, to] }),
    'message',
    made,
  );
  expect(message?.recipients).toEqual([{ recipient: to, acknowledged: null }]);
  const read = standing(view, give([...(message ? [message] : [])], 'acknowledgeMessage', { messageId: made, recipient: to }));
  expect(read.get('message', made)?.recipients).toEqual([{ recipient: to, acknowledged: { at: testNow, by } }]);
  expect([
    refusalOf(give(read, 'acknowledgeMessage', { messageId: made, recipient: to })),
    refusalOf(give(view, 'acknowledgeMessage', { messageId: ids.message, recipient: { to: 'role', role: 'display' } })),
    refusalOf(give(view, 'acknowledgeMessage', { messageId: ids.message, recipient: to })),
  ]).toEqual([
    'alreadyDone: R. Ortiz has acknowledged it.',
    'notAllowed: This message is for others.',
    'notFound: This message was not sent there.',
  ]);
});
