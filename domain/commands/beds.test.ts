import { describe, expect, test } from 'vitest';
import type { Encounter } from '../model/encounter.ts';
import type { VigilRecord } from '../model/record.ts';
import { buildAssignment, buildBed, buildDevice, buildEncounter, ids, testId, testNow } from '../testing/builders.ts';
import { done, give, logged, refusalOf } from '../testing/giving.ts';
import { createView, viewWith } from '../testing/view.ts';
import type { CommandInput } from './registry.ts';

const { bed: bedId, encounter: encounterId } = ids;
const waiting = buildEncounter();
const occupied = buildBed({ status: 'occupied', encounterId, since: testNow - 500 });
const lying = buildEncounter({ status: 'inProgress', bedId, bedAssignedAt: testNow - 500, place: null });
const bound = buildDevice({ encounterId });
const author = 'R. Ortiz';
const moves = (bedId: string | null, place: string | null = null): Encounter['moves'] => [
  { at: testNow, bedId, place, by: author, note: null },
];
const dirty = { status: 'contaminated', since: testNow, encounterId: null } as const;

describe('beds', () => {
  test('assign binds the monitor; a patient who had a bed leaves it contaminated', () => {
    const other = buildBed({ id: testId('b', 2), label: 'B2' });
    const moved = buildDevice({ id: testId('d', 2), bedId: other.id });
    expect(give([occupied, lying, other, bound, moved], 'assignBed', { bedId: other.id, encounterId })).toEqual(
      done(
        { ...other, status: 'occupied', since: testNow, encounterId },
        { ...lying, bedId: other.id, bedAssignedAt: testNow, moves: moves(other.id) },
        { ...occupied, ...dirty },
        { ...moved, encounterId, boundAt: testNow },
        { ...bound, encounterId: null, boundAt: testNow },
      ),
    );
  });
  test('assign takes a bed held for this patient and no other', () => {
    const held = (forWhom: string | null) =>
      buildBed({ status: 'reserved', reservation: { encounterId: forWhom, assignmentId: null, reason: 'Inbound', until: null } });
    expect(give([held(encounterId), waiting], 'assignBed', { bedId, encounterId }).ok).toBe(true);
    expect(refusalOf(give([held(null), waiting], 'assignBed', { bedId, encounterId }))).toBe(
      'conflict: B1 is reserved, not available.',
    );
  });
  test('a bed held for a crew is for the patient it brought; a hold that is over keeps nobody out', () => {
    const assignmentId = ids.assignment;
    const held = { encounterId: null, assignmentId, reason: 'M21, red', until: testNow + 1 };
    const bed = buildBed({ status: 'reserved', reservation: held });
    const brought = { ...waiting, incidentId: ids.incident };
    const assigned = (records: readonly VigilRecord[], at: number) =>
      refusalOf(give([...records, buildAssignment()], 'assignBed', { bedId, encounterId }, at));
    expect([
      assigned([bed, brought], testNow),
      assigned([bed, waiting], testNow),
      assigned([bed, { ...waiting, incidentId: testId('1', 2) }], testNow),
      assigned([bed, waiting], testNow + 1),
    ]).toEqual(['done', 'conflict: B1 is reserved, not available.', 'conflict: B1 is reserved, not available.', 'done']);
  });
  test('reserve holds one bed for a crew, and giving it back is its undo', () => {
    const reservation = { encounterId: null, assignmentId: ids.assignment, reason: 'M21, red', until: testNow + 900_000 };
    const input = { bedId, ...reservation };
    const held = buildBed({ status: 'reserved', since: testNow, reservation });
    const mission = buildAssignment();
    expect(give([buildBed(), mission], 'reserveBed', input)).toEqual(done(held));
    expect(give([held], 'endReservation', { bedId }, testNow + 9)).toEqual(done(buildBed({ since: testNow + 9 })));
    const other = buildBed({ id: testId('b', 2), label: 'B2' });
    const over = { ...other, status: 'reserved', reservation: { ...reservation, assignmentId: null, until: testNow } } as const;
    const reserving = (records: readonly VigilRecord[], changes: Partial<CommandInput<'reserveBed'>> = {}) =>
      refusalOf(give([...records, buildEncounter({ departedAt: testNow })], 'reserveBed', { ...input, ...changes }));
    expect([
      reserving([held, other, mission], { bedId: other.id }),
      reserving([{ ...held, reservation: { ...reservation, until: testNow } }, other, mission], { bedId: other.id }),
      reserving([over, mission], { bedId: other.id }),
      reserving([occupied, mission]),
      reserving([buildBed()]),
      reserving([buildBed(), { ...mission, times: { ...mission.times, cancelled: testNow } }]),
      reserving([buildBed(), mission], { until: testNow }),
      reserving([buildBed()], { assignmentId: null, encounterId }),
      reserving([buildBed()], { assignmentId: null, encounterId: testId('e', 9) }),
      reserving([mission]),
    ]).toEqual([
      'alreadyDone: B1 is already held for this patient.',
      'done',
      'done',
      'conflict: B1 is occupied, not available.',
      'notFound: This mission is not known.',
      'conflict: This crew is not coming any more.',
      'malformed: The reservation would end before it begins.',
      'conflict: This patient has left the department.',
      'notFound: This patient is not known.',
      'notFound: This bed is not known.',
    ]);
    expect([
      refusalOf(give([buildBed()], 'endReservation', { bedId })),
      refusalOf(give([occupied], 'endReservation', { bedId })),
      refusalOf(give([], 'endReservation', { bedId })),
    ]).toEqual([
      'alreadyDone: B1 is already available.',
      'conflict: B1 is occupied, not reserved.',
      'notFound: This bed is not known.',
    ]);
  });
  test.each([
    [
      'discharged',
      { status: 'finished', departedAt: testNow, disposition: 'discharged', moves: moves(null) },
      [{ what: 'left', disposition: 'discharged', leftAt: testNow }],
    ],
    [
      'admitted',
      { status: 'finished', departedAt: testNow, admitDecidedAt: testNow, disposition: 'admitted', moves: moves(null) },
      [
        { what: 'left', disposition: 'admitted', leftAt: testNow },
        { what: 'admission', to: null, since: testNow },
      ],
    ],
    ['waiting', { status: 'arrived', place: 'Waiting room', moves: moves(null, 'Waiting room') }, []],
  ] as const)('release, %s', (disposition, changes, told) => {
    expect(give([occupied, lying, bound], 'releaseBed', { bedId, encounterId, disposition })).toEqual(
      done({ ...occupied, ...dirty }, logged({ ...lying, ...changes, bedId: null }, ...told), {
        ...bound,
        encounterId: null,
        boundAt: testNow,
      }),
    );
  });
  test('release is refused for another patient’s bed', () => {
    const input = { bedId, encounterId, disposition: 'discharged' } as const;
    expect(refusalOf(give([buildBed(), waiting], 'releaseBed', input))).toBe('alreadyDone: The patient is not in B1 any more.');
    expect(refusalOf(give([buildBed({ status: 'occupied', encounterId: testId('e', 9) }), lying], 'releaseBed', input))).toBe(
      'conflict: B1 is occupied and does not hold this patient.',
    );
  });
  test('clean: start, done, and nothing out of turn', () => {
    const contaminated = buildBed({ status: 'contaminated', note: 'Isolation clean' });
    const dirtySince = contaminated.since;
    const cleaning = { ...contaminated, status: 'cleaning', since: testNow, dirtySince, until: testNow + 1_200_000 } as const;
    expect(give([contaminated], 'cleanBed', { bedId, stage: 'start', expectedMinutes: 20 })).toEqual(done(cleaning));
    expect(give([cleaning], 'cleanBed', { bedId, stage: 'done', expectedMinutes: null }, testNow + 9)).toEqual(
      done({ ...cleaning, status: 'available', since: testNow + 9, dirtySince: null, note: null, until: null }),
    );
    expect(refusalOf(give([contaminated], 'cleanBed', { bedId, stage: 'done', expectedMinutes: null }))).toBe(
      'conflict: B1 is to be cleaned, not being cleaned.',
    );
    expect(refusalOf(give([occupied], 'cleanBed', { bedId, stage: 'start', expectedMinutes: null }))).toBe(
      'conflict: B1 is occupied, not to be cleaned.',
    );
    expect(refusalOf(give([cleaning], 'cleanBed', { bedId, stage: 'start', expectedMinutes: null }))).toBe(
      'alreadyDone: B1 is already being cleaned.',
    );
  });
  test('block takes an available bed alone, so that unblocking never calls a dirty one clean', () => {
    const input = { bedId, reason: 'Monitor broken', until: testNow + 60_000 };
    const blocked = buildBed({ status: 'blocked', since: testNow, note: 'Monitor broken', until: testNow + 60_000 });
    expect(give([buildBed()], 'blockBed', input)).toEqual(done(blocked));
    const statuses = ['occupied', 'reserved', 'contaminated', 'cleaning', 'closed', 'blocked'] as const;
    expect(statuses.map((status) => refusalOf(give([buildBed({ status })], 'blockBed', input)))).toEqual([
      'conflict: B1 is occupied. Release it before you block it.',
      'conflict: B1 is held for a patient. End the reservation before you block it.',
      'conflict: B1 is to be cleaned. Only an available bed can be blocked.',
      'conflict: B1 is being cleaned. Only an available bed can be blocked.',
      'conflict: B1 is closed. Only an available bed can be blocked.',
      'alreadyDone: B1 is already blocked.',
    ]);
    expect(give([blocked], 'unblockBed', { bedId })).toEqual(done(buildBed({ since: testNow })));
    expect(refusalOf(give([buildBed({ status: 'contaminated' })], 'unblockBed', { bedId }))).toBe(
      'conflict: B1 is to be cleaned, not blocked.',
    );
  });
  test('undo of a release is refused when somebody has built on it', () => {
    const released = viewWith(createView([occupied, lying, bound]), [
      { ...occupied, ...dirty },
      { ...lying, bedId: null, status: 'finished', departedAt: testNow },
    ]);
    const input = { bedId, encounterId, releasedAt: testNow };
    const outcomeAfter = (...puts: VigilRecord[]) =>
      refusalOf(give(viewWith(released, puts), 'restoreToBed', input, testNow + 5));
    expect(outcomeAfter()).toBe('done');
    expect(outcomeAfter({ ...occupied, status: 'cleaning', encounterId: null, since: testNow + 2 })).toBe(
      'conflict: B1 is being cleaned after another action: it cannot be taken back.',
    );
    expect(outcomeAfter({ ...occupied, ...dirty, since: testNow + 2 })).toMatch(/^conflict/);
    expect(outcomeAfter({ ...lying, bedId: testId('b', 2) })).toBe('conflict: The patient has another bed by now.');
    expect(outcomeAfter({ ...lying, bedId: null, departedAt: testNow + 3 })).toBe(
      'conflict: This patient has left the department.',
    );
    expect(outcomeAfter({ ...waiting })).toBe('conflict: This patient did not leave B1 then.');
  });
  test('undo of a transfer puts the patient back, with the bed’s time, as long as nobody has touched that bed', () => {
    const old = buildBed({ id: testId('b', 2), label: 'B2', status: 'contaminated', since: testNow - 5 });
    const moves = [
      { at: testNow - 900, bedId: old.id, place: null, by: 'Ortiz', note: null },
      { at: testNow - 5, bedId, place: null, by: 'Ortiz', note: null },
    ];
    const moved = { ...lying, moves };
    const input = { bedId, encounterId, backTo: { bedId: old.id, leftAt: testNow - 5 } };
    const back = give([occupied, moved, old], 'unassignBed', input);
    expect(back.ok && back.puts.slice(0, 2)).toEqual([
      { ...occupied, status: 'available', since: testNow, encounterId: null },
      { ...old, status: 'occupied', since: testNow - 900, encounterId },
    ]);
    expect(back.ok && back.puts[2]).toMatchObject({ bedId: old.id, bedAssignedAt: testNow - 900, status: 'inProgress' });
    const undoneOver = (changes: Partial<typeof old>) =>
      refusalOf(give([occupied, moved, { ...old, ...changes }], 'unassignBed', input));
    expect(undoneOver({ status: 'cleaning' })).toBe(
      'conflict: B2 is being cleaned after another action: it cannot be taken back.',
    );
    expect(undoneOver({ since: testNow - 1 })).toMatch(/^conflict/);
  });
  test('a request for cleaning is withdrawn only while it is the last thing done', () => {
    const asked = buildBed({ status: 'contaminated', since: testNow - 3 });
    const withdraw = (requestedAt?: number) =>
      give([asked], 'cleanBed', {
        bedId,
        stage: 'withdraw',
        expectedMinutes: null,
        ...(requestedAt === undefined ? {} : { requestedAt }),
      });
    expect(withdraw(testNow - 3)).toEqual(done({ ...asked, status: 'available', since: testNow, cleaner: null }));
    expect(refusalOf(withdraw(testNow - 9))).toBe('conflict: B1 is to be cleaned after another action: it must be cleaned.');
    expect(refusalOf(withdraw())).toMatch(/^conflict/);
  });
  test('undo of an assignment is refused when the bed does not hold the patient', () => {
    expect(refusalOf(give([buildBed({ status: 'cleaning' }), lying], 'unassignBed', { bedId, encounterId }))).toBe(
      'conflict: B1 is being cleaned and does not hold this patient.',
    );
  });
});
