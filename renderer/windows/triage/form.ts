import type { Acuity } from '#domain/model/encounter.ts';
import type { Sex } from '#domain/model/patient.ts';
import { type Consciousness, type Vitals, vitalsSchema } from '#domain/model/triage-assessment.ts';
import type { Id } from '#domain/model/values.ts';

/** The triage form as typed: text stays text until it is read, so that nothing a nurse wrote is lost to a parser. */
export type TriageForm = {
  /** The waiting patient being triaged; null registers a new one. */
  readonly encounterId: Id | null;
  readonly family: string;
  readonly given: string;
  readonly age: string;
  readonly ageEstimated: boolean;
  readonly sex: Sex;
  readonly arrivalMode: 'walkIn' | 'ambulance';
  /** The call that brought a new patient; null when none did or nobody said so. */
  readonly incidentId: Id | null;
  readonly complaint: string;
  readonly place: string;
  /** Empty is not asked; `none` is asked, none known; otherwise a list parted by commas. */
  readonly allergies: string;
  readonly respiratoryRate: string;
  readonly spo2: string;
  readonly spo2Scale: 1 | 2;
  readonly oxygen: 'air' | 'oxygen' | null;
  /** `104/62`, or the systolic alone. */
  readonly pressure: string;
  readonly heartRate: string;
  readonly consciousness: Consciousness | null;
  readonly temperature: string;
  readonly pain: string;
  readonly glucose: string;
  readonly acuity: Acuity | null;
  readonly note: string;
};

export const emptyForm: TriageForm = {
  encounterId: null,
  family: '',
  given: '',
  age: '',
  ageEstimated: false,
  sex: 'unknown',
  arrivalMode: 'walkIn',
  incidentId: null,
  complaint: '',
  place: '',
  allergies: '',
  respiratoryRate: '',
  spo2: '',
  spo2Scale: 1,
  oxygen: null,
  pressure: '',
  heartRate: '',
  consciousness: null,
  temperature: '',
  pain: '',
  glucose: '',
  acuity: null,
  note: '',
};

const sexes: Readonly<Record<string, Sex>> = { M: 'male', F: 'female' };
/** What `78 F` or `~50 M`, as crews and callers say it, fills of a form. What begins otherwise fills nothing. */
export const whoIs = (told: string): Pick<TriageForm, 'age' | 'ageEstimated' | 'sex'> => {
  const [, about = '', age = '', sex = ''] = /^(~?)(\d{1,3})\s*([MF])?\b/.exec(told.trim()) ?? [];
  return { age, ageEstimated: about !== '', sex: sexes[sex] ?? 'unknown' };
};

/** A typed field that holds a number, and the measurement it fills. */
export const numberFields = {
  respiratoryRate: { unit: '/min', normal: [12, 20] },
  spo2: { unit: '%', normal: [96, 100] },
  heartRate: { unit: '/min', normal: [51, 90] },
  temperature: { unit: '°C', normal: [36.1, 38.0] },
  pain: { unit: '/10', normal: null },
  glucose: { unit: 'mmol/L', normal: null },
} as const satisfies Record<string, { readonly unit: string; readonly normal: readonly [number, number] | null }>;
export type NumberField = keyof typeof numberFields;

export type FieldProblem = { readonly code: 'notANumber' | 'outOfRange' | 'missing'; readonly range?: readonly [number, number] };

export type ReadForm = {
  readonly vitals: Vitals;
  readonly problems: Readonly<Partial<Record<NumberField | 'pressure' | 'age' | 'complaint', FieldProblem>>>;
  readonly age: number | null;
  readonly allergies: readonly string[] | null;
};

/** What an instrument or a hand can plausibly write, in the chart's units; the same bounds as the record's schema. */
const ranges: Readonly<Record<NumberField | 'systolic' | 'diastolic', readonly [number, number]>> = {
  respiratoryRate: [0, 120],
  spo2: [0, 100],
  heartRate: [0, 350],
  temperature: [20, 45],
  pain: [0, 10],
  glucose: [0, 60],
  systolic: [0, 350],
  diastolic: [0, 250],
};

const readNumber = (text: string, name: keyof typeof ranges): { value: number | null; problem?: FieldProblem } => {
  const trimmed = text.trim();
  if (trimmed === '') return { value: null };
  const value = Number(trimmed.replace(',', '.'));
  if (!Number.isFinite(value)) return { value: null, problem: { code: 'notANumber' } };
  if (!vitalsSchema.shape[name].safeParse(value).success)
    return { value: null, problem: { code: 'outOfRange', range: ranges[name] } };
  return { value };
};

/** Splits what was typed for allergies: null when not asked, empty when none known. */
export const readAllergies = (text: string): readonly string[] | null => {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (/^(none|no|nil|nkda|ninguna)$/i.test(trimmed)) return [];
  return trimmed
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
};

/** Reads the typed text into measurements; what cannot be read is null with its problem named, never zero. */
export const readForm = (form: TriageForm): ReadForm => {
  const problems: { -readonly [K in keyof ReadForm['problems']]: ReadForm['problems'][K] } = {};
  const number = (name: NumberField): number | null => {
    const { value, problem } = readNumber(form[name], name);
    if (problem) problems[name] = problem;
    return value;
  };
  const [systolicText = '', diastolicText = ''] = form.pressure.split('/');
  const systolic = readNumber(systolicText, 'systolic');
  const diastolic = readNumber(diastolicText, 'diastolic');
  const pressureProblem = systolic.problem ?? diastolic.problem;
  if (pressureProblem) problems.pressure = pressureProblem;
  const age = form.age.trim() === '' ? null : Number(form.age);
  const ageIsRead = age === null || (Number.isInteger(age) && age >= 0 && age <= 130);
  if (!ageIsRead) problems.age = { code: 'outOfRange', range: [0, 130] };
  if (form.complaint.trim() === '') problems.complaint = { code: 'missing' };
  return {
    vitals: {
      respiratoryRate: number('respiratoryRate'),
      spo2: number('spo2'),
      oxygen: form.oxygen,
      systolic: systolic.value,
      diastolic: diastolic.value,
      heartRate: number('heartRate'),
      consciousness: form.consciousness,
      temperature: number('temperature'),
      pain: number('pain'),
      glucose: number('glucose'),
    },
    problems,
    age: ageIsRead ? age : null,
    allergies: readAllergies(form.allergies),
  };
};

/** Whether a person wrote anything that would be missed. */
export const isWorthKeeping = (form: TriageForm): boolean =>
  Object.entries(emptyForm).some(([name, empty]) => name !== 'encounterId' && form[name as keyof TriageForm] !== empty);
