import { expect, test } from 'vitest';
import { shippedBoardSettings } from '#domain/rules/board-defaults.ts';
import { buildAlarm, buildBed, buildEncounter, buildPatient, ids, testNow } from '#domain/testing/builders.ts';
import type { BedFacts } from '../beds/tile.ts';
import { wallTile } from './tile.ts';

const minute = 60_000;
const encounter = buildEncounter({
  bedId: ids.bed,
  complaint: 'Chest pain',
  acuity: 2,
  arrivedAt: testNow - 61 * minute - 7_000,
});
const patient = buildPatient({ name: { family: 'Moreau', given: 'Lea' }, initials: 'LM' });
const facts = (changes: Partial<BedFacts> = {}): BedFacts => ({
  bed: buildBed({ status: 'occupied', encounterId: encounter.id }),
  pending: false,
  encounter,
  patient,
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
const scene = { now: testNow, timeZone: 'UTC', stayTargetMs: 240 * minute, settings: shippedBoardSettings };
const tileOf = (changes: Partial<BedFacts> = {}, names = false, stay = true) => wallTile(facts(changes), scene, { names, stay });

test('initials also where the desk holds the name, unless the site shows names', () => {
  expect([tileOf().who, tileOf({}, true).who, tileOf({ patient: undefined }).who]).toEqual(['LM', 'Moreau, L', '–']);
  expect(JSON.stringify(tileOf())).not.toContain('Moreau');
});

test('a clock that is not shown does not move', () => {
  expect([tileOf().stayText, tileOf({}, false, false).stayText, tileOf().stayMs]).toEqual(['1:01', '', 62 * minute]);
});

test('an alarm is a number and what it is, or the words of the device', () => {
  const number = buildAlarm({ parameter: 'spo2', value: 83.6 });
  const words = buildAlarm({ parameter: null, value: null, label: 'Lead off' });
  const parts = [number, words]
    .map((alarm) => tileOf({ alarm }))
    .map(({ alarmCaption, alarmValue }) => [alarmCaption, alarmValue]);
  expect(parts).toEqual([
    ['SpO2', '84'],
    ['Lead off', ''],
  ]);
});

test('how old the word of a monitor is, as short as can be; unknown is a dash', () => {
  const ageOf = (ageMs: number | null) => tileOf({ monitor: { state: 'stale', ageMs } }).age;
  expect([35_000, 599_000, 18 * minute, 190 * minute, null].map(ageOf)).toEqual(['0:35', '9:59', '18′', '3 h', '–']);
});

test('an empty bed says its state; a held one when the crew comes, or that it does not', () => {
  const held = buildBed({ status: 'reserved', encounterId: null });
  expect([
    tileOf({ bed: buildBed({ status: 'contaminated', encounterId: null }), encounter: undefined, patient: undefined }).who,
    tileOf({ bed: held, encounter: undefined, crew: null }).who,
    tileOf({ bed: held, encounter: undefined }).who,
  ]).toEqual(['To clean', 'Crew not coming', 'Held']);
});

test('of the flags only those that a whole room may see, the most urgent first', () => {
  const marksOf = (changes: Parameters<typeof buildEncounter>[0]) => tileOf({ encounter: { ...encounter, ...changes } }).marks;
  expect([
    marksOf({ flags: ['FALL', 'SAFE', 'ALG', 'PREG', '1:1', 'SEPSIS'], isolation: 'droplet' }),
    marksOf({ flags: ['INF', 'STEMI'] }),
    marksOf({ flags: ['SAFE', 'INT', 'NBM'] }),
    tileOf({ bed: buildBed({ status: 'contaminated', encounterId: null }), encounter: undefined, patient: undefined }).marks,
  ]).toEqual(['isolation minutes falls watched', 'isolation minutes', '', '']);
});

test('where the site shows nobody on its displays, nobody is what is shown, and not that it is unknown', () => {
  expect(tileOf({ patient: { ...patient, name: null, initials: '' } }).who).toBe('');
});
