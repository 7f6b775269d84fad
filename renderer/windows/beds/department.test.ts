import { expect, test } from 'vitest';
import type { Alarm } from '#domain/model/alarm.ts';
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
import { sameFacts } from './same-tile.ts';

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

test('a standing alarm goes with its patient into another bed, and is of nobody where the patient lies nowhere', () => {
  const alarm = (changes: Partial<Alarm>) => buildAlarm({ bedId: ids.bed, encounterId: ids.encounter, ...changes });
  const alarmsOf = (...records: readonly VigilRecord[]) => {
    const department = departmentOf(put(full, ...records));
    return [ids.bed, otherBed].map((bedId) => {
      const facts = bedFacts(department, bedId, testNow, new Map(), true, false, []);
      return facts?.alarm === undefined ? null : facts.alarmOrigin;
    });
  };
  const first = (encounterId: string | null) =>
    buildBed({ status: encounterId === null ? 'available' : 'occupied', encounterId });
  const second = (encounterId: string) => buildBed({ id: otherBed, label: 'B2', status: 'occupied', encounterId });
  expect(alarmsOf(alarm({}))).toEqual(['', null]);
  expect(alarmsOf(alarm({}), first(null), second(ids.encounter))).toEqual([null, 'B1']);
  expect(alarmsOf(alarm({}), first(otherVisit), second(ids.encounter))).toEqual([null, 'B1']);
  // `alarmOrigin` null: on the tile, and of nobody who lies there.
  const where = (...records: readonly VigilRecord[]) => {
    const facts = bedFacts(departmentOf(put(full, ...records)), ids.bed, testNow, new Map(), true, false, []);
    return [facts?.alarm?.id, facts?.alarmOrigin];
  };
  expect(where(alarm({ encounterId: testId('e', 9) }))).toEqual([ids.alarm, null]);
  expect(where(alarm({}), first(null))).toEqual([ids.alarm, null]);
  expect(where(alarm({ encounterId: null }))).toEqual([ids.alarm, '']);
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

test('names are compared again only when somebody came, went or moved', () => {
  const join = createDepartmentOf();
  const before = join(full).similar;
  const visit = full.encounter.get(ids.encounter)?.record ?? buildEncounter();
  const isKept = (...records: readonly VigilRecord[]): boolean => {
    join(full);
    const known = join(full).similar;
    return join(put(full, ...records)).similar === known;
  };
  expect(join(full).similar).toBe(before);
  expect(isKept({ ...visit, nextStep: 'CT now' })).toBe(true);
  expect(isKept({ ...visit, bedId: otherBed })).toBe(false);
  expect(isKept({ ...visit, status: 'finished', departedAt: testNow })).toBe(false);
  expect(isKept({ ...visit, id: testId('e', 7) })).toBe(false);
});
