import { describe, expect, test } from 'vitest';
import { nothingMeasured } from '#domain/testing/builders.ts';
import { emptyForm, isWorthKeeping, readAllergies, readForm, whoIs } from './form.ts';

describe('the triage form as typed', () => {
  test('an empty form measures nothing and lacks only the complaint', () => {
    expect(readForm(emptyForm)).toEqual({
      vitals: nothingMeasured,
      problems: { complaint: { code: 'missing' } },
      age: null,
      allergies: null,
    });
  });

  test('386 for 38.6 is refused where it is typed and measures nothing', () => {
    const read = readForm({ ...emptyForm, complaint: 'Fever', temperature: '386' });
    expect(read.vitals.temperature).toBeNull();
    expect(read.problems).toEqual({ temperature: { code: 'outOfRange', range: [20, 45] } });
  });

  test('a pressure is one field: both numbers, or the systolic alone', () => {
    expect(readForm({ ...emptyForm, pressure: '104/62' }).vitals).toMatchObject({ systolic: 104, diastolic: 62 });
    expect(readForm({ ...emptyForm, pressure: '104' }).vitals).toMatchObject({ systolic: 104, diastolic: null });
    expect(readForm({ ...emptyForm, pressure: '104/x' }).problems).toMatchObject({ pressure: { code: 'notANumber' } });
  });

  test('a comma is a decimal point, a word is not a number', () => {
    expect(readForm({ ...emptyForm, temperature: '38,6' }).vitals.temperature).toBe(38.6);
    expect(readForm({ ...emptyForm, heartRate: 'fast' }).problems).toMatchObject({ heartRate: { code: 'notANumber' } });
  });

  test('allergies: not asked, none known and a list are three different things', () => {
    expect([readAllergies(''), readAllergies('NKDA'), readAllergies('Penicillin, latex')]).toEqual([
      null,
      [],
      ['Penicillin', 'latex'],
    ]);
  });

  test('only what a person wrote is worth keeping', () => {
    expect(isWorthKeeping({ ...emptyForm, encounterId: '018f0000-0000-7000-8000-000000000001' })).toBe(false);
    expect(isWorthKeeping({ ...emptyForm, note: 'x' })).toBe(true);
  });
});

test('age and sex as a crew says them fill the form; anything else fills nothing', () => {
  const none = { age: '', ageEstimated: false, sex: 'unknown' };
  expect(['78 F', '~50 M', '4', '66 M, witnessed', 'Man, about 30', '31M', ''].map(whoIs)).toEqual([
    { age: '78', ageEstimated: false, sex: 'female' },
    { age: '50', ageEstimated: true, sex: 'male' },
    { age: '4', ageEstimated: false, sex: 'unknown' },
    { age: '66', ageEstimated: false, sex: 'male' },
    none,
    { age: '31', ageEstimated: false, sex: 'male' },
    none,
  ]);
});
