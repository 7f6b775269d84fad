/**
 * What was measured and decided at each triage, an Observation each. Codes are LOINC where LOINC has one for what is meant, with
 * units of UCUM, as the vital signs profiles of FHIR R4 ask; NEWS2, the triage level and air or oxygen have codes of our own.
 * NEWS2 is only there with every parameter measured, and never under 16 years or in pregnancy.
 */
import type { RecordView } from '#domain/model/record.ts';
import type { TriageAssessment, Vitals } from '#domain/model/triage-assessment.ts';
import type { Id } from '#domain/model/values.ts';
import { news2, news2Applicability } from '#domain/rules/news2.ts';
import {
  type Coding,
  codeSystems,
  concept,
  type Department,
  type Fields,
  instantText,
  type RecordKey,
  type Resource,
  resource,
} from './resource.ts';

const loinc = (code: string, display: string): Coding => ({ system: codeSystems.loinc, code, display });
const own = (code: string): Coding => ({ system: codeSystems.ownObservation, code });

export type Category = 'vital-signs' | 'exam' | 'laboratory' | 'survey';
const categoryWords: Readonly<Record<Category, string>> = {
  'vital-signs': 'Vital Signs',
  exam: 'Exam',
  laboratory: 'Laboratory',
  survey: 'Survey',
};

type Unit = readonly [ucum: string, written: string];
const quantity = (value: number, [code, unit]: Unit): Fields => ({
  valueQuantity: { value, unit, system: codeSystems.ucum, code },
});

const consciousness = {
  A: 'Alert',
  C: 'New confusion',
  V: 'Responds to voice',
  P: 'Responds to pain',
  U: 'Unresponsive',
} as const;

const pressure = ({ systolic, diastolic }: Vitals): Fields | null => {
  if (systolic === null && diastolic === null) return null;
  const part = (code: Coding, value: number | null): Fields => ({
    code: concept([code]),
    ...(value === null
      ? { dataAbsentReason: concept([{ system: codeSystems.absent, code: 'not-performed', display: 'Not Performed' }]) }
      : quantity(value, ['mm[Hg]', 'mmHg'])),
  });
  return {
    component: [
      part(loinc('8480-6', 'Systolic blood pressure'), systolic),
      part(loinc('8462-4', 'Diastolic blood pressure'), diastolic),
    ],
  };
};

const newsTotal = (view: RecordView, { encounterId, vitals, spo2Scale }: TriageAssessment): number | null => {
  const encounter = view.get('encounter', encounterId);
  const patient = encounter && view.get('patient', encounter.patientId);
  const pregnant = encounter?.flags.includes('PREG') ?? false;
  if (news2Applicability({ ageYears: patient?.ageYears ?? null, pregnant }) !== 'applies') return null;
  const score = news2(vitals, spo2Scale);
  return score.status === 'complete' ? score.total : null;
};

type Measure = {
  /** the end of the resource's id */
  readonly name: string;
  readonly codings: readonly Coding[];
  readonly category: Category;
  /** its value as fields; null when it was not measured */
  readonly value: (assessment: TriageAssessment, view: RecordView) => Fields | null;
};

const measured = (
  name: string,
  codings: readonly Coding[],
  of: (vitals: Vitals) => number | null,
  unit: Unit,
  category: Category = 'vital-signs',
): Measure => ({
  name,
  codings,
  category,
  value: ({ vitals }) => {
    const value = of(vitals);
    return value === null ? null : quantity(value, unit);
  },
});

