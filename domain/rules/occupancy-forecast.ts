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
export const FEWEST_DAYS = 3;
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
  Float64Array.from(values).sort()[Math.max(0, Math.ceil(share * values.length) - 1)] ?? 0;

/** One change of the past: from how many, to how many, and the time of day at which it began, in steps. */
type Change = { readonly slot: number; readonly then: number; readonly later: number };

const changesAhead = (present: ReadonlyMap<number, number>, ahead: number): readonly Change[] => {
  const changes: Change[] = [];
  for (const [step, then] of present) {
    const later = present.get(step + ahead);
    if (later !== undefined) changes.push({ slot: step % DAY_STEPS, then, later });
  }
  return changes;
};

/** What a department's counts let one expect of the next four hours. Samples may come in any order, with gaps. */
export const forecastPresent = (samples: Iterable<CapacitySample>): Forecast => {
  const inOrder = [...samples].sort((a, b) => a.at - b.at);
  const newest = inOrder.at(-1);
  if (!newest) return { status: 'unknown', days: 0 };
  const stepOf = ({ at }: CapacitySample): number => Math.round(at / SAMPLE_EVERY);
  const present = new Map(inOrder.map((sample) => [stepOf(sample), sample.present]));
  const slotNow = stepOf(newest) % DAY_STEPS;
  const points: ForecastPoint[] = [];
  let days = Number.POSITIVE_INFINITY;
  for (let ahead = 1; ahead <= FORECAST_STEPS; ahead += 1) {
    const changes = changesAhead(present, ahead);
    const [sums, counts] = [new Array<number>(DAY_STEPS).fill(0), new Array<number>(DAY_STEPS).fill(0)];
    for (const { slot, then, later } of changes) {
      sums[slot] = (sums[slot] ?? 0) + later - then;
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
    const [sum, count] = [sums[slotNow] ?? 0, counts[slotNow] ?? 0];
    days = Math.min(days, count);
    if (count < FEWEST_DAYS) return { status: 'unknown', days };
    const errors: number[] = [];
    const unchanged: number[] = [];
    for (const { slot, then, later } of changes) {
      const change = later - then;
      const others = (counts[slot] ?? 0) - 1;
      if (others < FEWEST_DAYS - 1) continue;
      errors.push(Math.abs(Math.max(0, then + ((sums[slot] ?? 0) - change) / others) - later));
      unchanged.push(Math.abs(change));
    }
    points.push({
      at: newest.at + ahead * SAMPLE_EVERY,
      expected: Math.max(0, newest.present + sum / count),
      within: centile(errors, SHARE_WITHIN),
      error: mean(errors),
      errorOfNoChange: mean(unchanged),
    });
  }
  return { status: 'known', from: { at: newest.at, present: newest.present }, days, points };
};

/** Whether past forecasts this far ahead were nearer than "nothing changes": otherwise nobody should rely on them. */
export const isBetterThanNoChange = ({ error, errorOfNoChange }: ForecastPoint): boolean => error < errorOfNoChange;
