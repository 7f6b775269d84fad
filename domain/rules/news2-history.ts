import type { Encounter } from '../model/encounter.ts';
import type { Patient } from '../model/patient.ts';
import type { TriageAssessment } from '../model/triage-assessment.ts';
import type { Id } from '../model/values.ts';
import { news2, news2Applicability } from './news2.ts';

/** `total` null: nothing can be said. Not `complete`: `total` is the lowest it can be. `trend` null: nothing to compare with. */
export type VisitNews2 = {
  readonly total: number | null;
  readonly complete: boolean;
  readonly trend: 'rising' | 'falling' | 'steady' | null;
};

/** All assessments by visit, the newest first. */
export const assessmentsByVisit = (assessments: Iterable<TriageAssessment>): ReadonlyMap<Id, readonly TriageAssessment[]> => {
  const byVisit = new Map<Id, TriageAssessment[]>();
  for (const assessment of [...assessments].sort((left, right) => right.at - left.at)) {
    const visit = byVisit.get(assessment.encounterId);
    if (visit) visit.push(assessment);
    else byVisit.set(assessment.encounterId, [assessment]);
  }
  return byVisit;
};

/** NEWS2 of the newest assessment (`assessments` newest first) and where it goes against the one before; nothing under 16 or in pregnancy. */
export const visitNews2 = (
  patient: Patient | undefined,
  encounter: Encounter | undefined,
  assessments: readonly TriageAssessment[],
): VisitNews2 => {
  const [latest, before] = assessments;
  const pregnant = encounter?.flags.includes('PREG') ?? false;
  const applies = news2Applicability({ ageYears: patient?.ageYears ?? null, pregnant }) === 'applies';
  if (!latest || !applies) return { total: null, complete: false, trend: null };
  const score = news2(latest.vitals, latest.spo2Scale);
  if (score.status === 'incomplete') {
    return { total: score.parts.length === 0 ? null : score.lowest, complete: false, trend: null };
  }
  const earlier = before ? news2(before.vitals, before.spo2Scale) : null;
  if (earlier?.status !== 'complete') return { total: score.total, complete: true, trend: null };
  const trend = score.total > earlier.total ? 'rising' : score.total < earlier.total ? 'falling' : 'steady';
  return { total: score.total, complete: true, trend };
};
