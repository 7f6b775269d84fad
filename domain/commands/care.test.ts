import { describe, expect, test } from 'vitest';
import type { Encounter } from '../model/encounter.ts';
import type { VigilRecord } from '../model/record.ts';
import type { Surge } from '../model/surge.ts';
import {
  buildArea,
  buildBed,
  buildDevice,
  buildEncounter,
  buildPatient,
  buildTask,
  ids,
  testId,
  testNow,
} from '../testing/builders.ts';
import { done, give, givenCommandId, logged, refusalOf } from '../testing/giving.ts';
import type { Decision } from './decide.ts';
import { derivedId } from './derived-id.ts';
import { surgeActionOf } from './record-surge-action.ts';

const { encounter: encounterId, bed: bedId } = ids;
const author = { personId: ids.person, name: 'R. Ortiz' };
const waiting = buildEncounter();
const lying = buildEncounter({ status: 'inProgress', bedId, bedAssignedAt: testNow - 500, place: null });
const gone = buildEncounter({ status: 'finished', departedAt: testNow - 1, place: null });
const occupied = buildBed({ status: 'occupied', encounterId, since: testNow - 500 });
const moves = (to: string | null, place: string | null, note: string | null = null): Encounter['moves'] => [
  { at: testNow, bedId: to, place, by: author.name, note },
];

