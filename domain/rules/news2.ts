/**
 * NEWS2, Royal College of Physicians 2017. A suggestion with its inputs shown; a person decides. A missing parameter means
 * no total: then the answer is the lowest score the patient can have. Values are rounded half up to the chart's unit
 * (temperature 0.1 °C, all others 1) before they are scored, because a chart has no row between 95 and 96.
 */
import type { Vitals } from '../model/triage-assessment.ts';

export type News2Parameter = 'respiratoryRate' | 'spo2' | 'oxygen' | 'systolic' | 'heartRate' | 'consciousness' | 'temperature';
export type News2Vitals = Pick<Vitals, News2Parameter>;
export type Spo2Scale = 1 | 2;

/** What one parameter contributes, 0 to 3, with the value as it was charted. */
export type News2Part = { readonly parameter: News2Parameter; readonly value: number | string; readonly score: number };

/** none 0 · low 1–4 · single: one parameter at 3, total under 5 · medium 5–6 · high 7 and more. */
export type News2Band = 'none' | 'low' | 'single' | 'medium' | 'high';

export type News2 =
  | {
      readonly status: 'complete';
      readonly total: number;
      readonly singleThree: boolean;
      readonly band: News2Band;
      readonly parts: readonly News2Part[];
    }
  | {
      readonly status: 'incomplete';
      readonly lowest: number;
      readonly missing: readonly News2Parameter[];
      readonly parts: readonly News2Part[];
    };

export const news2Parameters: readonly News2Parameter[] = [
  'respiratoryRate',
  'spo2',
  'oxygen',
  'systolic',
  'heartRate',
  'consciousness',
  'temperature',
];

/** Rounds half up to a number of decimals as written: 36.05 → 36.1 although the binary number lies below it. */
export const roundHalfUp = (value: number, decimals: number): number => {
  const scale = 10 ** decimals;
  return Math.floor(value * scale + 0.5 + 1e-9) / scale;
};

/** A row of the chart: the score of values up to and including `upTo`, in rising order; the last has no end. */
type ChartRow = readonly [upTo: number, score: number];
const rows = {
  respiratoryRate: [
    [8, 3],
    [11, 1],
    [20, 0],
    [24, 2],
    [Infinity, 3],
  ],
  scale1: [
    [91, 3],
    [93, 2],
    [95, 1],
    [Infinity, 0],
  ],
  scale2OnAir: [
    [83, 3],
    [85, 2],
    [87, 1],
    [Infinity, 0],
  ],
  scale2OnOxygen: [
    [83, 3],
    [85, 2],
    [87, 1],
    [92, 0],
    [94, 1],
    [96, 2],
    [Infinity, 3],
  ],
  systolic: [
    [90, 3],
    [100, 2],
    [110, 1],
    [219, 0],
    [Infinity, 3],
  ],
  heartRate: [
    [40, 3],
    [50, 1],
    [90, 0],
    [110, 1],
    [130, 2],
    [Infinity, 3],
  ],
  temperature: [
    [35, 3],
    [36, 1],
    [38, 0],
    [39, 1],
    [Infinity, 2],
  ],
} as const satisfies Record<string, readonly ChartRow[]>;

const scoreIn = (chart: readonly ChartRow[], value: number): number => chart.find(([upTo]) => value <= upTo)?.[1] ?? 0;

const partOf = (parameter: News2Parameter, vitals: News2Vitals, scale: Spo2Scale): News2Part | null => {
  if (parameter === 'oxygen')
    return vitals.oxygen && { parameter, value: vitals.oxygen, score: vitals.oxygen === 'oxygen' ? 2 : 0 };
  if (parameter === 'consciousness')
    return vitals.consciousness && { parameter, value: vitals.consciousness, score: vitals.consciousness === 'A' ? 0 : 3 };
  const measured = vitals[parameter];
  if (measured === null) return null;
  const value = roundHalfUp(measured, parameter === 'temperature' ? 1 : 0);
  if (parameter !== 'spo2') return { parameter, value, score: scoreIn(rows[parameter], value) };
  // With oxygen not known, scale 2 is read as on air: never more than the truth, so the lowest score stays one.
  const chart = scale === 1 ? rows.scale1 : vitals.oxygen === 'oxygen' ? rows.scale2OnOxygen : rows.scale2OnAir;
  return { parameter, value, score: scoreIn(chart, value) };
};

/** Totals from which a score is medium and high (RCP 2017). */
export const news2From = { medium: 5, high: 7 } as const;

const bandOf = (total: number, singleThree: boolean): News2Band =>
  total >= news2From.high ? 'high' : total >= news2From.medium ? 'medium' : singleThree ? 'single' : total >= 1 ? 'low' : 'none';

/** The band of a score; of an incomplete one that of the lowest score the patient can have. */
export const news2Band = (score: News2): News2Band =>
  score.status === 'complete'
    ? score.band
    : bandOf(
        score.lowest,
        score.parts.some((part) => part.score === 3),
      );

/** The aggregate score of one set of observations on SpO2 scale 1 or 2 (RCP 2017); never a total with a parameter missing. */
export const news2 = (vitals: News2Vitals, spo2Scale: Spo2Scale): News2 => {
  const parts = news2Parameters.map((parameter) => partOf(parameter, vitals, spo2Scale)).filter((part) => part !== null);
  const total = parts.reduce((sum, part) => sum + part.score, 0);
  const missing = news2Parameters.filter((parameter) => vitals[parameter] === null);
  if (missing.length > 0) return { status: 'incomplete', lowest: total, missing, parts };
  const singleThree = parts.some((part) => part.score === 3);
  return { status: 'complete', total, singleThree, band: bandOf(total, singleThree), parts };
};

/** Whether NEWS2 may be used at all: not under 16 years and not in pregnancy. An unknown age counts as adult. */
export const news2Applicability = (person: {
  readonly ageYears: number | null;
  readonly pregnant: boolean;
}): 'applies' | 'tooYoung' | 'pregnant' =>
  person.ageYears !== null && person.ageYears < 16 ? 'tooYoung' : person.pregnant ? 'pregnant' : 'applies';
