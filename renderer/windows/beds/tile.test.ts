import { describe, expect, test } from 'vitest';
import { shippedBoardSettings } from '#domain/rules/board-defaults.ts';
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
import { fittingFlags } from './fitting-flags.ts';
import { type BedFacts, bedTile } from './tile.ts';

const minute = 60_000;
const scene = { now: testNow, timeZone: 'UTC', stayTargetMs: 240 * minute, settings: shippedBoardSettings };
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
  alarmOrigin: '',
  conflict: false,
  monitor: null,
  similar: [],
  ...changes,
});
const slotOf = (changes: Partial<BedFacts>) => {
  const { slot, slotText, slotAge, slotConflict } = bedTile(facts(changes), scene);
  return [slot, slotText, slotAge, ...(slotConflict ? ['in conflict too'] : [])];
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
    flagText: 'FALL fall risk\nALG allergy: Penicillin',
    first: 'next',
    firstText: 'CT now',
    second: 'staff',
    secondText: 'RD · Dr Ito',
    awaits: '',
    observing: 'quiet',
    observeText: '',
    space: 'bed',
    single: false,
    turnaround: '',
    turnaroundOver: '',
    lines: '',
    progress: null,
    slot: 'none',
    slotPriority: null,
    slotState: null,
    slotText: '',
    slotAge: '',
    slotConflict: false,
  });
});

