import type { BoardSettings } from '../model/board-settings.ts';
import type { Surge } from '../model/surge.ts';
import type { Capacity } from './bed-board.ts';
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

/** The thresholds that need somebody, in the order of the settings. A measure that is not known ends nothing and asks for nothing. */
export const surgesNow = (
  { surge: thresholds }: Pick<BoardSettings, 'surge'>,
  measures: SurgeMeasures,
  surges: Iterable<Surge>,
): readonly SurgeState[] => {
  const open = new Map([...surges].filter(({ ended }) => ended === null).map((surge) => [surge.code, surge]));
  return thresholds.flatMap((threshold): readonly SurgeState[] => {
    const value = measures[threshold.measure];
    const surge = open.get(threshold.code);
    const isReached = value !== null && value > threshold.from;
    if (isReached || (surge && value === null)) return [{ threshold, value, state: surge ? 'answered' : 'asks', surge }];
    return surge ? [{ threshold, value, state: 'over', surge }] : [];
  });
};
