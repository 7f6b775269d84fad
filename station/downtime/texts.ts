/** How the downtime pack writes what it says of a patient, a moment or a span. What is not known is a dash, never a zero. */
import type { Encounter } from '#domain/model/encounter.ts';
import type { Facility } from '#domain/model/facility.ts';
import type { Patient } from '#domain/model/patient.ts';
import type { TriageAssessment } from '#domain/model/triage-assessment.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import type { PackLanguage, PackWords } from './words.ts';

export const unknown = '–';
const minute = 60_000;

/** Those parts that say something, one below the other. */
export const lines = (...parts: readonly (string | null | false | undefined)[]): string => parts.filter(Boolean).join('\n');
/** Those parts that say something, in one line. */
export const listed = (...parts: readonly (string | null | false | undefined)[]): string => parts.filter(Boolean).join(', ');

/** `1:05` for an hour and five minutes, `0:07` for seven minutes; never negative. */
export const spanText = (milliseconds: number): string => {
  const minutes = Math.max(0, Math.floor(milliseconds / minute));
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
};

/** What every table of a pack is written with. */
export type Texts = {
  readonly words: PackWords;
  readonly facility: Facility | undefined;
  readonly visits: ReadonlyMap<Id, readonly TriageAssessment[]>;
  readonly time: (at: Instant | null) => string;
};

const locales: Readonly<Record<PackLanguage, string>> = { en: 'en-GB', es: 'es-UY' };

/** Moments in a time zone and a language. */
export const timesIn = (language: PackLanguage, timeZone: string, now: Instant) => {
  const zoned = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locales[language], { timeZone, hourCycle: 'h23', ...options });
  const day = zoned({ day: '2-digit', month: 'short', year: 'numeric' });
  const clock = zoned({ hour: '2-digit', minute: '2-digit' });
  const dated = zoned({ day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit' });
  const full = zoned({ day: '2-digit', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const today = day.format(now);
  return {
    /** The time of day; with its date when that is not today. */
    time: (at: Instant | null): string =>
      at === null ? unknown : day.format(at) === today ? clock.format(at) : dated.format(at),
    /** To the second, with its date. */
    moment: (at: Instant): string => full.format(at),
    full: (at: Instant): string => `${full.format(at)} (${timeZone})`,
  };
};

export const nameOf = (patient: Patient | undefined): string => {
  if (!patient) return unknown;
  return patient.name ? `${patient.name.family}, ${patient.name.given}` : patient.initials;
};

export const identityOf = (patient: Patient | undefined, { words }: Texts): string => {
  if (!patient) return unknown;
  const years =
    patient.ageYears === null ? null : `${patient.ageEstimated ? `${words.estimated} ` : ''}${patient.ageYears} ${words.years}`;
  return lines(patient.mrn, listed(patient.birthDate, years, words.sex[patient.sex]));
};

export const warningsOf = (encounter: Encounter, patient: Patient | undefined, { words }: Texts): string => {
  const allergies = patient?.allergies ?? null;
  const said =
    allergies === null
      ? patient?.name
        ? words.notAsked
        : null
      : allergies.length === 0
        ? words.noAllergies
        : `${words.allergy}: ${allergies.join(', ')}`;
  return lines(encounter.flags.join(' '), said);
};

export const levelOf = (encounter: Encounter, { words }: Texts): string =>
  encounter.acuity === null ? words.level0 : String(encounter.acuity);

/** The newest vital signs of a visit in one line, with their time. */
export const vitalsOf = (encounter: Encounter, texts: Texts): string => {
  const [newest] = texts.visits.get(encounter.id) ?? [];
  if (!newest) return unknown;
  const { vitals } = newest;
  const pressure = vitals.systolic === null ? null : `${vitals.systolic}/${vitals.diastolic ?? unknown}`;
  const each = (name: string, value: number | string | null): string | null => (value === null ? null : `${name} ${value}`);
  const breathes = vitals.oxygen === null ? '' : ` ${texts.words[vitals.oxygen]}`;
  const measured = listed(
    each(texts.words.heartRate, vitals.heartRate),
    each(texts.words.pressure, pressure),
    each(texts.words.respiratoryRate, vitals.respiratoryRate),
    vitals.spo2 === null ? null : `SpO2 ${vitals.spo2}${breathes}`,
    each('T', vitals.temperature),
    each('ACVPU', vitals.consciousness),
    each(texts.words.pain, vitals.pain),
  );
  return lines(texts.time(newest.at), measured);
};