describe('the one exception: alarm, then conflict, then unsent, then stale', () => {
  const everything = { alarm: buildAlarm(), conflict: true, pending: true, monitor: { state: 'stale', ageMs: 72_000 } } as const;
  test.each([
    [everything, ['alarm', 'SpO2 84', '00:30', 'in conflict too']],
    [
      {
        ...everything,
        alarm: buildAlarm({ state: 'acknowledged', acknowledgedBy: { personId: ids.person, name: 'Rosa Duarte' } }),
      },
      ['alarm', 'SpO2 84', 'RD', 'in conflict too'],
    ],
    [{ ...everything, conflict: false, alarmOrigin: 'A6' }, ['alarm', 'A6: SpO2 84', '']],
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
    [{ status: 'blocked', note: 'Oxygen outlet', until: testNow }, ['Oxygen outlet\nWas due 12:00', null]],
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

const occupant = (changes: Parameters<typeof buildEncounter>[0], more: Partial<BedFacts> = {}) => {
  const base = { acuity: 2, nurse: 'RD', doctor: 'Dr Ito' } as const;
  const tile = bedTile(facts({ encounter: buildEncounter({ ...base, ...changes }), patient: buildPatient(), ...more }), scene);
  return {
    lines: [tile.first, tile.firstText, tile.second, tile.secondText],
    observe: [tile.observing, tile.observeText],
    flags: tile.flags.replaceAll('\u00a0', '_'),
    flagText: tile.flagText,
    awaits: tile.awaits,
  };
};

const away = { to: 'CT', since: testNow - 23 * minute, expectedBackAt: null };
test.each([
  [{}, ['none', '', 'staff', 'RD · Dr Ito']],
  [{ nextStep: 'Gas' }, ['next', 'Gas', 'staff', 'RD · Dr Ito']],
  [{ waitingFor: ['bloods', 'imaging'] }, ['next', 'bloods, imaging', 'staff', 'RD · Dr Ito']],
  [{ nextStep: 'Gas', away }, ['away', 'CT 23:00', 'next', 'Gas']],
  [{ away: { ...away, expectedBackAt: testNow - 1 } }, ['awayOver', 'CT 23:00', 'staff', 'RD · Dr Ito']],
  [{ away: { ...away, to: '' } }, ['away', '23:00', 'staff', 'RD · Dr Ito']],
  [{ admitDecidedAt: testNow - 90 * minute }, ['boards', '1:30 h Ward ?', 'staff', 'RD · Dr Ito']],
  [
    { admitDecidedAt: testNow - 241 * minute, admitTo: 'Ward 6', nextStep: 'Gas' },
    ['boardsOver', '4:01 h Ward 6', 'next', 'Gas'],
  ],
  [{ admitDecidedAt: testNow, admitTo: 'Ward 6', away, nextStep: 'Gas' }, ['away', 'CT 23:00', 'boards', '00:00 Ward 6']],
] as const)('what stands under the flags: %j', (changes, lines) =>
  expect(occupant(changes as Parameters<typeof buildEncounter>[0]).lines).toEqual(lines),
);

test('observations are due by the score; a live monitor does what is due all the time, a silent one does not', () => {
  const measured = (ago: number, heartRate: number, more: Partial<BedFacts> = {}) =>
    occupant(
      {},
      { assessments: [buildTriageAssessment({ at: testNow - ago * minute, vitals: buildVitals({ heartRate }) })], ...more },
    ).observe;
  expect(measured(100, 80)).toEqual(['quiet', '']);
  expect(measured(50, 135)).toEqual(['soon', '10:00']);
  expect(measured(60, 135)).toEqual(['soon', '00:00']);
  expect(measured(85, 135)).toEqual(['over', '25:00']);
  const worst = buildVitals({ heartRate: 135, respiratoryRate: 26, spo2: 90 });
  const high = [buildTriageAssessment({ at: testNow - 40 * minute, vitals: worst })];
  const at = (monitor: BedFacts['monitor']) => occupant({}, { assessments: high, monitor }).observe;
  expect([at(null), at({ state: 'live', ageMs: 0 }), at({ state: 'stale', ageMs: 20_000 })]).toEqual([
    ['over', '25:00'],
    ['quiet', ''],
    ['over', '25:00'],
  ]);
  expect(occupant({}, { assessments: [] }).observe).toEqual(['quiet', '']);
  expect(occupant({}, { assessments: high, monitor: null, patient: buildPatient({ ageYears: 4 }) }).observe).toEqual([
    'quiet',
    '',
  ]);
});

test('isolation with its kind first, then whom the patient could be taken for, then the rest; the words say all of it', () => {
  const similar = [
    { place: 'B4', name: 'Moreau, L' },
    { place: 'Waiting room', name: 'Moreau, K' },
  ];
  const shown = occupant(
    { flags: ['FALL', 'INT'], isolation: 'droplet', flagNotes: [{ flag: 'INT', text: 'Quechua' }], waitingFor: ['bed'] },
    { similar, patient: buildPatient({ allergies: ['Latex'] }) },
  );
  expect(shown.flags).toBe('ISO_D ≈B4 ALG FALL INT');
  expect(shown.flagText).toBe(
    [
      'FALL fall risk',
      'INT interpreter: Quechua',
      'ISO droplet isolation',
      'ALG allergy: Latex',
      'Similar name: B4 Moreau, L · Waiting room Moreau, K',
    ].join('\n'),
  );
  expect(shown.awaits).toBe('bed');
  expect(occupant({ flags: ['ISO'] }).flagText).toBe('ISO isolation, kind not said');
});

test('a bed that is dirty for longer than a turnaround may take says so', () => {
  const over = (status: 'contaminated' | 'cleaning' | 'blocked', ago: number) =>
    bedTile(
      facts({
        encounter: undefined,
        patient: undefined,
        bed: buildBed({ status, since: testNow - ago * minute, cleaner: 'Ana' }),
      }),
      scene,
    );
  expect(
    [over('contaminated', 45), over('contaminated', 57), over('cleaning', 46), over('blocked', 99)].map(
      (tile) => tile.turnaroundOver,
    ),
  ).toEqual(['', '12:00', '01:00', '']);
  expect(over('cleaning', 46).lines).toBe('Since 11:14\n46 min\nby Ana');
});

test('the turnaround counts from the departure, whatever stage it is in', () => {
  const bed = buildBed({ status: 'cleaning', since: testNow - 12 * minute, dirtySince: testNow - 63 * minute });
  const tile = bedTile(facts({ encounter: undefined, patient: undefined, bed }), scene);
  expect([tile.lines, tile.turnaround, tile.turnaroundOver]).toEqual(['Since 11:48\n12 min', '1:03 h', '18:00']);
  expect(bedTile(facts({ bed: buildBed() }), scene).turnaround).toBe('');
});

test('the site says from when a tile counts down, and where no site is known no stay is too long', () => {
  const due = (minutes: number, observationNoticeMinutes: number) => {
    const assessments = [buildTriageAssessment({ at: testNow - (720 - minutes) * minute })];
    const settings = { ...shippedBoardSettings, observationNoticeMinutes };
    return bedTile(facts({ assessments }), { ...scene, settings }).observing;
  };
  expect([due(20, 15), due(20, 20), due(15, 15)]).toEqual(['quiet', 'soon', 'soon']);
  const stay = (stayTargetMs: number | null) => {
    const tile = bedTile(facts(), { ...scene, stayTargetMs });
    return [tile.stayUnit, tile.stayTargetMs];
  };
  expect([300 * minute, 330 * minute, null].map(stay)).toEqual([
    ['+', 300 * minute],
    ['h', 330 * minute],
    ['h', null],
  ]);
});
