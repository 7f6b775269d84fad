import { expect, test } from 'vitest';
import type { Encounter } from '#domain/model/encounter.ts';
import { buildBed, buildEncounter, buildPatient, ids, testId } from '#domain/testing/builders.ts';
import { emptyTables } from '../../state/store.ts';
import { departmentOf } from './department.ts';
import { lostBeds } from './lost-beds.ts';

const winner = testId('e', 2);
const departmentWith = (encounterId: string | null, moves: Encounter['moves']) => {
  const shown = <T>(record: T) => ({ record, pending: false });
  const bed = buildBed({ label: 'B12', status: encounterId === null ? 'blocked' : 'occupied', encounterId });
  return departmentOf({
    ...emptyTables(),
    bed: new Map([[ids.bed, shown(bed)]]),
    encounter: new Map([
      [ids.encounter, shown(buildEncounter())],
      [winner, shown(buildEncounter({ id: winner, bedId: ids.bed, moves }))],
    ]),
    patient: new Map([[ids.patient, shown(buildPatient())]]),
  });
};
const conflict: Parameters<typeof lostBeds>[1][number] = {
  name: 'assignBed',
  wonBy: 'Ines Okafor',
  targets: [
    { kind: 'bed', id: ids.bed },
    { kind: 'encounter', id: ids.encounter },
  ],
};
const said = (encounterId: string | null, changes: object = {}, moves: Encounter['moves'] = []) => [
  ...lostBeds(departmentWith(encounterId, moves), [{ ...conflict, ...changes }]),
];

test('who was given a bed and did not get it is told who has it', () => {
  expect(said(winner)).toEqual([[ids.encounter, 'No bed: B12 was taken by Moreau, L, Ines Okafor']]);
  expect(said(winner, { wonBy: null })).toEqual([[ids.encounter, 'No bed: B12 was taken by Moreau, L']]);
  expect(said(winner, { wonBy: null }, [{ at: 1, bedId: ids.bed, place: null, by: 'Rosa Duarte', note: null }])).toEqual([
    [ids.encounter, 'No bed: B12 was taken by Moreau, L, Rosa Duarte'],
  ]);
  expect(said(null)).toEqual([[ids.encounter, 'No bed: B12 could not be given']]);
  expect(said(winner, { name: 'cleanBed' })).toEqual([]);
  expect(said(winner, { targets: [] })).toEqual([]);
  expect([...lostBeds(null, [conflict])]).toEqual([]);
});
