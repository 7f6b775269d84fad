import { expect, test } from 'vitest';
import type { Encounter } from '../model/encounter.ts';
import { buildBed, buildEncounter, buildFacility, testId, testNow } from '../testing/builders.ts';
import { shippedBoardSettings } from './board-defaults.ts';
import { type NedocsInputs, nedocs, nedocsInputs } from './nedocs.ts';

const inputs = ([patients, edBeds, boarders, hospitalBeds, ventilated, longestAdmitHours, lastBedHours]: readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
]): NedocsInputs => ({ patients, edBeds, boarders, hospitalBeds, ventilated, longestAdmitHours, lastBedHours });

test.each([
  [[20, 40, 0, 400, 0, 0, 0.25], 24.31, 'busy'],
  [[30, 30, 2, 300, 0, 4, 0.5], 76.34, 'extremelyBusy'],
  [[40, 30, 8, 300, 2, 10, 1.5], 154.96, 'severelyOvercrowded'],
  [[60, 30, 20, 300, 4, 24, 4], 290.08, 'dangerouslyOvercrowded'],
  [[0, 40, 0, 400, 0, 0, 0], -20, 'notBusy'],
] as const)('%j → %d', (values, value, band) => {
  const score = nedocs(inputs(values));
  expect(score.status === 'complete' && [Number(score.value.toFixed(2)), score.band]).toEqual([value, band]);
});

test('the bands end on their cuts', () => {
  // One ventilated patient adds 13.4; the admit wait is set so that the sum is exact.
  const at = (value: number) => {
    const score = nedocs(inputs([0, 1, 0, 1, 0, (value + 20) / 0.93, 0]));
    return score.status === 'complete' ? score.band : null;
  };
  expect([19.9, 20.1, 59.9, 60.1, 99.9, 100.1, 139.9, 140.1, 179.9, 180.1].map(at)).toEqual([
    'notBusy',
    'busy',
    'busy',
    'extremelyBusy',
    'extremelyBusy',
    'overcrowded',
    'overcrowded',
    'severelyOvercrowded',
    'severelyOvercrowded',
    'dangerouslyOvercrowded',
  ]);
});

test('what is not known gives no score', () => {
  const given = { ...inputs([20, 0, 0, 400, 0, 0, 0]), lastBedHours: null };
  expect(nedocs(given)).toEqual({ status: 'incomplete', missing: ['edBeds', 'lastBedHours'], inputs: given });
});

test('inputs from records', () => {
  const hour = 3_600_000;
  const encounters = [
    buildEncounter({
      id: testId('e', 1),
      admitDecidedAt: testNow - 6 * hour,
      arrivedAt: testNow - 9 * hour,
      bedAssignedAt: testNow - 8 * hour,
      bedId: testId('b', 1),
      ventilated: true,
    }),
    buildEncounter({ id: testId('e', 2), admitDecidedAt: testNow - 2 * hour }),
    buildEncounter({
      id: testId('e', 3),
      arrivedAt: testNow - 3 * hour,
      bedAssignedAt: testNow - hour,
      departedAt: testNow - 1,
      status: 'finished',
      ventilated: true,
      admitDecidedAt: 0,
    }),
  ];
  expect(nedocsInputs(buildFacility(), [buildBed(), buildBed({ id: testId('b', 2) })], encounters, testNow)).toEqual({
    patients: 2,
    edBeds: 2,
    boarders: 2,
    hospitalBeds: 300,
    ventilated: 1,
    longestAdmitHours: 6,
    lastBedHours: 2,
  });
  expect(nedocsInputs(undefined, [], [], testNow)).toEqual({
    patients: 0,
    edBeds: 0,
    boarders: 0,
    hospitalBeds: null,
    ventilated: null,
    longestAdmitHours: 0,
    lastBedHours: null,
  });
});

test('nobody has said who is ventilated: the number is not known; NIV counts where the site wants it', () => {
  const said = (facility: ReturnType<typeof buildFacility>, ...ventilated: (boolean | null)[]) =>
    nedocsInputs(
      facility,
      [],
      ventilated.map((one, index) => buildEncounter({ id: testId('e', index), ventilated: one, flags: ['NIV'] })),
      testNow,
    ).ventilated;
  const site = buildFacility();
  const withNiv = buildFacility({ board: { ...shippedBoardSettings, nivIsVentilated: true } });
  expect([
    said(site),
    said(site, null, null),
    said(site, null, false),
    said(site, null, true),
    said(withNiv, null, true),
  ]).toEqual([null, null, 0, 1, 2]);
});

test('the beds are those of a usual day: closing one does not crowd the score, and a lined corridor does not relieve it', () => {
  const beds = [
    buildBed({ id: testId('b', 1), status: 'closed' }),
    buildBed({ id: testId('b', 2), status: 'blocked' }),
    buildBed({ id: testId('b', 3), space: 'chair' }),
    buildBed({ id: testId('b', 4), space: 'corridor', status: 'occupied' }),
    buildBed({ id: testId('b', 5), space: 'capacity' }),
    buildBed({ id: testId('b', 6), retired: true }),
  ];
  expect(nedocsInputs(buildFacility(), beds, [], testNow).edBeds).toBe(3);
});

test('the wait of the last patient bedded ends at the bed that ended the waiting, not at a later one', () => {
  const minute = 60_000;
  const by = 'R. Ortiz';
  const at = (minutesAgo: number, bedId: string | null, place: string | null = null) => ({
    at: testNow - minutesAgo * minute,
    bedId,
    place,
    by,
    note: null,
  });
  const [b1, b2] = [testId('b', 1), testId('b', 2)];
  const hours = (encounters: readonly Partial<Encounter>[]) =>
    nedocsInputs(
      buildFacility(),
      [],
      encounters.map((changes, index) => buildEncounter({ id: testId('e', index), ...changes })),
      testNow,
    ).lastBedHours;
  // Eight hours here, in a bed after one; moved to another bed just now. The one before whom nobody was bedded waited two.
  const boarder = { arrivedAt: testNow - 480 * minute, bedId: b2, bedAssignedAt: testNow - minute };
  const bedded = { arrivedAt: testNow - 150 * minute, bedId: b1, bedAssignedAt: testNow - 30 * minute, moves: [at(30, b1)] };
  expect(hours([{ ...boarder, moves: [at(420, b1), at(1, b2)] }, bedded])).toBe(2);
  // The way back into a bed after an end of the visit that was an error.
  expect(hours([{ ...boarder, moves: [at(420, b1), at(2, null), at(1, b1)] }, bedded])).toBe(2);
  // Back to the waiting room and into a bed again is a second wait.
  expect(hours([{ ...boarder, moves: [at(420, b1), at(60, null, 'Waiting room'), at(1, b2)] }, bedded])).toBe(479 / 60);
  // A bed that was taken back, and a visit that another one stands for, tell of nobody.
  expect(hours([{ ...boarder, bedAssignedAt: null, moves: [at(1, b1), at(0, null)] }, bedded])).toBe(2);
  expect(hours([{ ...bedded, mergedInto: testId('e', 9) }])).toBe(null);
});