describe('who lies where', () => {
  const other = {
    bed: buildBed({ id: testId('b', 2), label: 'B2', status: 'occupied', encounterId: testId('e', 2) }),
    encounter: buildEncounter({
      id: testId('e', 2),
      patientId: testId('c', 2),
      status: 'inProgress',
      bedId: testId('b', 2),
      place: null,
    }),
    device: buildDevice({ id: testId('d', 2), bedId: testId('b', 2), encounterId: testId('e', 2) }),
  };
  const swap = { bedId, encounterId, otherBedId: other.bed.id, otherEncounterId: other.encounter.id };

  test('a swap changes the beds, the patients and whom each monitor measures; swapping again gives it all back', () => {
    const device = buildDevice({ encounterId });
    const stands: readonly VigilRecord[] = [occupied, lying, device, other.bed, other.encounter, other.device];
    expect(give(stands, 'swapBeds', swap)).toEqual(
      done(
        { ...occupied, since: testNow, encounterId: other.encounter.id },
        { ...other.bed, since: testNow, encounterId },
        { ...lying, bedId: other.bed.id, bedAssignedAt: testNow, moves: moves(other.bed.id, null) },
        { ...other.encounter, bedId, bedAssignedAt: testNow, moves: moves(bedId, null) },
        { ...device, encounterId: other.encounter.id, boundAt: testNow },
        { ...other.device, encounterId, boundAt: testNow },
      ),
    );
    expect([
      refusalOf(give(stands, 'swapBeds', { ...swap, otherBedId: bedId })),
      refusalOf(give([occupied, lying, { ...other.bed, status: 'contaminated', encounterId: null }], 'swapBeds', swap)),
      refusalOf(give([...stands.slice(0, 4), { ...other.encounter, bedId: null }], 'swapBeds', swap)),
    ]).toEqual(['malformed: A patient cannot change places with themselves.', 'notFound: This patient is not known.', 'done']);
  });

  test('what speaks against a bed is overridden with a reason, by name, and the reason is kept', () => {
    const isolated = { ...waiting, isolation: 'contact' as const };
    const women = buildArea({ sex: 'female' });
    const man = buildPatient({ sex: 'male' });
    const assigned = (records: readonly VigilRecord[], concerns?: ('isolation' | 'sex')[]) =>
      give([women, man, ...records], 'assignBed', {
        bedId,
        encounterId,
        ...(concerns ? { override: { concerns, reason: 'No other bed' } } : {}),
      });
    expect([
      refusalOf(assigned([buildBed({ single: true }), isolated])),
      refusalOf(assigned([buildBed(), isolated], ['sex'])),
      refusalOf(assigned([buildBed({ single: true }), isolated, buildPatient({ sex: 'unknown' })])),
      refusalOf(give([buildArea(), man, buildBed(), isolated], 'assignBed', { bedId, encounterId })),
    ]).toEqual([
      'conflict: B1 is in an area for female patients. Choose another bed or give a reason.',
      'conflict: The patient needs contact isolation and B1 is not a room of its own. Choose another bed or give a reason.',
      'done',
      'conflict: The patient needs contact isolation and B1 is not a room of its own. Choose another bed or give a reason.',
    ]);
    expect(assigned([buildBed(), isolated], ['sex', 'isolation'])).toEqual(
      done(
        { ...buildBed(), status: 'occupied', since: testNow, encounterId },
        {
          ...isolated,
          status: 'inProgress',
          bedId,
          bedAssignedAt: testNow,
          place: null,
          moves: moves(bedId, null, 'No other bed'),
        },
      ),
    );
  });

  test('out of the department for a while: the bed stays, the moment is that of the leaving', () => {
    const away = { to: 'CT', expectedBackAt: testNow + 1_800_000 };
    const out = logged({ ...lying, away: { ...away, since: testNow } }, { what: 'away', ...away, since: testNow });
    expect(give([lying], 'setAway', { encounterId, away })).toEqual(done(out));
    expect(give([out], 'setAway', { encounterId, away: { to: 'Angio', expectedBackAt: null } }, testNow + 9)).toEqual(
      done(
        logged(
          { ...out, away: { to: 'Angio', since: testNow, expectedBackAt: null } },
          { what: 'away', at: testNow + 9, to: 'Angio', since: testNow, expectedBackAt: null },
        ),
      ),
    );
    expect(give([out], 'setAway', { encounterId, away: null })).toEqual(
      done(logged({ ...out, away: null }, { what: 'back', to: 'CT', since: testNow })),
    );
    // One who was said to be back and is not has been out all the time.
    const backAgain = { ...away, since: testNow - 600_000 };
    expect(give([lying], 'setAway', { encounterId, away: backAgain })).toEqual(
      done(logged({ ...lying, away: backAgain }, { what: 'away', ...backAgain })),
    );
    expect([
      refusalOf(give([lying], 'setAway', { encounterId, away: null })),
      refusalOf(give([gone], 'setAway', { encounterId, away })),
    ]).toEqual(['alreadyDone: The patient is back already.', 'conflict: This patient has left the department.']);
  });

  test('left without being seen, and there after all', () => {
    const left = logged(
      {
        ...waiting,
        status: 'leftWithoutBeingSeen',
        disposition: 'leftWithoutBeingSeen',
        departedAt: testNow,
        place: null,
        moves: moves(null, null),
      },
      { what: 'left', disposition: 'leftWithoutBeingSeen', leftAt: testNow },
    );
    expect(give([waiting], 'recordLeft', { encounterId })).toEqual(done(left));
    expect(give([left], 'returnToWaiting', { encounterId, place: 'Corridor' })).toEqual(
      done(
        logged(
          { ...waiting, place: 'Corridor', moves: [...left.moves, ...moves(null, 'Corridor')], changes: left.changes },
          { what: 'returned' },
        ),
      ),
    );
    expect([
      refusalOf(give([lying, occupied], 'recordLeft', { encounterId })),
      refusalOf(give([gone], 'returnToWaiting', { encounterId, place: null })),
      refusalOf(give([waiting], 'returnToWaiting', { encounterId, place: null })),
    ]).toEqual([
      'conflict: The patient lies in B1. Release the bed instead.',
      'conflict: This visit has ended. Register the patient again.',
      'alreadyDone: The patient is in the department.',
    ]);
  });

  test('a bed is closed only when it is clean and free, and opened again', () => {
    const closed = buildBed({ status: 'closed', since: testNow, note: 'No nurse', until: testNow + 60_000 });
    const input = { bedId, open: false, reason: 'No nurse', until: testNow + 60_000 };
    expect(give([buildBed()], 'openBed', input)).toEqual(done(closed));
    expect(give([closed], 'openBed', { ...input, open: true }, testNow + 9)).toEqual(done(buildBed({ since: testNow + 9 })));
    expect(
      (['occupied', 'contaminated', 'closed'] as const).map((status) =>
        refusalOf(give([buildBed({ status })], 'openBed', input)),
      ),
    ).toEqual([
      'conflict: B1 is occupied. Only an available bed can be closed.',
      'conflict: B1 is to be cleaned. Only an available bed can be closed.',
      'alreadyDone: B1 is already closed.',
    ]);
  });

  test('a bed can be asked to be cleaned, and who cleans it is known while it lasts', () => {
    const dirty = buildBed({ status: 'contaminated', since: testNow, note: 'Blood on the rail' });
    expect(give([buildBed()], 'cleanBed', { bedId, stage: 'request', expectedMinutes: null, note: 'Blood on the rail' })).toEqual(
      done(dirty),
    );
    expect(give([dirty], 'cleanBed', { bedId, stage: 'start', expectedMinutes: null, cleaner: 'Ana' })).toEqual(
      done({ ...dirty, status: 'cleaning', cleaner: 'Ana', dirtySince: testNow }),
    );
    expect(
      give([{ ...dirty, status: 'cleaning', cleaner: 'Ana' }], 'cleanBed', { bedId, stage: 'done', expectedMinutes: null }),
    ).toEqual(done({ ...buildBed(), since: testNow }));
  });
});

