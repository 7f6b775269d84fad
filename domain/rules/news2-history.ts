import type { TriageAssessment } from '../model/triage-assessment.ts';
import type { Id, Instant } from '../model/values.ts';
import { type News2, news2 } from './news2.ts';

/** The newest NEWS2 of a visit and how it moved since the one before; `trend` null when there is nothing to compare. */
export type News2Latest = { readonly score: News2; readonly at: Instant; readonly trend: 'rising' | 'falling' | 'steady' | null };

const trendOf = (before: News2 | undefined, latest: News2): News2Latest['trend'] => {
  if (before?.status !== 'complete' || latest.status !== 'complete') return null;
  return latest.total > before.total ? 'rising' : latest.total < before.total ? 'falling' : 'steady';
};

/** The newest NEWS2 by encounter id, from all assessments in any order. */
export const latestNews2 = (assessments: Iterable<TriageAssessment>): ReadonlyMap<Id, News2Latest> => {
  const latest = new Map<Id, News2Latest>();
  for (const { encounterId, at, vitals, spo2Scale } of [...assessments].sort((left, right) => left.at - right.at)) {
    const score = news2(vitals, spo2Scale);
    latest.set(encounterId, { score, at, trend: trendOf(latest.get(encounterId)?.score, score) });
  }
  return latest;
};
