import { expect, test } from 'vitest';
import type { Conflict } from '#contracts/ipc/station-window.ts';
import { testId, testNow } from '#domain/testing/builders.ts';
import { applicable, besides, chosenOf, closable } from './choice.ts';
import { readStakes } from './stakes.ts';

const conflict = (index: number, changes: Partial<Conflict> = {}): Conflict => ({
  commandId: testId('6', index),
  name: 'assignBed',
  summary: 'Assign Moreau to B1',
  code: 'conflict',
  message: 'B1 is occupied, not available.',
  by: 'R. Ortiz',
  issuedAt: testNow,
  foundAt: testNow,
  state: 'decided',
  targets: [],
  stakes: [],
  wonBy: null,
  wonAt: null,
  canApply: true,
  ...changes,
});
const [first, waiting, fixed] = [conflict(1), conflict(2, { state: 'waiting' }), conflict(3, { canApply: false })];
const all = [first, waiting, fixed];

test('what is marked is chosen; without a mark the one looked at; what is gone is not', () => {
  expect(chosenOf(all, new Set(), waiting.commandId)).toEqual([waiting]);
  expect(chosenOf(all, new Set([fixed.commandId, first.commandId, 'gone']), waiting.commandId)).toEqual([first, fixed]);
  expect(chosenOf(all, new Set(['gone']), null)).toEqual([]);
});

test('what the hospital still decides is neither closed nor done again', () => {
  expect([closable(all), applicable(all)]).toEqual([[first, fixed], [first]]);
});

test('the arrows stay inside the list', () => {
  expect([
    besides(all, null, 1),
    besides(all, first.commandId, 1),
    besides(all, fixed.commandId, 1),
    besides(all, first.commandId, -1),
    besides([], null, 1),
  ]).toEqual([first.commandId, waiting.commandId, fixed.commandId, first.commandId, null]);
});

test('stakes are read by their names, safety first; the bookkeeping of a record is left out', () => {
  const stake = (field: string, safety: boolean, lost: string | null, won: string | null) =>
    ({ kind: 'bed', id: testId('1', 1), label: 'B1', field, lost, won, safety }) as const;
  expect(
    readStakes({
      stakes: [
        stake('since', false, '1', '2'),
        stake('status', false, 'occupied', 'available'),
        stake('encounterId', true, 'Moreau', null),
        { ...stake('status', false, 'inProgress', 'triaged'), kind: 'encounter' },
      ],
    }).map(({ label, field, lost, won, safety }) => [label, field, lost, won, safety]),
  ).toEqual([
    ['B1', 'Patient', 'Moreau', 'not set', true],
    ['B1', 'State', 'Occupied', 'Available', false],
    ['B1', 'State', 'in treatment', 'triaged', false],
  ]);
});