describe('care', () => {
  test('what is not named stays; isolation and its flag agree; a note of a flag goes with it', () => {
    const noted = {
      ...lying,
      flags: ['ALG', 'FALL'] as Encounter['flags'],
      flagNotes: [{ flag: 'ALG' as const, text: 'Latex' }],
      nextStep: 'CT',
    };
    const care = (changes: object, of: Encounter = noted) => {
      const decision = give([of], 'updateCare', { encounterId, ...changes });
      return decision.ok ? decision.puts[0] : decision;
    };
    expect([
      care({ isolation: 'airborne', nurse: 'Ana' }),
      care({ isolation: null }, { ...noted, isolation: 'contact', flags: ['ISO', 'ALG'] }),
      care({ flags: ['FALL'] }, { ...noted, isolation: 'contact' }),
      care({ nextStep: null, waitingFor: ['bloods'] }),
    ]).toEqual([
      logged(
        { ...noted, isolation: 'airborne', flags: ['ALG', 'FALL', 'ISO'], nurse: 'Ana' },
        { what: 'nurse', text: 'Ana' },
        { what: 'isolation', isolation: 'airborne' },
      ),
      logged({ ...noted, isolation: null, flags: ['ALG'] }, { what: 'isolation', isolation: null }),
      logged(
        { ...noted, isolation: 'contact', flags: ['FALL', 'ISO'], flagNotes: [] },
        { what: 'flag', flag: 'ALG', isSet: false, note: null },
        { what: 'flag', flag: 'ISO', isSet: true, note: null },
      ),
      logged(
        { ...noted, nextStep: null, waitingFor: ['bloods'] },
        { what: 'nextStep', text: null },
        { what: 'waitingFor', waitingFor: ['bloods'] },
      ),
    ]);
    expect(refusalOf(give([gone], 'updateCare', { encounterId }))).toBe('conflict: This patient has left the department.');
  });

  test('the decision to admit keeps its first moment, and can be taken back', () => {
    const boards = logged(
      { ...lying, admitDecidedAt: testNow, admitTo: 'Ward 4' },
      { what: 'admission', to: 'Ward 4', since: testNow },
    );
    expect(give([lying], 'decideAdmission', { encounterId, admit: true, admitTo: 'Ward 4' })).toEqual(done(boards));
    expect(give([boards], 'decideAdmission', { encounterId, admit: true, admitTo: 'ICU' }, testNow + 9)).toEqual(
      done(logged({ ...boards, admitTo: 'ICU' }, { what: 'admission', at: testNow + 9, to: 'ICU', since: testNow })),
    );
    expect(give([boards], 'decideAdmission', { encounterId, admit: false, admitTo: null })).toEqual(
      done(logged({ ...lying, changes: boards.changes }, { what: 'admissionWithdrawn' })),
    );
    expect(refusalOf(give([lying], 'decideAdmission', { encounterId, admit: false, admitTo: null }))).toBe(
      'alreadyDone: This patient is not to be admitted.',
    );
  });

  test('an expected departure, a note, a task and its end', () => {
    const id = derivedId(givenCommandId, 0);
    expect(give([lying], 'expectDeparture', { encounterId, at: testNow + 9 })).toEqual(
      done(logged({ ...lying, expectedDepartureAt: testNow + 9 }, { what: 'expectedDeparture', expectedAt: testNow + 9 })),
    );
    expect(give([gone], 'addCareNote', { encounterId, text: 'Rang: well' })).toEqual(
      done({ kind: 'careNote', id, encounterId, at: testNow, by: author, text: 'Rang: well' }),
    );
    const asked = { encounterId: null, text: 'Ring bed management', owner: 'Charge nurse', dueAt: null };
    const task = { kind: 'task' as const, id, ...asked, createdAt: testNow, by: author, ended: null };
    expect(give([], 'addTask', asked)).toEqual(done(task));
    const ended = { ...task, ended: { at: testNow, by: author, outcome: 'done' as const } };
    expect(give([task], 'endTask', { taskId: id, outcome: 'done' })).toEqual(done(ended));
    expect(give([ended], 'endTask', { taskId: id, outcome: null })).toEqual(done(task));
    expect([
      refusalOf(give([gone], 'addTask', { ...asked, encounterId })),
      refusalOf(give([ended], 'endTask', { taskId: id, outcome: 'cancelled' })),
      refusalOf(give([buildTask()], 'endTask', { taskId: ids.task, outcome: null })),
    ]).toEqual([
      'conflict: This patient has left the department.',
      'conflict: R. Ortiz has already ended this task as done.',
      'alreadyDone: This task is already open.',
    ]);
  });
});

