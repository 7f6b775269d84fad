import { expect, test } from 'vitest';
import { testId } from '#domain/testing/builders.ts';
import { type Candidate, type Diversion, needsMet, offeredOf, offersOf } from './send-choice.ts';

const candidate = (number: number): Candidate => ({
  unitId: testId('2', number),
  callsign: `M${number}`,
  type: 'als',
  status: 'availableMobile',
  etaSeconds: 60 * number,
  metres: 500 * number,
  straightMetres: 400 * number,
  position: { state: 'live', ageSeconds: 2, skewed: false },
  covers: ['als'],
  reasons: [],
});
const diversion = (number: number): Diversion => ({
  ...candidate(number),
  from: { incidentId: testId('1', 7), priority: 4, address: 'Elsewhere' },
  soonerSeconds: 40,
});
const many = (count: number) => Array.from({ length: count }, (_none, index) => candidate(index + 1));

test('nine numbers: diversions keep up to three of them', () => {
  const suggestion: { unitId: string; callsign: string; brings: [] }[] = [];
  expect(offeredOf({ candidates: many(20), diversions: [], suggestion })).toHaveLength(9);
  const both = offeredOf({
    candidates: many(20),
    diversions: [diversion(31), diversion(32), diversion(33), diversion(34)],
    suggestion,
  });
  expect(both).toEqual([...many(6).map(({ unitId }) => unitId), ...[31, 32, 33].map((number) => testId('2', number))]);
});

test('whoever is suggested has a number', () => {
  const suggestion = [2, 15].map((number) => ({ unitId: testId('2', number), callsign: `M${number}`, brings: [] }));
  const offered = offeredOf({ candidates: many(20), diversions: [], suggestion });
  expect(offered).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 15].map((number) => testId('2', number)));
});

test('a number stays its unit: who was taken is gone in its place, who was sent meanwhile would be diverted', () => {
  const offered = [1, 2, 3].map((number) => testId('2', number));
  expect(offersOf(offered, { candidates: [candidate(3)], diversions: [diversion(1)] })).toEqual([
    { kind: 'divert', unitId: testId('2', 1), candidate: diversion(1) },
    { kind: 'gone', unitId: testId('2', 2) },
    { kind: 'free', unitId: testId('2', 3), candidate: candidate(3) },
  ]);
});

test('a run card is ticked off as units are chosen', () => {
  const need = (what: 'als' | 'transport' | 'physician', count: number, onIt: number) => ({
    what,
    count,
    onIt,
    suggested: 0,
    missing: 0,
  });
  const needs = [need('als', 2, 0), need('transport', 1, 1), need('physician', 1, 0)];
  const met = (...types: ('als' | 'car' | 'physician')[]) =>
    needsMet(
      needs,
      types.map((type) => ({ type, capabilities: [] })),
    ).map((one) => [one.chosen, one.met]);
  expect(met()).toEqual([
    [0, false],
    [0, true],
    [0, false],
  ]);
  expect(met('als', 'physician')).toEqual([
    [2, true],
    [1, true],
    [1, true],
  ]);
});
