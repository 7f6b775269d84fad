import type { BoardSettings } from '../model/board-settings.ts';
import type { TriageAssessment } from '../model/triage-assessment.ts';
import type { Instant } from '../model/values.ts';
import { type News2Band, news2, news2Band } from './news2.ts';

/** When the next set of observations is due, and by which rule; `continuous` asks for a monitor. */
export type ObservationDue = {
  readonly at: Instant;
  readonly because: News2Band | 'incomplete';
  readonly continuous: boolean;
};

/**
 * When a patient must be observed again after the newest assessment, by the frequencies of NEWS2 (RCP 2017) as the site has set
 * them. An incomplete set counts by the lowest score the patient can have, and is never let go for longer than a single 3: what
 * was not measured may be bad.
 */
export const observationDue = (
  { at, vitals, spo2Scale }: Pick<TriageAssessment, 'at' | 'vitals' | 'spo2Scale'>,
  { observationMinutes }: Pick<BoardSettings, 'observationMinutes'>,
): ObservationDue => {
  const score = news2(vitals, spo2Scale);
  const band = news2Band(score);
  const incomplete = score.status === 'incomplete' && observationMinutes.single < observationMinutes[band];
  const minutes = observationMinutes[incomplete ? 'single' : band];
  return { at: at + minutes * 60_000, because: incomplete ? 'incomplete' : band, continuous: band === 'high' };
};
