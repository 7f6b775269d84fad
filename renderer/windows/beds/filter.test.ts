import { expect, test } from 'vitest';
import { shippedBoardSettings } from '#domain/rules/board-defaults.ts';
import {
  buildAlarm,
  buildBed,
  buildEncounter,
  buildPatient,
  buildTriageAssessment,
  ids,
  testNow,
} from '#domain/testing/builders.ts';
import { type BedFilter, hidesBed, hidesWaiting, isFiltering, noFilter, toggled } from './filter.ts';
import type { BedFacts } from './tile.ts';

const scene = { now: testNow, timeZone: 'UTC', stayTargetMs: 14_400_000, settings: shippedBoardSettings };
const encounter = buildEncounter({
  acuity: 2,
  nurse: 'IO',
  doctor: 'Dr Ito',
  flags: ['FALL'],
  complaint: 'Cefalea',
  isolation: 'contact',
});
const facts = (changes: Partial<BedFacts> = {}): BedFacts => ({
  bed: buildBed({ label: 'B12', status: 'occupied', encounterId: ids.encounter }),
  pending: false,
  encounter,
  patient: buildPatient({ name: { family: 'Núñez', given: 'Ada' }, mrn: '402 118' }),
  assessments: [],
  alarm: undefined,
  alarmPending: false,
  alarmOrigin: '',
  conflict: false,
  monitor: null,
  crew: undefined,
  similar: [],
  ...changes,
});
const hides = (filter: Partial<BedFilter>, changes: Partial<BedFacts> = {}, me: string | null = 'Ines Okafor') =>
  hidesBed({ ...noFilter, ...filter }, facts(changes), scene, me);

test.each([
  ['nunez', false],
  ['NÚÑEZ ada', false],
  ['402', false],
  ['b1', false],
  ['12', true],
  ['cefal', false],
  ['ito', false],
  ['fall', false],
  ['iso', false],
  ['alg', true],
  ['nunez zz', true],
  ['', false],
])('%j hides it: %s', (text, hidden) => expect(hides({ text })).toBe(hidden));

test('mine, boarders, past a target, levels', () => {
  expect([
    hides({ quick: ['mine'] }),
    hides({ quick: ['mine'] }, {}, 'Rosa Duarte'),
    hides({ quick: ['mine'] }, {}, null),
  ]).toEqual([false, true, true]);
  const boarding = { encounter: { ...encounter, admitDecidedAt: testNow - 60_000 } };
  expect([hides({ quick: ['boarders'] }), hides({ quick: ['boarders'] }, boarding)]).toEqual([true, false]);
  const long = { encounter: { ...encounter, arrivedAt: testNow - 14_400_001 } };
  const unseen = { assessments: [buildTriageAssessment({ at: testNow - 800 * 60_000 })] };
  const stuck = { encounter: { ...encounter, admitDecidedAt: testNow - 241 * 60_000 } };
  expect([{}, long, unseen, stuck].map((one) => hides({ quick: ['over'] }, one))).toEqual([true, false, false, false]);
  expect([hides({ acuities: [1, 2] }), hides({ acuities: [3] })]).toEqual([false, true]);
  expect(hides({ acuities: [2], quick: ['boarders'] }, boarding)).toBe(false);
});

test('what needs somebody is never hidden', () => {
  const nothing = { text: 'zz', acuities: [5] } as const;
  expect(
    [{ alarm: buildAlarm() }, { conflict: true }, { pending: true }, { alarmPending: true }, {}].map((one) =>
      hides(nothing, one),
    ),
  ).toEqual([false, false, false, false, true]);
});

test('those who wait are found by name, place and target', () => {
  const waiting = (filter: Partial<BedFilter>, targetMs: number | null = 600_000) =>
    hidesWaiting({ ...noFilter, ...filter }, { encounter, patient: buildPatient(), targetMs }, testNow, null);
  expect([waiting({ text: 'moreau' }), waiting({ text: 'wait' }), waiting({ text: 'zz' })]).toEqual([false, false, true]);
  expect([waiting({ quick: ['over'] }), waiting({ quick: ['over'] }, null)]).toEqual([false, true]);
});

test('a filter is on while it asks for anything', () => {
  expect(
    [noFilter, { ...noFilter, text: '  ' }, { ...noFilter, text: 'x' }, { ...noFilter, acuities: [1 as const] }].map(isFiltering),
  ).toEqual([false, false, true, true]);
  expect([toggled([1, 2], 2), toggled([1], 2)]).toEqual([[1], [1, 2]]);
});

test('over is what the site calls over, and nothing where no site is known', () => {
  const late = { encounter: { ...encounter, arrivedAt: testNow - 5 * 3_600_000 } };
  const hidden = (stayTargetMs: number | null) =>
    hidesBed({ ...noFilter, quick: ['over'] }, facts(late), { ...scene, stayTargetMs }, null);
  expect([4 * 3_600_000, 6 * 3_600_000, null].map(hidden)).toEqual([false, true, true]);
});
