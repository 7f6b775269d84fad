import { describe, expect, test } from 'vitest';
import { buildBed, buildPatient, testId } from '#domain/testing/builders.ts';
import { createMemoryView } from './memory-view.ts';

describe('the rows in memory', () => {
  test('after a rev come in the order of revs, or not at all when they are too many', () => {
    const rows = [4, 1, 3].map((rev) => ({ rev, record: buildBed({ id: testId('b', rev) }) }));
    const patient = { rev: 2, record: buildPatient() };
    const view = createMemoryView([...rows, patient]);
    expect(view.rowsAfter(1, 3)).toEqual([patient, rows[2], rows[0]]);
    expect([view.rowsAfter(1, 2), view.rowsAfter(4, 2)]).toEqual([undefined, []]);
  });

  test('are found by the number of a patient as it stands, also after a write was taken back', () => {
    const patient = (index: number, mrn: string | null) => ({
      rev: index,
      record: buildPatient({ id: testId('c', index), mrn }),
    });
    const view = createMemoryView([patient(1, 'M1'), patient(2, 'M1'), patient(3, null)]);
    expect([view.patientNumbered('M1')?.id, view.patientNumbered('M2')]).toEqual([testId('c', 1), undefined]);
    const before = view.set(patient(1, 'M2').record, patient(1, 'M2'));
    expect([view.patientNumbered('M1')?.id, view.patientNumbered('M2')?.id]).toEqual([testId('c', 2), testId('c', 1)]);
    view.set(patient(1, 'M2').record, before);
    expect([view.patientNumbered('M1')?.mrn, view.patientNumbered('M2')]).toEqual(['M1', undefined]);
    view.set(patient(1, 'M1').record, undefined);
    view.set(patient(2, 'M1').record, undefined);
    expect(view.patientNumbered('M1')).toBe(undefined);
  });
});
