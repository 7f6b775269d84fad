import { expect, test } from 'vitest';
import { hasLeft } from '#domain/model/disagreement.ts';
import type { Encounter } from '#domain/model/encounter.ts';
import { buildBed, buildDisagreement, buildEncounter, buildPatient, ids, testId } from '#domain/testing/builders.ts';
import { emptyTables } from '../../state/store.ts';
import { bedsInConflict, departmentOf } from './department.ts';
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

const none = (text: string) => ({ text, bedId: null, decide: 'F7' });

test('who was given a bed and did not get it is told who has it', () => {
  expect(said(winner)).toEqual([[ids.encounter, none('No bed: B12 was taken by Moreau, L, Ines Okafor')]]);
  expect(said(winner, { wonBy: null })).toEqual([[ids.encounter, none('No bed: B12 was taken by Moreau, L')]]);
  expect(said(winner, { wonBy: null }, [{ at: 1, bedId: ids.bed, place: null, by: 'Rosa Duarte', note: null }])).toEqual([
    [ids.encounter, none('No bed: B12 was taken by Moreau, L, Rosa Duarte')],
  ]);
  expect(said(null)).toEqual([[ids.encounter, none('No bed: B12 could not be given')]]);
  expect(said(winner, { name: 'cleanBed' })).toEqual([]);
  expect(said(winner, { targets: [] })).toEqual([]);
  expect([...lostBeds(null, [conflict])]).toEqual([]);
});

test('who has a bed stays in it, and a swap that was lost is said of both', () => {
  const shown = <T>(record: T) => ({ record, pending: false });
  const [b2, b3] = [testId('b', 2), testId('b', 3)];
  const visit = (id: string, bedId: string | null, more: Partial<Encounter> = {}) =>
    [id, shown(buildEncounter({ id, bedId, status: 'inProgress', ...more }))] as const;
  const said = (name: string, beds: readonly string[], visits: readonly string[], held: ReturnType<typeof visit>[]) => [
    ...lostBeds(
      departmentOf({
        ...emptyTables(),
        bed: new Map([
          [b2, shown(buildBed({ id: b2, label: 'B2', status: 'occupied', encounterId: ids.encounter }))],
          [b3, shown(buildBed({ id: b3, label: 'B3', status: 'contaminated' }))],
        ]),
        encounter: new Map(held),
        patient: new Map([[ids.patient, shown(buildPatient())]]),
      }),
      [
        {
          name,
          wonBy: null,
          targets: [
            ...beds.map((id) => ({ kind: 'bed' as const, id })),
            ...visits.map((id) => ({ kind: 'encounter' as const, id })),
          ],
        },
      ],
    ),
  ];
  const lies = visit(ids.encounter, b2);
  expect(said('assignBed', [b3], [ids.encounter], [lies])).toEqual([
    [ids.encounter, { text: 'Stays in B2: B3 could not be given', bedId: b2, decide: 'F7' }],
  ]);
  const both = [ids.encounter, winner];
  expect(said('swapBeds', [b2, b3], both, [lies, visit(winner, null)])).toEqual([
    [ids.encounter, { text: 'Stays in B2: B2 ⇄ B3 could not be done', bedId: b2, decide: 'F7' }],
    [winner, { text: 'No bed: B2 ⇄ B3 could not be done', bedId: null, decide: 'F7' }],
  ]);
  expect(said('swapBeds', [b2, b3], both, [lies, visit(winner, null, { departedAt: 1, status: 'finished' })])).toHaveLength(1);
});

test('who is put out of a bed by an interface is as loud as who lost one at two desks, until it is decided', () => {
  const shown = <T>(record: T) => ({ record, pending: false });
  const b2 = testId('b', 2);
  const said = (change: Parameters<typeof buildDisagreement>[0], visit: Partial<Encounter> = {}) => {
    const disagreement = buildDisagreement({ source: 'PAS', ...change });
    const department = departmentOf({
      ...emptyTables(),
      bed: new Map([
        [ids.bed, shown(buildBed({ status: 'occupied', encounterId: winner }))],
        [b2, shown(buildBed({ id: b2, label: 'B2' }))],
      ]),
      encounter: new Map([
        [ids.encounter, shown(buildEncounter(visit))],
        [winner, shown(buildEncounter({ id: winner, bedId: ids.bed }))],
      ]),
      patient: new Map([[ids.patient, shown(buildPatient())]]),
      disagreement: new Map([[disagreement.id, shown(disagreement)]]),
    });
    return { lost: [...lostBeds(department, [])], beds: [...bedsInConflict(department, [])] };
  };
  const one = (text: string, bedId: string | null) => [[ids.encounter, { text, bedId, decide: 'Alt+I' }]];
  expect(said({})).toEqual({ lost: one('No bed: PAS says B1, where Moreau, L lies', null), beds: [ids.bed] });
  expect(said({ bedId: b2, theirs: { bedId: b2, text: 'B2' } })).toEqual({ lost: one('No bed: PAS says B2', null), beds: [b2] });
  expect(said({ about: 'departure', bedId: null, theirs: { bedId: null, text: hasLeft } }, { bedId: b2 })).toEqual({
    lost: one('Stays in B2: PAS says has left', b2),
    beds: [],
  });
  expect(said({ ended: { at: 1, by: null, choice: 'ours', reason: null } })).toEqual({ lost: [], beds: [] });
  expect(said({ about: 'bedStatus', encounterId: null })).toEqual({ lost: [], beds: [ids.bed] });
});
