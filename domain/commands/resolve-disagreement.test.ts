import { describe, expect, test } from 'vitest';
import { hasLeft, isBack } from '../model/disagreement.ts';
import { buildBed, buildDevice, buildDisagreement, buildEncounter, ids, testId, testNow } from '../testing/builders.ts';
import { done, give, logged, refusalOf } from '../testing/giving.ts';

const by = { personId: ids.person, name: 'R. Ortiz' };
const why = { disagreementId: ids.disagreement, reason: 'Seen there' };
const ended = (choice: 'theirs' | 'ours') => ({ at: testNow, by, choice, reason: 'Seen there' });
const b1 = buildBed({ status: 'occupied', encounterId: ids.encounter, note: null });
const b2 = buildBed({ id: testId('b', 2), label: 'B2', status: 'available', encounterId: null });
const lying = buildEncounter({ bedId: b1.id, bedAssignedAt: testNow - 900_000, status: 'inProgress', place: null, moves: [] });
const monitor = buildDevice({ bedId: b1.id, encounterId: ids.encounter });
const saysB2 = buildDisagreement({ theirs: { bedId: b2.id, text: 'B2' }, ours: { bedId: b1.id, text: 'B1' } });
const move = (bedId: string | null, place: string | null) => [{ at: testNow, bedId, place, by: by.name, note: 'Seen there' }];
const left = { ...b1, status: 'contaminated', since: testNow, encounterId: null, reservation: null, until: null } as const;

describe('what an interface said against what stands here', () => {
  test('ours keeps what stands and ends it, with who and why', () => {
    expect(give([saysB2, b1, b2, lying], 'resolveDisagreement', { ...why, choice: 'ours' })).toEqual(
      done({ ...saysB2, ended: ended('ours') }),
    );
  });

  test('theirs takes the patient and the monitors out of the one bed and into the other', () => {
    expect(give([saysB2, b1, b2, lying, monitor], 'resolveDisagreement', { ...why, choice: 'theirs' })).toEqual(
      done(
        { ...b2, status: 'occupied', since: testNow, encounterId: ids.encounter, note: null },
        { ...lying, bedId: b2.id, bedAssignedAt: testNow, disposition: null, moves: move(b2.id, null) },
        left,
        { ...monitor, encounterId: null, boundAt: testNow },
        { ...saysB2, ended: ended('theirs') },
      ),
    );
  });

  test('theirs brings back whom a person here has out, and moves nobody', () => {
    const saysBack = { ...saysB2, theirs: { bedId: b1.id, text: isBack }, ours: { bedId: b1.id, text: 'Out: CT' } };
    const out = { ...lying, away: { to: 'CT', since: testNow - 60_000, expectedBackAt: null } };
    const decided = (visit: typeof lying) => give([saysBack, b1, visit], 'resolveDisagreement', { ...why, choice: 'theirs' });
    const end = { ...saysBack, ended: ended('theirs') };
    expect([decided(out), decided(lying)]).toEqual([
      done(logged(lying, { what: 'back', to: 'CT', since: testNow - 60_000 }), end),
      done(end),
    ]);
  });

  test('theirs puts the patient into a place without a bed, or lets them have left', () => {
    const saysWaiting = { ...saysB2, theirs: { bedId: null, text: 'Waiting room' } };
    expect(give([saysWaiting, b1, lying], 'resolveDisagreement', { ...why, choice: 'theirs' })).toEqual(
      done({ ...lying, status: 'arrived', bedId: null, place: 'Waiting room', moves: move(null, 'Waiting room') }, left, {
        ...saysWaiting,
        ended: ended('theirs'),
      }),
    );
    const saysGone = { ...saysB2, about: 'departure' as const, theirs: { bedId: null, text: hasLeft } };
    expect(give([saysGone, b1, lying], 'resolveDisagreement', { ...why, choice: 'theirs' })).toEqual(
      done(
        logged(
          {
            ...lying,
            status: 'finished',
            disposition: 'discharged',
            departedAt: testNow,
            bedId: null,
            moves: move(null, null),
          },
          { what: 'left', disposition: 'discharged', leftAt: testNow },
        ),
        left,
        { ...saysGone, ended: ended('theirs') },
      ),
    );
    const saysWard = { ...saysGone, about: 'placement' as const };
    expect(give([saysWard, b1, lying], 'resolveDisagreement', { ...why, choice: 'theirs' })).toMatchObject({
      puts: [
        { status: 'finished', disposition: 'admitted', admitDecidedAt: testNow, bedId: null, place: null },
        left,
        { ended: ended('theirs') },
      ],
    });
  });

  test('theirs sets the status of a bed in which nobody lies', () => {
    const saysBlocked = {
      ...saysB2,
      about: 'bedStatus' as const,
      encounterId: null,
      bedId: b2.id,
      theirs: { bedId: b2.id, text: 'blocked' },
    };
    expect(give([saysBlocked, b2], 'resolveDisagreement', { ...why, choice: 'theirs' })).toEqual(
      done({ ...b2, status: 'blocked', since: testNow, note: 'Seen there' }, { ...saysBlocked, ended: ended('theirs') }),
    );
  });

  test('is refused where it cannot be done, and stays open', () => {
    const theirs = (disagreement: typeof saysB2, bed = b2, encounter = lying) =>
      refusalOf(give([disagreement, b1, bed, encounter], 'resolveDisagreement', { ...why, choice: 'theirs' }));
    expect([
      theirs(saysB2, { ...b2, status: 'blocked' }),
      theirs({ ...saysB2, about: 'bedStatus', bedId: b1.id, theirs: { bedId: b1.id, text: 'available' } }),
      theirs({ ...saysB2, about: 'identity', theirs: { bedId: null, text: 'Patient M9' } }),
      theirs({ ...saysB2, encounterId: testId('e', 99) }),
      theirs({ ...saysB2, ended: { at: testNow, by: null, choice: 'superseded', reason: null } }),
    ]).toEqual([
      'conflict: B2 is blocked, not available. Free it first, or keep what stands here.',
      'conflict: B1 is occupied here: a bed status moves no patient. Move the patient instead.',
      'conflict: Whose visit this is cannot be changed here: merge the two patients, or have the sender correct it.',
      'notFound: This patient is not known.',
      'alreadyDone: This has been decided already, or has become pointless.',
    ]);
  });
});
