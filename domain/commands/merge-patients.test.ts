import { describe, expect, test } from 'vitest';
import { buildBed, buildEncounter, buildPatient, buildTriageAssessment, ids, testId, testNow } from '../testing/builders.ts';
import { done, give, logged, refusalOf } from '../testing/giving.ts';
import { createView, viewWith } from '../testing/view.ts';

const survivor = buildPatient({ allergies: null });
const merged = buildPatient({ id: testId('c', 2), mrn: null, name: null, initials: '?', allergies: ['Penicillin'] });
const stays = buildEncounter({ acuity: null });
const ends = buildEncounter({
  id: testId('e', 2),
  patientId: merged.id,
  acuity: 2,
  triagedAt: testNow - 60_000,
  retriageDueAt: testNow,
  status: 'triaged',
  incidentId: ids.incident,
});
const assessment = buildTriageAssessment({ encounterId: ends.id, acuity: 2 });
const input = { survivorId: survivor.id, mergedId: merged.id, allergies: null, acuity: null };
const flagged = { what: 'flag', flag: 'ALG', isSet: true, note: null } as const;
const merging = [survivor, merged, stays, ends, assessment];

describe('merging', () => {
  test('two records of one person: one survives, the other names it, and what protects the patient goes over', () => {
    expect(give(merging, 'mergePatients', input)).toEqual(
      done(
        { ...survivor, allergies: ['Penicillin'] },
        { ...merged, mergedInto: survivor.id },
        logged(
          {
            ...stays,
            flags: ['ALG'],
            acuity: 2,
            triagedAt: ends.triagedAt,
            retriageDueAt: ends.retriageDueAt,
            incidentId: ids.incident,
            status: 'triaged',
          },
          flagged,
        ),
        { ...ends, patientId: survivor.id, status: 'finished', departedAt: testNow, place: null, mergedInto: stays.id },
        { ...assessment, encounterId: stays.id },
      ),
    );
  });

  test('a visit under way goes over whole when the survivor has none', () => {
    const gone = { ...stays, status: 'finished' as const, departedAt: testNow - 1 };
    expect(give([survivor, merged, gone, ends, assessment], 'mergePatients', input)).toEqual(
      done(
        { ...survivor, allergies: ['Penicillin'] },
        { ...merged, mergedInto: survivor.id },
        logged({ ...ends, patientId: survivor.id, flags: ['ALG'] }, flagged),
      ),
    );
  });

  test.each([
    [
      'differing allergies',
      [{ ...survivor, allergies: ['Latex'] }, merged],
      input,
      'conflict: The two records list different allergies. Say which list shall stand.',
    ],
    [
      'differing levels',
      [survivor, merged, { ...stays, acuity: 4 as const }, ends],
      input,
      'conflict: The two visits have different triage levels. Say which level shall stand.',
    ],
    [
      'a bed on the visit that would end',
      [survivor, merged, stays, { ...ends, bedId: ids.bed }, buildBed({ status: 'occupied', encounterId: ends.id })],
      input,
      'conflict: The visit that would end still has B1. Keep that record, or release the bed first.',
    ],
    ['one with itself', merging, { ...input, mergedId: survivor.id }, 'malformed: A record cannot be merged with itself.'],
    [
      'one merged already',
      [survivor, { ...merged, mergedInto: survivor.id }],
      input,
      'alreadyDone: This record has already been merged.',
    ],
    ['one not known', [survivor], input, 'notFound: This patient is not known.'],
  ])('%s is not chosen by the program', (_name, records, given, expected) => {
    expect(refusalOf(give(records, 'mergePatients', given))).toBe(expected);
  });

  test('a person who says which list and level stand is followed', () => {
    const decision = give([{ ...survivor, allergies: ['Latex'] }, merged, { ...stays, acuity: 4 }, ends], 'mergePatients', {
      ...input,
      allergies: ['Latex', 'Penicillin'],
      acuity: 2,
    });
    expect(decision).toMatchObject({
      ok: true,
      puts: [{ allergies: ['Latex', 'Penicillin'] }, { mergedInto: survivor.id }, { id: stays.id, acuity: 2 }, { id: ends.id }],
    });
  });
});

describe('after a merge', () => {
  const decided = give(merging, 'mergePatients', input);
  const after = viewWith(createView([...merging, buildBed()]), decided.ok ? decided.puts : []);

  test('a command that names the visit that ended is done on the one that stays, and says so', () => {
    expect(give(after, 'assignBed', { bedId: ids.bed, encounterId: ends.id })).toMatchObject({
      ok: true,
      note: 'The visit had been merged: this was done on the visit that stays, of M000001.',
      puts: [
        { kind: 'bed', encounterId: stays.id },
        { kind: 'encounter', id: stays.id, bedId: ids.bed },
      ],
    });
  });

  test('a second merge into the record that gave way goes to the survivor, along the whole chain', () => {
    const third = buildPatient({ id: testId('c', 3), allergies: null });
    const again = give(viewWith(after, [third]), 'mergePatients', { ...input, survivorId: merged.id, mergedId: third.id });
    expect(again).toMatchObject({
      ok: true,
      note: 'The patient had been merged: this was done on the record that stays, M000001.',
      puts: [{ id: survivor.id }, { id: third.id, mergedInto: survivor.id }, { id: stays.id }],
    });
  });

  test('a ring, which no command makes, ends', () => {
    const ring = createView([
      { ...survivor, mergedInto: merged.id },
      { ...merged, mergedInto: survivor.id },
    ]);
    expect(refusalOf(give(ring, 'mergePatients', input))).toBe('alreadyDone: This record has already been merged.');
  });
});
