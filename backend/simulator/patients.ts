import type { Acuity, EncounterFlag } from '#domain/model/encounter.ts';
import type { Patient } from '#domain/model/patient.ts';
import type { Vitals } from '#domain/model/triage-assessment.ts';
import type { Random } from '#domain/testing/random.ts';
import { drawName } from './names.ts';

type Course = 'steady' | 'fever' | 'hypoxic' | 'shock' | 'fast' | 'slow' | 'pain';

/** Why somebody comes, how urgent that mostly is, and what the numbers look like. */
export type Presentation = {
  readonly complaint: string;
  readonly acuity: Acuity;
  readonly course: Course;
  readonly flags: readonly EncounterFlag[];
  readonly ages: readonly [youngest: number, oldest: number];
};

const present = (
  complaint: string,
  acuity: Acuity,
  course: Course,
  flags: readonly EncounterFlag[] = [],
  ages: Presentation['ages'] = [18, 92],
): Presentation => ({
  complaint,
  acuity,
  course,
  flags,
  ages,
});

/** Every complaint fits a tile: 22 characters at most. */
export const presentations: readonly Presentation[] = [
  present('Arrest, ROSC', 1, 'shock', ['1:1']),
  present('Multiple trauma', 1, 'shock', ['TRAUMA', 'NBM']),
  present('Respiratory failure', 1, 'hypoxic', ['NIV']),
  present('Septic shock', 1, 'shock', ['SEPSIS']),
  present('Chest pain', 2, 'pain', [], [35, 90]),
  present('STEMI', 2, 'pain', ['STEMI', 'NBM'], [40, 88]),
  present('Stroke signs', 2, 'steady', ['STROKE', 'NBM'], [45, 94]),
  present('Suspected sepsis', 2, 'fever', ['SEPSIS'], [30, 94]),
  present('Short of breath', 2, 'hypoxic', [], [40, 94]),
  present('Overdose, drowsy', 2, 'slow', ['1:1'], [16, 60]),
  present('GI bleed', 2, 'fast', ['NBM']),
  present('Fast palpitations', 2, 'fast'),
  present('Seizure, awake', 3, 'steady', ['FALL']),
  present('Abdominal pain', 3, 'pain', ['NBM'], [16, 85]),
  present('Asthma', 3, 'hypoxic', [], [8, 50]),
  present('Fall, hip pain', 3, 'pain', ['FALL'], [65, 96]),
  present('Pneumonia', 3, 'fever', ['ISO']),
  present('Renal colic', 3, 'pain', [], [20, 65]),
  present('High glucose', 3, 'fast'),
  present('Head injury', 3, 'steady', ['FALL']),
  present('Abdo pain, 30 wk', 3, 'pain', ['PREG'], [18, 42]),
  present('Syncope', 3, 'slow', ['FALL']),
  present('Feverish, vomiting', 3, 'fever', [], [1, 15]),
  present('Croup', 3, 'hypoxic', [], [1, 6]),
  present('Wrist injury', 4, 'pain', [], [6, 85]),
  present('Back pain', 4, 'pain', [], [20, 80]),
  present('Laceration, hand', 4, 'steady', [], [5, 75]),
  present('Urinary symptoms', 4, 'steady'),
  present('Gastroenteritis', 4, 'fever', ['ISO'], [2, 80]),
  present('Ankle sprain', 4, 'steady', [], [10, 65]),
  present('Rash and itching', 5, 'steady', [], [2, 80]),
  present('Sore throat', 5, 'steady', [], [4, 60]),
  present('Dressing change', 5, 'steady', [], [20, 90]),
  present('Prescription', 5, 'steady', [], [25, 85]),
];

const between = (random: Random, mean: number, deviation: number, least: number, most: number): number =>
  Math.round(Math.min(most, Math.max(least, random.gaussian(mean, deviation))));

type Baseline = Readonly<Record<'respiratoryRate' | 'spo2' | 'systolic' | 'diastolic' | 'heartRate' | 'temperature', number>>;