/** Every Observation that a triage can have, in the order of their names. */
export const measures: readonly Measure[] = [
  {
    name: 'acuity',
    codings: [own('acuity')],
    category: 'survey',
    value: ({ acuity }) => ({
      valueCodeableConcept: concept([{ system: codeSystems.ownAcuity, code: String(acuity) }], `Triage level ${acuity}`),
    }),
  },
  {
    name: 'bp',
    codings: [loinc('85354-9', 'Blood pressure panel with all children optional')],
    category: 'vital-signs',
    value: ({ vitals }) => pressure(vitals),
  },
  {
    name: 'consciousness',
    codings: [loinc('67775-7', 'Level of responsiveness')],
    category: 'exam',
    value: ({ vitals }) =>
      vitals.consciousness && {
        valueCodeableConcept: concept([own(vitals.consciousness)], consciousness[vitals.consciousness]),
      },
  },
  measured(
    'glucose',
    [loinc('15074-8', 'Glucose [Moles/volume] in Blood')],
    ({ glucose }) => glucose,
    ['mmol/L', 'mmol/L'],
    'laboratory',
  ),
  measured('hr', [loinc('8867-4', 'Heart rate')], ({ heartRate }) => heartRate, ['/min', 'beats/minute']),
  {
    name: 'news2',
    codings: [own('news2')],
    category: 'survey',
    value: (assessment, view) => {
      const total = newsTotal(view, assessment);
      return total === null ? null : { valueInteger: total };
    },
  },
  {
    name: 'oxygen',
    codings: [own('oxygen')],
    category: 'exam',
    value: ({ vitals }) =>
      vitals.oxygen && {
        valueCodeableConcept: concept([own(vitals.oxygen)], vitals.oxygen === 'air' ? 'On air' : 'On oxygen'),
      },
  },
  measured(
    'pain',
    [loinc('72514-3', 'Pain severity - 0-10 verbal numeric rating [Score] - Reported')],
    ({ pain }) => pain,
    ['{score}', 'score'],
    'survey',
  ),
  measured('rr', [loinc('9279-1', 'Respiratory rate')], ({ respiratoryRate }) => respiratoryRate, ['/min', 'breaths/minute']),
  measured(
    'spo2',
    [
      loinc('2708-6', 'Oxygen saturation in Arterial blood'),
      loinc('59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry'),
    ],
    ({ spo2 }) => spo2,
    ['%', '%'],
  ),
  measured('temp', [loinc('8310-5', 'Body temperature')], ({ temperature }) => temperature, ['Cel', 'Cel']),
];

/** One thing that was measured or decided at one triage. */
export type Observed = { readonly assessment: TriageAssessment; readonly measure: Measure; readonly value: Fields };

/** The id of an Observation: its triage's, and what it is of. */
export const observationId = ({ assessment, measure }: Observed): string => `${assessment.id}.${measure.name}`;

/** What a triage observed; nothing for what was not measured. */
export const observedAt = (view: RecordView, assessment: TriageAssessment): readonly Observed[] =>
  measures.flatMap((measure) => {
    const value = measure.value(assessment, view);
    return value ? [{ assessment, measure, value }] : [];
  });

/** The patient of a triage; undefined when the visit is not known here any more. */
export const patientOf = (view: RecordView, { encounterId }: TriageAssessment): Id | undefined =>
  view.get('encounter', encounterId)?.patientId;

/** One measurement, or decision, of one triage. */
export const observationResource = ({ view, versionOf }: Department, observed: Observed): Resource => {
  const { assessment, measure, value } = observed;
  const encounter = view.get('encounter', assessment.encounterId);
  const patient = encounter && view.get('patient', encounter.patientId);
  const contributing: readonly RecordKey[] = [assessment, ...(encounter ? [encounter] : []), ...(patient ? [patient] : [])];
  return resource('Observation', observationId(observed), versionOf(contributing), {
    status: 'final',
    category: [
      concept([{ system: codeSystems.observationCategory, code: measure.category, display: categoryWords[measure.category] }]),
    ],
    code: concept(measure.codings, measure.name === 'news2' ? 'NEWS2' : measure.name === 'acuity' ? 'Triage level' : undefined),
    subject: encounter && { reference: `Patient/${encounter.patientId}` },
    encounter: { reference: `Encounter/${assessment.encounterId}` },
    effectiveDateTime: instantText(assessment.at),
    performer: [{ display: assessment.by.name }],
    ...value,
  });
};
