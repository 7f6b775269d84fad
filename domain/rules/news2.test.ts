import { describe, expect, test } from 'vitest';
import type { Consciousness } from '../model/triage-assessment.ts';
import {
  buildEncounter,
  buildPatient,
  buildTriageAssessment,
  buildVitals,
  ids,
  nothingMeasured,
  testNow,
} from '../testing/builders.ts';
import {
  type News2,
  type News2Parameter,
  type News2Vitals,
  news2,
  news2Applicability,
  news2Parameters,
  roundHalfUp,
  type Spo2Scale,
} from './news2.ts';
import { assessmentsByVisit, visitNews2 } from './news2-history.ts';

const normal: News2Vitals = {
  respiratoryRate: 16,
  spo2: 97,
  oxygen: 'air',
  systolic: 120,
  heartRate: 80,
  consciousness: 'A',
  temperature: 37,
};

type Vector = readonly [
  rr: number,
  spo2: number,
  oxygen: 'air' | 'O2',
  sbp: number,
  hr: number,
  level: Consciousness,
  t: number,
  scale: Spo2Scale,
  expected: Pick<Extract<News2, { status: 'complete' }>, 'total' | 'singleThree' | 'band'>,
];
const vectors: readonly Vector[] = [
  [16, 97, 'air', 120, 80, 'A', 37.0, 1, { total: 0, singleThree: false, band: 'none' }],
  [25, 97, 'air', 120, 80, 'A', 37.0, 1, { total: 3, singleThree: true, band: 'single' }],
  [21, 95, 'air', 110, 91, 'A', 38.1, 1, { total: 6, singleThree: false, band: 'medium' }],
  [22, 93, 'O2', 105, 112, 'A', 38.4, 1, { total: 10, singleThree: false, band: 'high' }],
  [18, 89, 'air', 130, 85, 'A', 36.8, 1, { total: 3, singleThree: true, band: 'single' }],
  [18, 89, 'air', 130, 85, 'A', 36.8, 2, { total: 0, singleThree: false, band: 'none' }],
  [18, 97, 'O2', 130, 85, 'A', 36.8, 2, { total: 5, singleThree: true, band: 'medium' }],
  [24, 89, 'O2', 100, 115, 'C', 38.0, 2, { total: 11, singleThree: true, band: 'high' }],
  [8, 83, 'O2', 90, 131, 'U', 35.0, 1, { total: 20, singleThree: true, band: 'high' }],
  [20, 96, 'air', 111, 90, 'A', 38.0, 1, { total: 0, singleThree: false, band: 'none' }],
];

test.each(vectors)(
  'rr %d spo2 %d %s sbp %d hr %d %s %d °C scale %d → %j',
  (rr, spo2, oxygen, sbp, hr, level, t, scale, expected) => {
    const vitals: News2Vitals = {
      respiratoryRate: rr,
      spo2,
      oxygen: oxygen === 'O2' ? 'oxygen' : 'air',
      systolic: sbp,
      heartRate: hr,
      consciousness: level,
      temperature: t,
    };
    const score = news2(vitals, scale);
    expect({ ...score, parts: undefined }).toEqual({ status: 'complete', ...expected, parts: undefined });
  },
);

/** The chart as printed: [lowest, highest, score], written apart from the table in the code. */
const chart: readonly (readonly [
  parameter: News2Parameter,
  scale: Spo2Scale,
  oxygen: 'air' | 'oxygen',
  rows: readonly (readonly [number, number, number])[],
])[] = [
  [
    'respiratoryRate',
    1,
    'air',
    [
      [0, 8, 3],
      [9, 11, 1],
      [12, 20, 0],
      [21, 24, 2],
      [25, 80, 3],
    ],
  ],
  [
    'spo2',
    1,
    'air',
    [
      [50, 91, 3],
      [92, 93, 2],
      [94, 95, 1],
      [96, 100, 0],
    ],
  ],
  [
    'spo2',
    1,
    'oxygen',
    [
      [50, 91, 3],
      [92, 93, 2],
      [94, 95, 1],
      [96, 100, 0],
    ],
  ],
  [
    'spo2',
    2,
    'air',
    [
      [50, 83, 3],
      [84, 85, 2],
      [86, 87, 1],
      [88, 100, 0],
    ],
  ],
  [
    'spo2',
    2,
    'oxygen',
    [
      [50, 83, 3],
      [84, 85, 2],
      [86, 87, 1],
      [88, 92, 0],
      [93, 94, 1],
      [95, 96, 2],
      [97, 100, 3],
    ],
  ],
  [
    'systolic',
    1,
    'air',
    [
      [30, 90, 3],
      [91, 100, 2],
      [101, 110, 1],
      [111, 219, 0],
      [220, 300, 3],
    ],
  ],
  [
    'heartRate',
    1,
    'air',
    [
      [10, 40, 3],
      [41, 50, 1],
      [51, 90, 0],
      [91, 110, 1],
      [111, 130, 2],
      [131, 300, 3],
    ],
  ],
  [
    'temperature',
    1,
    'air',
    [
      [30, 35, 3],
      [35.1, 36, 1],
      [36.1, 38, 0],
      [38.1, 39, 1],
      [39.1, 43, 2],
    ],
  ],
];

