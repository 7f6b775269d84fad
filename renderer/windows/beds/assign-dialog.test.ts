import { expect, test } from 'vitest';
import { buildBed, buildEncounter, buildPatient, testId } from '#domain/testing/builders.ts';
import { pairsFor } from './assign-dialog.tsx';

const person = (number: number, family: string, complaint: string) => ({
  encounter: buildEncounter({ id: testId('e', number), complaint }),
  patient: buildPatient({ id: testId('c', number), name: { family, given: 'A' } }),
  similar: [],
});
const people = [person(1, 'Dunmore', 'Chest pain'), person(2, 'Núñez', 'Sepsis')];
const beds = [buildBed({ id: testId('b', 1), label: 'R4' }), buildBed({ id: testId('b', 2), label: 'P4' })];
const read = (typed: string, free = beds) =>
  pairsFor(typed, free, people).map(({ bed, candidate }) => `${bed.label} ${candidate.patient?.name?.family}`);

test('what typed words mean', () => {
  expect(read('p4 nun')).toEqual(['P4 Núñez']);
  expect(read('dun r4')).toEqual(['R4 Dunmore']);
  expect(read('sepsis')).toEqual(['R4 Núñez', 'P4 Núñez']);
  expect(read('p4')).toEqual(['P4 Dunmore', 'P4 Núñez']);
  expect(read('zz')).toEqual([]);
  expect(read('', [])).toEqual([]);
});
