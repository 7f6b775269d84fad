import { describe, expect, test } from 'vitest';
import { beds, createEvents, department, MINUTE } from '../testing/adt-department.ts';
import { buildBed, buildEncounter, buildPatient, testId, testNow } from '../testing/builders.ts';
import type { MergeEvent } from './event.ts';

const event = createEvents();

describe('a visit', () => {
  test('brings its allergies, and takes back only what it said itself', () => {
    const here = department();
    const said = (minute: number, allergies: readonly string[] | null) => {
      const told = event('A08', minute);
      here.tell({ ...told, patient: { ...told.patient, allergies } });
      const [visit] = here.view().list('encounter');
      return [[...here.view().list('patient')][0]?.allergies, visit?.flags];
    };
    here.tell(event('A01', 0, 'ED^^B1'));
    expect(said(10, ['Penicillin: severe', 'Latex'])).toEqual([['Penicillin: severe (PAS)', 'Latex (PAS)'], ['ALG']]);
    // A nurse asks too.
    const [patient] = here.view().list('patient');
    if (patient) here.write([{ ...patient, allergies: [...(patient.allergies ?? []), 'Peanut', 'Morphine'] }]);
    expect(said(20, null)).toEqual([['Penicillin: severe (PAS)', 'Latex (PAS)', 'Peanut', 'Morphine'], ['ALG']]);
    expect(said(30, ['peanut', 'Iodine'])).toEqual([['Peanut', 'Morphine', 'Iodine (PAS)'], ['ALG']]);
    expect(said(25, ['Late'])).toEqual([['Peanut', 'Morphine', 'Iodine (PAS)'], ['ALG']]);
    expect(said(40, [])).toEqual([['Peanut', 'Morphine'], ['ALG']]);
    const [now] = here.view().list('patient');
    if (now) here.write([{ ...now, allergies: null }]);
    expect(
      said(
        50,
        Array.from({ length: 25 }, (_, index) => `A${index}`),
      )[0],
    ).toEqual([...Array.from({ length: 19 }, (_, index) => `A${index} (PAS)`), 'and 6 more (PAS)']);
    expect(said(60, [])).toEqual([[], []]);
  });

  test('in a bed that is none any more stands without a bed, and the label goes with the bed that has it now', () => {
    const retired = buildBed({ ...beds[0], status: 'closed', retired: true });
    const here = department([retired]);
    const told = here.tell(event('A01', 0, 'ED^^B1'));
    expect([told.outcome, told.location, told.reason, here.census(), here.occupied()]).toEqual([
      'waiting',
      'ED^^B1',
      'The place ED B1 is B1, which is no bed of the department any more: the patient stands without a bed. Map it, and this is done again.',
      [['V1', null, true, 'ED B1: not mapped']],
      [],
    ]);
    const at = testNow - 200 * MINUTE;
    const status = { trigger: 'A20' as const, sender: 'PAS|GH', controlId: 'R', occurredAt: at, recordedAt: at };
    expect(here.tell({ ...status, location: 'ED^^B1', status: 'C' })).toMatchObject({ outcome: 'waiting', location: 'ED^^B1' });
    here.write([buildBed({ id: testId('b', 9), label: 'B1' })]);
    here.tell(event('A02', 10, 'ED^^B1'));
    expect(here.occupied()).toEqual(['B1 occupied']);
  });
});

