/**
 * How many patients will be in the department in the next four hours: as many as now, plus what the same hours of the day brought
 * on earlier days, on average. A model that a charge nurse can check on a piece of paper. How wrong it has been is measured on the
 * past by leaving each day out in turn, beside the plainest answer there is: that nothing changes. Time of day is counted in whole
 * days of 24 hours, so that a change of the clocks shifts it by an hour for as long as the history remembers it.
 */
import type { CapacitySample } from '../model/capacity-sample.ts';
import type { Instant } from '../model/values.ts';
import { SAMPLE_EVERY } from './capacity-history.ts';

/** How far ahead, in quarters of an hour. */
export const FORECAST_STEPS = 16;
const DAY_STEPS = (24 * 3_600_000) / SAMPLE_EVERY;
/** Fewer earlier days say nothing about a usual day. */
const FEWEST_DAYS = 3;
/** Of the past forecasts this share was nearer than the span that is shown. */
const SHARE_WITHIN = 0.8;

export type ForecastPoint = {
  readonly at: Instant;
  /** patients in the department, not rounded, never below 0 */
  readonly expected: number;
  /** eight of ten past forecasts this far ahead were within `expected` ± `within` */
  readonly within: number;
  /** mean absolute error of past forecasts this far ahead, patients */
  readonly error: number;
  /** the same for "nothing changes" */
  readonly errorOfNoChange: number;
};
export type Forecast =
  | {
      readonly status: 'known';
      readonly from: { readonly at: Instant; readonly present: number };
      /** earlier days on which it stands */
      readonly days: number;
      readonly points: readonly ForecastPoint[];
    }
  /** fewer than three earlier days have been counted */
  | { readonly status: 'unknown'; readonly days: number };

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
/** The nearest-rank centile. */
const centile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)] ?? 0;

/** What a department's counts let one expect of the next four hours. Samples may come in any order, with gaps. */
export const forecastPresent = (samples: Iterable<CapacitySample>): Forecast => {
  const present = new Map<number, number>();
  let newest: CapacitySample | undefined;
  for (const sample of samples) {
    present.set(Math.round(sample.at / SAMPLE_EVERY), sample.present);
    if (!newest || sample.at > newest.at) newest = sample;
  }
  if (!newest) return { status: 'unknown', days: 0 };
  const now = Math.round(newest.at / SAMPLE_EVERY);
  const oldest = Math.min(...present.keys());
  /** Changes over `ahead` steps from a time of day on, one for each day before `before` that was counted at both ends. */
  const changesFrom = (step: number, ahead: number, before: number, without: number | null): readonly number[] => {
    const changes: number[] = [];
    for (let start = step - Math.ceil((step - oldest) / DAY_STEPS) * DAY_STEPS; start + ahead <= before; start += DAY_STEPS) {
      const [then, later] = [present.get(start), present.get(start + ahead)];
      if (start !== without && then !== undefined && later !== undefined) changes.push(later - then);
    }
    return changes;
  };
  const points: ForecastPoint[] = [];
  let days = Number.POSITIVE_INFINITY;
  for (let ahead = 1; ahead <= FORECAST_STEPS; ahead += 1) {
    const changes = changesFrom(now, ahead, now, null);
    days = Math.min(days, changes.length);
    if (changes.length < FEWEST_DAYS) return { status: 'unknown', days };
    const errors: number[] = [];
    const unchanged: number[] = [];
    for (const [step, then] of present) {
      const later = present.get(step + ahead);
      if (later === undefined) continue;
      const others = changesFrom(step, ahead, now, step);
      if (others.length < FEWEST_DAYS - 1) continue;
      errors.push(Math.abs(then + mean(others) - later));
      unchanged.push(Math.abs(later - then));
    }
    points.push({
      at: newest.at + ahead * SAMPLE_EVERY,
      expected: Math.max(0, newest.present + mean(changes)),
      within: centile(errors, SHARE_WITHIN),
      error: mean(errors),
      errorOfNoChange: mean(unchanged),
    });
  }
  return { status: 'known', from: { at: newest.at, present: newest.present }, days, points };
};
