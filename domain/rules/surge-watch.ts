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
  /** `asks`: reached and nobody has done anything. `answered`: somebody has. `over`: well below again, with actions that stand. */
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
/** The value at and below which a threshold that was reached is over. */
export const overAt = ({ from, until }: Threshold): number => Math.min(from, until ?? from - 0.05 * Math.abs(from));

/** What was done and not taken back. */
export const standingActions = ({ actions }: Pick<Surge, 'actions'>): Surge['actions'] =>
  actions.filter(({ takenBack }) => takenBack === null);

const urgency: Readonly<Record<SurgeState['state'], number>> = { asks: 0, over: 1, answered: 2 };

/**
 * The thresholds that need somebody: those that ask first, then those that are over, each in the order of the settings. A threshold
 * once reached stays so until its measure has come down to where it is over: `asked` are the codes of those that asked before. A
 * measure that is not known ends nothing and asks for nothing. Of two thresholds of one measure the higher one asks for both.
 */
export const surgesNow = (
  { surge: thresholds }: Pick<BoardSettings, 'surge'>,
  measures: SurgeMeasures,
  surges: Iterable<Surge>,
  asked: ReadonlySet<string> = new Set(),
): readonly SurgeState[] => {
  const open = new Map(
    [...surges].filter((surge) => surge.ended === null && standingActions(surge).length > 0).map((surge) => [surge.code, surge]),
  );
  const isUp = (threshold: Threshold): boolean => {
    const value = measures[threshold.measure];
    const was = asked.has(threshold.code) || open.has(threshold.code);
    return isAbove(threshold, value) || (was && value !== null && value > overAt(threshold));
  };
  const isSpokenFor = (lower: Threshold): boolean =>
    thresholds.some((higher) => higher.measure === lower.measure && higher.from > lower.from && isUp(higher));
  return thresholds
    .flatMap((threshold): readonly SurgeState[] => {
      const value = measures[threshold.measure];
      const surge = open.get(threshold.code);
      if (surge) return [{ threshold, value, state: value === null || isUp(threshold) ? 'answered' : 'over', surge }];
      return isUp(threshold) && !isSpokenFor(threshold) ? [{ threshold, value, state: 'asks', surge }] : [];
    })
    .toSorted((a, b) => urgency[a.state] - urgency[b.state]);
};

const counted = (sample: CapacitySample, measure: Threshold['measure']): number | null => {
  if (measure === 'longestWaitMinutes') return null;
  if (measure === 'occupancyPercent') return sample.staffed === 0 ? null : (sample.occupied / sample.staffed) * 100;
  return sample[measure];
};

/**
 * Since which count the measure of a threshold has been reached without being over between; null when the counts do not say so, the
 * newest is older than half an hour, or the measure is not among what is counted.
 */
export const aboveSince = (threshold: Threshold, samples: Iterable<CapacitySample>, now: Instant): Instant | null => {
  let since: Instant | null = null;
  let before = now;
  for (const sample of [...samples].filter(({ at }) => at <= now).sort((a, b) => b.at - a.at)) {
    const value = counted(sample, threshold.measure);
    if (before - sample.at > 2 * SAMPLE_EVERY || value === null || value <= overAt(threshold)) break;
    before = sample.at;
    if (isAbove(threshold, value)) since = sample.at;
  }
  return since;
};

/**
 * The codes of the thresholds whose measure is between where they are over and where they ask, and that the counts say asked last:
 * so that every desk goes on asking, also one that was opened since. Samples are read only where there is such a threshold.
 */
export const askedByCounts = (
  { surge: thresholds }: Pick<BoardSettings, 'surge'>,
  measures: SurgeMeasures,
  samples: () => Iterable<CapacitySample>,
  now: Instant,
): ReadonlySet<string> => {
  const swaying = thresholds.filter((threshold) => {
    const value = measures[threshold.measure];
    return value !== null && value > overAt(threshold) && value <= threshold.from;
  });
  return new Set(swaying.filter((threshold) => aboveSince(threshold, samples(), now) !== null).map(({ code }) => code));
};
