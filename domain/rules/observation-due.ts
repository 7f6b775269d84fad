import type { BoardSettings } from '../model/board-settings.ts';
import type { Encounter } from '../model/encounter.ts';
import type { Patient } from '../model/patient.ts';
import type { TriageAssessment } from '../model/triage-assessment.ts';
import type { Instant } from '../model/values.ts';
import { type News2Band, news2, news2Applicability, news2Band } from './news2.ts';

/** When the next set of observations is due, and by which rule; `continuous` asks for a monitor. */
export type ObservationDue = {
  readonly at: Instant;
  readonly because: News2Band | 'incomplete' | 'level';
  readonly continuous: boolean;
};

/**
 * When a patient must be observed again after the newest assessment, by the frequencies of NEWS2 (RCP 2017) as the site has set
 * them. An incomplete set counts by the lowest score the patient can have, and is never let go for longer than a single 3: what
 * was not measured may be bad. Under 16 years and in pregnancy NEWS2 says nothing (RCP 2017): then the site's interval for the triage
 * level counts, and null says that there is none.
 */
export const observationDue = (
  { at, vitals, spo2Scale }: Pick<TriageAssessment, 'at' | 'vitals' | 'spo2Scale'>,
  {
    patient,
    encounter,
  }: {
    readonly patient: Pick<Patient, 'ageYears'> | undefined;
    readonly encounter: Pick<Encounter, 'flags' | 'acuity'> | undefined;
  },
  { observationMinutes, levelObservationMinutes }: Pick<BoardSettings, 'observationMinutes' | 'levelObservationMinutes'>,
): ObservationDue | null => {
  const pregnant = encounter?.flags.includes('PREG') ?? false;
  if (news2Applicability({ ageYears: patient?.ageYears ?? null, pregnant }) !== 'applies') {
    const acuity = encounter?.acuity ?? null;
    const byLevel = acuity === null ? null : (levelObservationMinutes?.[acuity - 1] ?? null);
    return byLevel === null ? null : { at: at + byLevel * 60_000, because: 'level', continuous: false };
  }
  const score = news2(vitals, spo2Scale);
  const band = news2Band(score);
  const incomplete = score.status === 'incomplete' && observationMinutes.single < observationMinutes[band];
  const minutes = observationMinutes[incomplete ? 'single' : band];
  return { at: at + minutes * 60_000, because: incomplete ? 'incomplete' : band, continuous: band === 'high' };
};