describe('what nobody should send', () => {
  test('a departure that is told twice is one, and an arrival after it is another visit', () => {
    const here = department();
    here.tell(event('A01', 0, 'ED^^B1'));
    here.tell(event('A03', 10));
    expect(here.tell(event('A03', 20)).outcome).toBe('confirmed');
    expect([...here.view().list('encounter')].map(({ departedAt }) => departedAt)).toEqual([testNow - 290 * MINUTE]);
    expect(here.tell(event('A01', 30, 'ED^^B2')).outcome).toBe('applied');
    expect([here.census(), here.occupied()]).toEqual([
      [
        ['V1', null, false, null],
        ['V1', 'B2', true, null],
      ],
      ['B2 occupied'],
    ]);
  });

  test('a taking back of what nobody told of moves nobody, or where it says', () => {
    const here = department();
    expect([here.tell(event('A11', 0)).outcome, here.tell(event('A13', 1, null, { mrn: 'M2' })).outcome]).toEqual([
      'noted',
      'noted',
    ]);
    expect([...here.view().list('encounter')]).toEqual([]);
    here.tell(event('A01', 10, 'ED^^B1', { mrn: 'M3' }));
    expect(here.tell(event('A12', 20, null, { mrn: 'M3' })).puts).toEqual([]);
    here.tell(event('A12', 30, 'ED^^B2', { mrn: 'M3' }));
    expect(here.occupied()).toEqual(['B2 occupied']);
    here.tell(event('A13', 40, 'ED^^B3', { mrn: 'M3' }));
    expect(here.occupied()).toEqual(['B3 occupied']);
  });

  test('two patients put into one bed at one moment: one has it, the other is in sight, whichever came first', () => {
    const [one, other] = [event('A01', 0, 'ED^^B1'), event('A01', 0, 'ED^^B1', { mrn: 'M2' })];
    const told = [department(), department()].map((here, index) => {
      for (const message of index === 0 ? [one, other] : [other, one]) here.tell(message);
      expect(here.open().map(([about]) => about)).toEqual(['placement']);
      return here.census();
    });
    expect(told[0]).toEqual(told[1]);
    expect(told[0]?.map(([, bed]) => bed).sort()).toEqual(['B1', null]);
  });

  test('records merged with themselves, in a circle, or into one whose visit has ended', () => {
    const patients = ['M1', 'M2', 'M3'].map((mrn, index) => buildPatient({ id: testId('c', index + 1), mrn, allergies: null }));
    const here = department([
      ...patients,
      buildEncounter({
        id: testId('e', 1),
        patientId: testId('c', 1),
        bedId: null,
        visitNumber: 'V8',
        status: 'finished',
        departedAt: testNow,
      }),
      buildEncounter({ id: testId('e', 2), patientId: testId('c', 2), bedId: null, visitNumber: 'V9' }),
    ]);
    const merge = (goes: string, stays: string): MergeEvent => ({
      trigger: 'A40',
      sender: 'PAS|GH',
      controlId: `${goes}${stays}`,
      occurredAt: testNow,
      recordedAt: testNow,
      patient: { mrn: stays, name: null, birthDate: null, sex: null },
      mergedMrn: goes,
    });
    const outcomes = [merge('M1', 'M1'), merge('M2', 'M1'), merge('M1', 'M2'), merge('M1', 'M3'), merge('M3', 'M2')].map(
      (one) => here.tell(one).outcome,
    );
    expect(outcomes).toEqual(['refused', 'applied', 'confirmed', 'applied', 'confirmed']);
    expect([...here.view().list('patient')].map(({ mrn, mergedInto }) => [mrn, mergedInto])).toEqual([
      ['M1', testId('c', 3)],
      ['M2', testId('c', 1)],
      ['M3', null],
    ]);
    expect(here.census()).toEqual([
      ['V8', null, false, 'Waiting room'],
      ['V9', null, true, 'Waiting room'],
    ]);
    expect([...here.view().list('encounter')].map(({ patientId }) => patientId)).toEqual([testId('c', 3), testId('c', 3)]);
  });

  test('what comes under a number that a merge has ended is of the same person, and renames nobody', () => {
    const here = department();
    const merge = (goes: string, stays: string, minute: number): MergeEvent => ({
      ...event('A08', minute),
      trigger: 'A40',
      patient: { mrn: stays, name: { family: 'Moreau', given: 'Lea Kim' }, birthDate: null, sex: null },
      mergedMrn: goes,
    });
    here.tell(event('A01', 0, 'ED^^B1'));
    here.tell(merge('M1', 'M4', 10));
    here.tell(merge('M4', 'M5', 20));
    const late = event('A08', 30);
    here.tell({ ...late, patient: { ...late.patient, name: { family: 'Elsewhere', given: 'Old' }, allergies: ['Latex'] } });
    const described = () =>
      [...here.view().list('patient')].map(({ mrn, name, allergies }) => [mrn, name?.given, allergies?.join()]);
    expect([described(), here.open()]).toEqual([[['M5', 'Lea Kim', 'Latex (PAS)']], []]);
    here.tell(event('A03', 40));
    here.tell(event('A01', 50, 'ED^^B2', { number: 'V12' }));
    expect([described(), here.census(), here.open()]).toEqual([
      [['M5', 'Lea Kim', 'Latex (PAS)']],
      [
        ['V1', null, false, null],
        ['V12', 'B2', true, null],
      ],
      [],
    ]);
  });

  test('a visit that another sender counts alike moves nobody of ours, and is said', () => {
    const here = department();
    here.tell(event('A01', 0, 'ED^^B1'));
    const anothers = (trigger: 'A03' | 'A02', location: string | null = null) =>
      here.tell({ ...event(trigger, 10, location, { mrn: 'M9', number: 'V1' }), sender: 'CLINIC|CL' });
    expect(
      [anothers('A03'), anothers('A02', 'WARD^1')].map(({ outcome, reason, belongsToVisit }) => [
        outcome,
        reason,
        belongsToVisit,
      ]),
    ).toEqual(
      Array.from({ length: 2 }, () => [
        'refused',
        'Another sender has this visit of another patient, M1: nothing was changed.',
        false,
      ]),
    );
    expect([here.census(), here.occupied(), here.open()]).toEqual([
      [['V1', 'B1', true, null]],
      ['B1 occupied'],
      [['identity', 'Patient M9', 'Patient M1']],
    ]);
    // The same patient, told by another system of the house.
    expect(here.tell({ ...event('A02', 20, 'ED^^B2'), sender: 'BEDS|GH' }).outcome).toBe('applied');
    expect(here.occupied()).toEqual(['B2 occupied']);
  });
});
