import { describe, expect, test } from 'vitest';
import {
  buildAlarm,
  buildBed,
  buildEncounter,
  buildPatient,
  buildTriageAssessment,
  buildVitals,
  ids,
  testNow,
} from '#domain/testing/builders.ts';
import { type BedFacts, bedTile, fittingFlags } from './tile.ts';

const minute = 60_000;
const scene = { now: testNow, timeZone: 'UTC', stayTargetMs: 240 * minute };
const facts = (changes: Partial<BedFacts> = {}): BedFacts => ({
  bed: buildBed({ status: 'occupied', encounterId: ids.encounter }),
  pending: false,
  crew: undefined,
  encounter: buildEncounter({
    arrivedAt: testNow - 318 * minute,
    acuity: 2,
    flags: ['FALL'],
    nextStep: 'CT now',
    nurse: 'RD',
    doctor: 'Dr Ito',
  }),
  patient: buildPatient({ allergies: ['Penicillin'] }),
  assessments: [
    buildTriageAssessment({ vitals: buildVitals({ heartRate: 115 }) }),
    buildTriageAssessment({ id: ids.bed, at: testNow - minute }),
  ],
  alarm: undefined,
  alarmPending: false,
  conflict: false,
  monitor: null,
  ...changes,
});
const slotOf = (changes: Partial<BedFacts>) => {
  const { slot, slotText, slotAge } = bedTile(facts(changes), scene);
  return [slot, slotText, slotAge];
};

test('an occupied bed', () => {
  expect(bedTile(facts(), scene)).toEqual({
    bedId: ids.bed,
    label: 'B1',
    status: 'occupied',
    pending: false,
    ageSex: '46 F',
    acuity: 2,
    name: 'Moreau, L',
    complaint: 'Chest pain',
    stayText: '5:18',
    stayUnit: '+',
    stayMs: 318 * minute,
    stayTargetMs: 240 * minute,
    newsTotal: 2,
    newsComplete: true,
    newsTrend: 'rising',
    flags: 'ALG FALL',
    next: 'CT now',
    staff: 'RD · Dr Ito',
    lines: '',
    progress: null,
    slot: 'none',
    slotPriority: null,
    slotState: null,
    slotText: '',
    slotAge: '',
  });
});

describe('the one exception: alarm, then conflict, then unsent, then stale', () => {
  const everything = { alarm: buildAlarm(), conflict: true, pending: true, monitor: { state: 'stale', ageMs: 72_000 } } as const;
  test.each([
    [everything, ['alarm', 'SpO2 84', '00:30']],
    [
      {
        ...everything,
        alarm: buildAlarm({ state: 'acknowledged', acknowledgedBy: { personId: ids.person, name: 'Rosa Duarte' } }),
      },
      ['alarm', 'SpO2 84', 'RD'],
    ],
    [{ ...everything, alarm: undefined }, ['conflict', 'Conflict', '']],
    [{ ...everything, alarm: undefined, conflict: false }, ['unsent', 'Unsent', '']],
    [{ monitor: everything.monitor }, ['stale', 'No data', '01:12']],
    [{ monitor: { state: 'lost', ageMs: null } as const }, ['stale', 'No data', '–']],
    [{ monitor: { state: 'late', ageMs: 6_000 } as const }, ['none', '', '']],
  ])('%#', (changes, expected) => expect(slotOf(changes)).toEqual(expected));
});

describe('a bed without a patient says why and since when', () => {
  const empty = { encounter: undefined, patient: undefined, assessments: [] };
  const lines = (bed: Parameters<typeof buildBed>[0]) => {
    const tile = bedTile(facts({ ...empty, bed: buildBed({ since: testNow - 12 * minute, ...bed }) }), scene);
    return [tile.lines, tile.progress];
  };
  test.each([
    [{ status: 'available', equipment: ['Oxygen'] }, ['Ready 11:48\nOxygen', null]],
    [{ status: 'cleaning', until: testNow + 8 * minute }, ['Since 11:48\n12 of 20 min', 0.6]],
    [{ status: 'contaminated', note: 'Deep clean' }, ['Since 11:48\nDeep clean', null]],
    [{ status: 'blocked', note: 'Oxygen outlet', until: testNow + 60 * minute }, ['Oxygen outlet\nBack 13:00', null]],
    [{ status: 'closed', note: 'Night', until: null }, ['Night', null]],
    [
      {
        status: 'reserved',
        reservation: { encounterId: null, assignmentId: null, reason: 'Inbound M21', until: testNow + 60_000 },
      },
      ['Inbound M21\nHeld 12:01', null],
    ],
    [
      { status: 'reserved', reservation: { encounterId: null, assignmentId: null, reason: 'Inbound M21', until: testNow } },
      ['Inbound M21\nHold ended 12:00', null],
    ],
  ] as const)('%#', (bed, expected) => expect(lines(bed as Parameters<typeof buildBed>[0])).toEqual(expected));
});

test('an occupant this desk does not know is not invented', () => {
  const tile = bedTile(facts({ encounter: undefined, patient: undefined, assessments: [] }), scene);
  expect([tile.name, tile.complaint, tile.stayText, tile.newsTotal, tile.acuity]).toEqual(['–', '–', '–', null, null]);
});

test('flags that do not fit are counted, isolation stays, and none is cut', () => {
  expect(fittingFlags('', 92)).toEqual({ shown: [], more: 0 });
  expect(fittingFlags('ALG FALL', 92)).toEqual({ shown: ['ALG', 'FALL'], more: 0 });
  expect(fittingFlags('ALG STROKE NBM', 108)).toEqual({ shown: ['ALG'], more: 2 });
  expect(fittingFlags('ALG STROKE NBM', 150)).toEqual({ shown: ['ALG', 'STROKE', 'NBM'], more: 0 });
  expect(fittingFlags('STROKE ALG FALL ISO', 92)).toEqual({ shown: ['ISO'], more: 3 });
});