/** What a body does in a course of illness: mean values. */
export const courses: Readonly<Record<Course, Baseline>> = {
  steady: { respiratoryRate: 16, spo2: 97, systolic: 128, diastolic: 76, heartRate: 78, temperature: 36.8 },
  pain: { respiratoryRate: 18, spo2: 97, systolic: 142, diastolic: 84, heartRate: 90, temperature: 36.8 },
  fever: { respiratoryRate: 22, spo2: 95, systolic: 112, diastolic: 66, heartRate: 108, temperature: 38.7 },
  hypoxic: { respiratoryRate: 26, spo2: 91, systolic: 132, diastolic: 78, heartRate: 106, temperature: 37.2 },
  shock: { respiratoryRate: 25, spo2: 93, systolic: 92, diastolic: 54, heartRate: 122, temperature: 36.1 },
  fast: { respiratoryRate: 18, spo2: 97, systolic: 110, diastolic: 68, heartRate: 122, temperature: 36.9 },
  slow: { respiratoryRate: 12, spo2: 95, systolic: 108, diastolic: 64, heartRate: 54, temperature: 36.3 },
};

/** One set of observations for a course; now and then one value was not measured. */
export const drawVitals = (random: Random, { course, acuity }: Presentation): Vitals => {
  const mean = courses[course];
  const measured = (value: number) => (random.chance(0.03) ? null : value);
  return {
    respiratoryRate: measured(between(random, mean.respiratoryRate, 2, 6, 44)),
    spo2: measured(between(random, mean.spo2, 1.3, 72, 100)),
    oxygen: course === 'hypoxic' || acuity === 1 ? 'oxygen' : 'air',
    systolic: measured(between(random, mean.systolic, 11, 62, 230)),
    diastolic: measured(between(random, mean.diastolic, 7, 34, 130)),
    heartRate: measured(between(random, mean.heartRate, 9, 34, 190)),
    consciousness: acuity === 1 && random.chance(0.5) ? 'V' : random.chance(0.03) ? 'C' : 'A',
    temperature: Math.round(random.gaussian(mean.temperature, 0.35) * 10) / 10,
    pain: course === 'pain' ? random.int(4, 9) : random.int(0, 3),
    glucose: random.chance(0.4) ? Math.round(random.gaussian(6.8, 1.6) * 10) / 10 : null,
  };
};

const shares: readonly (readonly [Acuity, number])[] = [
  [1, 0.04],
  [2, 0.2],
  [3, 0.42],
  [4, 0.25],
  [5, 0.09],
];

/** Somebody who comes: for an ambulance the urgent reasons weigh more. */
export const drawPresentation = (random: Random, arrivalMode: 'walkIn' | 'ambulance'): Presentation => {
  let left = random.next() * (arrivalMode === 'ambulance' ? 0.8 : 1);
  const drawn = shares.find(([, share]) => {
    left -= share;
    return left < 0;
  });
  const acuity = drawn?.[0] ?? 3;
  return random.pick(presentations.filter((candidate) => candidate.acuity === acuity));
};

/** The presentation behind a complaint, however it was written; an unremarkable one for a person's own words. */
export const presentationOf = (complaint: string | null, acuity: Acuity | null): Presentation =>
  presentations.find((candidate) => candidate.complaint === complaint) ?? present(complaint ?? 'Unwell', acuity ?? 3, 'steady');

export type Person = Pick<Patient, 'name' | 'mrn' | 'birthDate' | 'ageYears' | 'ageEstimated' | 'sex' | 'allergies'>;

const allergens = ['Penicillin', 'Latex', 'Ibuprofen', 'Iodine contrast', 'Peanut', 'Sulfa'] as const;

/** A person of the ages of a presentation; one in thirty comes without a name. `year` is the present one. */
export const drawPerson = (random: Random, { ages, flags }: Presentation, year: number): Person => {
  const sex = flags.includes('PREG') || random.chance(0.5) ? 'female' : 'male';
  const age = random.int(...(ages as [number, number]));
  const unknown = random.chance(1 / 30) && age > 15;
  const birthDate = `${year - age - 1}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`;
  return {
    name: unknown ? null : drawName(random, sex),
    mrn: unknown ? null : String(random.int(1_000_000, 9_999_999)),
    birthDate: unknown ? null : birthDate,
    ageYears: age,
    ageEstimated: unknown,
    sex,
    allergies: random.chance(0.18) ? [random.pick(allergens)] : random.chance(0.75) ? [] : null,
  };
};
