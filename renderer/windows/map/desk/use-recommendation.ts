import { useEffect, useState } from 'react';
import type { RecommendAnswer, RecommendHospitalAnswer } from '#contracts/ipc/dispatch-desk.ts';
import type { Id, Position } from '#domain/model/values.ts';
import { useClient } from '../../../state/hooks.ts';

export type Ranking = Extract<RecommendAnswer, { state: 'ranked' }>;
export type HospitalRanking = Extract<RecommendHospitalAnswer, { state: 'ranked' }>;
export type Asked<T> = { readonly ranking: T | null; readonly problem: string | null };

/** A list that is looked at is asked for again so often, milliseconds; one that is not known yet sooner. */
const again = { known: 5_000, unknown: 400 };

/** Asks until it is left. The last good answer stands while a new one fails. */
const useAsked = <T extends { readonly state: 'ranked' }>(
  ask: () => Promise<T | { readonly state: 'unknownIncident' }>,
  key: string,
): Asked<T> => {
  const [asked, setAsked] = useState<Asked<T>>({ ranking: null, problem: null });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for what is asked
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const next = async (): Promise<void> => {
      const answer = await ask().catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
      if (isOver) return;
      if (typeof answer === 'string') setAsked(({ ranking }) => ({ ranking, problem: answer }));
      else if (answer.state === 'ranked') setAsked({ ranking: answer, problem: null });
      timer = setTimeout(next, typeof answer !== 'string' && answer.state === 'ranked' ? again.known : again.unknown);
    };
    void next();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [key]);
  return asked;
};

/** Units for an incident, ranked by the station. */
export const useRecommendation = (incidentId: Id): Asked<Ranking> => {
  const client = useClient();
  return useAsked<Ranking>(() => client.recommend(incidentId), incidentId);
};

/** Hospitals for the patient of an incident, ranked by the station from where the unit was when it was asked. */
export const useHospitalRanking = (incidentId: Id, from: () => Position | null): Asked<HospitalRanking> => {
  const client = useClient();
  return useAsked<HospitalRanking>(() => client.recommendHospital(incidentId, from()), incidentId);
};