test('the first action opens a surge, the next ones join it, and its end stands once', () => {
  const id = derivedId(givenCommandId, 0);
  const input = { code: 'SEVERE', value: 151.2, action: 'Wards told' };
  const taken = { at: testNow, by: author, text: 'Wards told', id: surgeActionOf(givenCommandId), takenBack: null };
  const opened = {
    kind: 'surge' as const,
    id,
    code: 'SEVERE',
    name: 'Severely overcrowded',
    measure: 'nedocs' as const,
    value: 151.2,
    startedAt: testNow,
    actions: [taken],
    ended: null,
  };
  const over = { ...opened, ended: { at: testNow, by: author, value: 90 } };
  expect(give([], 'recordSurgeAction', input)).toEqual(done(opened));
  expect(give([opened], 'recordSurgeAction', { ...input, value: 160, action: 'Divert asked for' })).toEqual(
    done({ ...opened, actions: [taken, { ...taken, text: 'Divert asked for' }] }),
  );
  expect(give([over], 'recordSurgeAction', input)).toEqual(done(opened));
  expect(give([opened], 'endSurge', { surgeId: id, value: 90 })).toEqual(done(over));
  // From a desk that was offline: in its own place, before the first action or in a surge that has ended meanwhile.
  const late = { ...taken, at: testNow - 60_000 };
  expect(give([opened], 'recordSurgeAction', { ...input, value: 144 }, testNow - 60_000)).toEqual(
    done({ ...opened, startedAt: late.at, value: 144, actions: [late, taken] }),
  );
  const earlier = { ...over, id: testId('6', 9), startedAt: testNow - 90_000, actions: [{ ...taken, at: testNow - 90_000 }] };
  expect(give([opened, earlier], 'recordSurgeAction', input, testNow - 60_000)).toEqual(
    done({ ...earlier, actions: [...earlier.actions, late] }),
  );
  expect([
    refusalOf(give([], 'recordSurgeAction', { ...input, code: 'NONE' })),
    refusalOf(give([over], 'endSurge', { surgeId: id, value: null })),
  ]).toEqual(['notFound: This threshold is not one of this department.', 'alreadyDone: R. Ortiz has already ended it.']);
  // The end is taken back unless somebody answered anew.
  expect(give([over], 'reopenSurge', { surgeId: id })).toEqual(done(opened));
  expect([
    refusalOf(give([over, { ...opened, id: testId('6', 9) }], 'reopenSurge', { surgeId: id })),
    refusalOf(give([opened], 'reopenSurge', { surgeId: id })),
  ]).toEqual(['conflict: Severely overcrowded was answered anew meanwhile: record it there.', 'alreadyDone: It has not ended.']);
});

test('an action that was not taken stays to be read as taken back; where none stands, the next one begins anew', () => {
  const id = derivedId(givenCommandId, 0);
  const surgeOf = (decision: Decision): Surge => {
    const [surge] = decision.ok ? decision.puts : [];
    if (surge?.kind !== 'surge') throw new Error('no surge');
    return surge;
  };
  const opened = surgeOf(give([], 'recordSurgeAction', { code: 'SEVERE', value: 151, action: 'Wards told' }));
  const [action] = opened.actions;
  if (!action) throw new Error('no action');
  const correction = { actionId: surgeActionOf(givenCommandId), reason: 'The other ward' };
  const corrected = {
    ...opened,
    actions: [{ ...action, takenBack: { at: testNow, by: author, reason: 'The other ward' } }],
  };
  expect(give([opened], 'takeBackSurgeAction', correction)).toEqual(done(corrected));
  const anew = give([corrected], 'recordSurgeAction', { code: 'SEVERE', value: 144, action: 'Divert' }, testNow + 60_000);
  expect(surgeOf(anew)).toMatchObject({ id, value: 144, startedAt: testNow + 60_000, actions: [{}, { text: 'Divert' }] });
  expect([
    refusalOf(give([corrected], 'takeBackSurgeAction', correction)),
    refusalOf(give([opened], 'takeBackSurgeAction', { ...correction, actionId: id })),
  ]).toEqual(['alreadyDone: R. Ortiz has already taken it back.', 'notFound: What was recorded here is not known.']);
});
