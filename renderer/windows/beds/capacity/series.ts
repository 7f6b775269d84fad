/** What was counted, laid out over time. A quarter of an hour that was not counted is a gap, never a line across it. */
import type { CapacitySample } from '#domain/model/capacity-sample.ts';
import type { Instant } from '#domain/model/values.ts';
import { SAMPLE_EVERY } from '#domain/rules/capacity-history.ts';
import { clockText, dayText } from '../../../ui/time.ts';

const HOUR = 3_600_000;

export const measures = ['nedocs', 'present', 'boarders'] as const;
export type Measure = (typeof measures)[number];
export const spans = { day: 24 * HOUR, week: 7 * 24 * HOUR } as const;
export type SpanName = keyof typeof spans;
/** Null is a gap. */
export type Point = readonly [at: Instant, value: number | null];
export type Range = { readonly bottom: number; readonly top: number };
/** What stands on one axis of time, milliseconds of server time. */
export type Time = { readonly from: Instant; readonly until: Instant };

/** One measure over `time`, oldest first. */
export const seriesOf = (samples: Iterable<CapacitySample>, measure: Measure, { from, until }: Time): readonly Point[] => {
  const points: Point[] = [];
  let before: Instant | null = null;
  for (const sample of [...samples].filter(({ at }) => at >= from && at <= until).sort((a, b) => a.at - b.at)) {
    if (before !== null && sample.at - before > 1.5 * SAMPLE_EVERY) points.push([before + SAMPLE_EVERY, null]);
    points.push([sample.at, sample[measure]]);
    before = sample.at;
  }
  return points;
};

const steps = [1, 2, 4, 5, 10] as const;
/** A range that holds these values and begins at zero unless one is below; its ends and its middle are whole numbers. */
export const rangeOf = (values: readonly number[]): Range => {
  const reach = Math.max(4, ...values);
  const power = 10 ** Math.floor(Math.log10(reach));
  const top = (steps.find((step) => step * power >= reach) ?? 10) * power;
  return { bottom: Math.min(0, Math.floor(Math.min(0, ...values) / 20) * 20), top };
};

/** The box into which paths are drawn: as wide and as high as this, stretched to where they stand. */
export const box = { width: 1000, height: 100 } as const;
export const acrossOf = (at: Instant, { from, until }: Time): number => (at - from) / (until - from);
export const upOf = (value: number, { bottom, top }: Range): number => (value - bottom) / (top - bottom);
const dot = (at: Instant, value: number, time: Time, range: Range): string =>
  `${(acrossOf(at, time) * box.width).toFixed(1)} ${((1 - upOf(value, range)) * box.height).toFixed(1)}`;

/** The path of a line; a value that stands alone is a dot. */
export const linePath = (points: readonly Point[], time: Time, range: Range): string =>
  points
    .map(([at, value], index) => {
      if (value === null) return '';
      const here = dot(at, value, time, range);
      const isFirst = (points[index - 1]?.[1] ?? null) === null;
      return isFirst ? `M${here}L${here}` : `L${here}`;
    })
    .join('');

/** The closed path between two lines of the same moments. */
export const bandPath = (
  points: readonly { readonly at: Instant; readonly low: number; readonly high: number }[],
  time: Time,
  range: Range,
): string =>
  points.length === 0
    ? ''
    : `M${points.map(({ at, high }) => dot(at, high, time, range)).join('L')}L${points
        .toReversed()
        .map(({ at, low }) => dot(at, low, time, range))
        .join('L')}Z`;

/** Full hours by the clock of the site that `every` divides, with their text; midnights with their day where `every` is 24. */
export const timeTicks = (
  { from, until }: Time,
  every: number,
  timeZone: string | null,
  locale: string,
): readonly { readonly at: Instant; readonly text: string }[] => {
  const ticks: { readonly at: Instant; readonly text: string }[] = [];
  for (let at = Math.ceil(from / SAMPLE_EVERY) * SAMPLE_EVERY; at <= until; at += SAMPLE_EVERY) {
    const clock = clockText(at, timeZone);
    if (clock.endsWith(':00') && Number(clock.slice(0, 2)) % every === 0)
      ticks.push({ at, text: every === 24 ? dayText(at, timeZone, locale) : clock });
  }
  return ticks;
};

export type TableRow = { readonly at: Instant } & Readonly<Record<Measure, number | null>>;
/** The counts at every full `hours`, newest first; null where there was none. */
export const tableRows = (samples: Iterable<CapacitySample>, { from, until }: Time, hours: number): readonly TableRow[] => {
  const byTime = new Map([...samples].map((sample) => [sample.at, sample]));
  const rows: TableRow[] = [];
  for (let at = Math.floor(until / (hours * HOUR)) * hours * HOUR; at >= from; at -= hours * HOUR) {
    const sample = byTime.get(at);
    rows.push({ at, nedocs: sample?.nedocs ?? null, present: sample?.present ?? null, boarders: sample?.boarders ?? null });
  }
  return rows;
};