test.each(chart)('%s on scale %d with %s: every value of every row', (parameter, scale, oxygen, rows) => {
  const step = parameter === 'temperature' ? 0.1 : 1;
  const wrong: unknown[] = [];
  for (const [from, to, score] of rows) {
    for (let index = 0; from + index * step <= to + step / 2; index += 1) {
      const value = Math.round((from + index * step) * 10) / 10;
      const found = news2({ ...normal, oxygen, [parameter]: value }, scale).parts.find((part) => part.parameter === parameter);
      if (found?.score !== score) wrong.push({ value, score, found });
    }
  }
  expect(wrong).toEqual([]);
});

test.each(chart)('%s on scale %d with %s: a cut lies half a unit below the next row', (parameter, scale, oxygen, rows) => {
  const half = parameter === 'temperature' ? 0.05 : 0.5;
  const scoreOf = (value: number) =>
    news2({ ...normal, oxygen, [parameter]: value }, scale).parts.find((part) => part.parameter === parameter)?.score;
  const sides = rows.slice(1).map(([from]) => [scoreOf(from - half - 0.001), scoreOf(from - half)]);
  expect(sides).toEqual(rows.slice(1).map(([, , score], index) => [rows[index]?.[2], score]));
});

test.each([
  ['A', 0],
  ['C', 3],
  ['V', 3],
  ['P', 3],
  ['U', 3],
] as const)('consciousness %s scores %d', (consciousness, total) => {
  expect(news2({ ...normal, consciousness }, 1)).toMatchObject({ total, singleThree: total === 3 });
});

test.each([
  [36.05, 1, 36.1],
  [36.04, 1, 36],
  [95.5, 0, 96],
  [95.4, 0, 95],
  [35.05, 1, 35.1],
  [38.05, 1, 38.1],
  [39.05, 1, 39.1],
])('%d to %d decimals is %d', (value, decimals, rounded) => {
  expect(roundHalfUp(value, decimals)).toBe(rounded);
});

test('every tenth and a half from 30 to 43 °C rounds up', () => {
  const wrong = Array.from({ length: 130 }, (_, index) => 300 + index).filter(
    (tenths) => roundHalfUp(Number(`${Math.floor(tenths / 10)}.${tenths % 10}5`), 1) !== (tenths + 1) / 10,
  );
  expect(wrong).toEqual([]);
});

describe('a missing parameter', () => {
  test.each(news2Parameters)('%s: no total', (parameter) => {
    expect(news2({ ...normal, heartRate: 95, [parameter]: null }, 1)).toMatchObject({
      status: 'incomplete',
      lowest: parameter === 'heartRate' ? 0 : 1,
      missing: [parameter],
    });
  });

  test('the lowest score is never more than any completion gives', () => {
    for (const oxygen of ['air', 'oxygen'] as const) {
      for (const scale of [1, 2] as const) {
        for (const spo2 of [83, 88, 93, 97]) {
          const incomplete = news2({ ...normal, spo2, oxygen: null }, scale);
          const complete = news2({ ...normal, spo2, oxygen }, scale);
          expect(
            incomplete.status === 'incomplete' && complete.status === 'complete' && incomplete.lowest <= complete.total,
          ).toBe(true);
        }
      }
    }
  });

  test('nothing measured', () => {
    expect(news2(nothingMeasured, 1)).toEqual({ status: 'incomplete', lowest: 0, missing: news2Parameters, parts: [] });
  });
});

test('who may be scored', () => {
  const answers = [
    [15, false],
    [16, false],
    [null, false],
    [30, true],
    [3, true],
  ].map(([ageYears, pregnant]) => news2Applicability({ ageYears: ageYears as number | null, pregnant: pregnant as boolean }));
  expect(answers).toEqual(['tooYoung', 'applies', 'applies', 'pregnant', 'tooYoung']);
});

test('the newest score of a visit and how it moved, whatever the order of the records', () => {
  const at = (minutesAgo: number, respiratoryRate: number | null) =>
    buildTriageAssessment({ at: testNow - minutesAgo * 60_000, vitals: buildVitals({ respiratoryRate }) });
  const latest = (...assessments: ReturnType<typeof at>[]) =>
    visitNews2(buildPatient(), buildEncounter(), assessmentsByVisit(assessments).get(ids.encounter) ?? []);
  const moved = (...assessments: ReturnType<typeof at>[]) => latest(...assessments).trend;
  expect([
    moved(at(5, 16)),
    moved(at(5, 25), at(60, 16)),
    moved(at(60, 25), at(5, 16)),
    moved(at(60, 16), at(5, 17)),
    moved(at(60, null), at(5, 17)),
  ]).toEqual([null, 'rising', 'falling', 'steady', null]);
  expect(latest(at(5, 25), at(60, 16))).toEqual({ total: 3, complete: true, trend: 'rising' });
});

test('NEWS2 is never a guess', () => {
  const incomplete = buildTriageAssessment({ vitals: buildVitals({ temperature: null, heartRate: 115 }) });
  expect(visitNews2(buildPatient(), buildEncounter(), [])).toEqual({ total: null, complete: false, trend: null });
  expect(visitNews2(buildPatient(), buildEncounter(), [incomplete])).toEqual({ total: 2, complete: false, trend: null });
  expect(visitNews2(buildPatient({ ageYears: 9 }), buildEncounter(), [buildTriageAssessment()])).toEqual({
    total: null,
    complete: false,
    trend: null,
  });
  expect(visitNews2(buildPatient(), buildEncounter({ flags: ['PREG'] }), [buildTriageAssessment()])).toEqual({
    total: null,
    complete: false,
    trend: null,
  });
});
