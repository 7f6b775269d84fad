import { expect, test } from 'vitest';
import type { VigilRecord } from '#domain/model/record.ts';
import {
  buildAlarm,
  buildArea,
  buildBed,
  buildDevice,
  buildEncounter,
  buildPatient,
  buildTriageAssessment,
  ids,
  testId,
  testNow,
} from '#domain/testing/builders.ts';
import { emptyTables, type RecordTables } from '../../state/store.ts';
import { bedFacts, createDepartmentOf, departmentOf } from './department.ts';
import { sameFacts } from './tile.ts';

const otherBed = testId('b', 2);
const otherVisit = testId('e', 2);
const otherPatient = testId('c', 2);
const put = (tables: RecordTables, ...records: readonly VigilRecord[]): RecordTables => {
  const after: Record<string, ReadonlyMap<string, unknown>> = { ...tables };
  for (const record of records) after[record.kind] = new Map(after[record.kind]).set(record.id, { record, pending: false });
  return after as unknown as RecordTables;
};
const full = put(
  emptyTables(),
  buildArea(),
  buildBed({ status: 'occupied', encounterId: ids.encounter }),
  buildBed({ id: otherBed, label: 'B2', order: 2, status: 'occupied', encounterId: otherVisit }),
  buildPatient(),
  buildPatient({ id: otherPatient, mrn: 'M2' }),
  buildEncounter({ bedId: ids.bed, status: 'inProgress' }),
  buildEncounter({ id: otherVisit, patientId: otherPatient, bedId: otherBed, status: 'inProgress' }),
);
const changes: readonly VigilRecord[] = [
  buildTriageAssessment(),
  buildDevice({ bedId: ids.bed, encounterId: ids.encounter }),
  buildAlarm({ bedId: ids.bed, encounterId: ids.encounter }),
  buildEncounter({ bedId: ids.bed, status: 'inProgress', nextStep: 'CT' }),
  buildPatient({ id: otherPatient, mrn: 'M2', name: { family: 'Zwick', given: 'Ann' } }),
  buildBed({ id: otherBed, label: 'B9', order: 9 }),
  buildArea({ name: 'Majors' }),
];

test('what a board remembers of its last answer never differs from an answer without a memory', () => {
  const join = createDepartmentOf();
  let tables = full;
  expect(join(tables)).toEqual(departmentOf(tables));
  for (const change of changes) {
    tables = put(tables, change);
    expect(join(tables)).toEqual(departmentOf(tables));
  }
});

test('a change of one bed is a change of that bed alone', () => {
  const join = createDepartmentOf();
  const facts = (tables: RecordTables) => {
    const department = join(tables);
    return [ids.bed, otherBed].map((bedId) => bedFacts(department, bedId, testNow, new Map(), true, false, []));
  };
  const before = facts(full);
  const same = (after: typeof before) =>
    after.map((one, index) => {
      const other = before[index];
      return one != null && other != null && sameFacts(other, one);
    });
  expect(same(facts({ ...full }))).toEqual([true, true]);
  expect(
    changes.flatMap((change) => {
      facts(full);
      return change.kind === 'device' || change.kind === 'area' ? [] : [same(facts(put(full, change)))];
    }),
  ).toEqual([
    [false, true],
    [false, true],
    [false, true],
    // Whoever could be taken for somebody is told of the other's name and bed.
    [false, false],
    [false, false],
  ]);
});
