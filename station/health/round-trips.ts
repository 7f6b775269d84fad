import type { Health } from '#contracts/ipc/health.ts';
import type { Instant } from '#domain/model/values.ts';

/** The answered heartbeats of the last minute. */
export type RoundTrips = {
  /** An answer came at this server time after so many milliseconds. */
  readonly answered: (roundTrip: number, at: Instant) => void;
  readonly summary: (now: Instant) => Health['link']['roundTrip'];
};

const MINUTE = 60_000;

export const createRoundTrips = (): RoundTrips => {
  let answers: readonly { readonly at: Instant; readonly took: number }[] = [];
  const recent = (now: Instant): typeof answers => answers.filter(({ at }) => at > now - MINUTE);
  return {
    answered: (took, at) => {
      answers = [...recent(at), { at, took }];
    },
    summary: (now) => {
      const times = recent(now).map(({ took }) => took);
      const last = times.at(-1);
      const sorted = [...times].sort((a, b) => a - b);
      const median = sorted[Math.floor(sorted.length / 2)];
      const worst = sorted.at(-1);
      return last === undefined || median === undefined || worst === undefined
        ? null
        : { last, median, worst, count: times.length };
    },
  };
};
