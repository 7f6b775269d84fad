import type { BoardSettings } from '../model/board-settings.ts';
import type { CapacitySample } from '../model/capacity-sample.ts';
import type { Surge } from '../model/surge.ts';
import type { Instant } from '../model/values.ts';
import type { Capacity } from './bed-board.ts';
import { SAMPLE_EVERY } from './capacity-history.ts';
import type { Nedocs } from './nedocs.ts';

type Threshold = BoardSettings['surge'][number];
/** Null is "not known". */
export type SurgeMeasures = Readonly<Record<Threshold['measure'], number | null>>;

export type SurgeState = {
  readonly threshold: Threshold;
  readonly value: number | null;
  /** `asks`: reached and nobody has done anything. `answered`: somebody has. `over`: below again, with actions that stand. */
  readonly state: 'asks' | 'answered' | 'over';
  readonly surge: Surge | undefined;
};

/** What thresholds are compared with. */
export const surgeMeasuresOf = (counts: Capacity, score: Nedocs): SurgeMeasures => ({
  nedocs: score.status === 'complete' ? score.value : null,
  occupancyPercent: counts.staffed === 0 ? null : (counts.occupied / counts.staffed) * 100,
  boarders: counts.boarders,
  waiting: counts.waiting,
  longestWaitMinutes: counts.longestWaitMs === null ? 0 : counts.longestWaitMs / 60_000,
});

const isAbove = (threshold: Threshold, value: number | null): boolean => value !== null && value > threshold.from;

const urgency: Readonly<Record<SurgeState['state'], number>> = { asks: 0, over: 1, answered: 2 };

/**
 * The thresholds that need somebody: those that ask first, then those that are over, each in the order of the settings. A measure
 * that is not known ends nothing and asks for nothing. Of two thresholds of one measure the higher one asks for both.
 */
export const surgesNow = (
  { surge: thresholds }: Pick<BoardSettings, 'surge'>,
  measures: SurgeMeasures,
  surges: Iterable<Surge>,
): readonly SurgeState[] => {
  const open = new Map([...surges].filter(({ ended }) => ended === null).map((surge) => [surge.code, surge]));
  const isSpokenFor = (lower: Threshold): boolean =>
    thresholds.some(
      (higher) => higher.measure === lower.measure && higher.from > lower.from && isAbove(higher, measures[higher.measure]),
    );
  return thresholds
    .flatMap((threshold): readonly SurgeState[] => {
      const value = measures[threshold.measure];
      const surge = open.get(threshold.code);
      if (surge) return [{ threshold, value, state: value === null || isAbove(threshold, value) ? 'answered' : 'over', surge }];
      return isAbove(threshold, value) && !isSpokenFor(threshold) ? [{ threshold, value, state: 'asks', surge }] : [];
    })
    .toSorted((a, b) => urgency[a.state] - urgency[b.state]);
};

const counted = (sample: CapacitySample, measure: Threshold['measure']): number | null => {
  if (measure === 'longestWaitMinutes') return null;
  if (measure === 'occupancyPercent') return sample.staffed === 0 ? null : (sample.occupied / sample.staffed) * 100;
  return sample[measure];
};

/**
 * Since which count the measure of a threshold has been above it without a break; null when the newest count does not say so, is
 * older than half an hour, or the measure is not among what is counted.
 */
export const aboveSince = (threshold: Threshold, samples: Iterable<CapacitySample>, now: Instant): Instant | null => {
  let since: Instant | null = null;
  for (const sample of [...samples].filter(({ at }) => at <= now).sort((a, b) => b.at - a.at)) {
    if ((since ?? now) - sample.at > 2 * SAMPLE_EVERY || !isAbove(threshold, counted(sample, threshold.measure))) break;
    since = sample.at;
  }
  return since;
};
