import { memo } from 'react';

/** One sample of a line: [time, value]; null is a gap, drawn as a gap. */
export type TrendSample = readonly [at: number, value: number | null];

/** A path through points [x, y] in the units of the drawing; a null breaks it. */
export const pathThrough = (points: readonly TrendSample[]): string => {
  const parts: string[] = [];
  let drawing = false;
  for (const [x, y] of points) {
    if (y === null) drawing = false;
    else {
      parts.push(`${drawing ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`);
      drawing = true;
    }
  }
  return parts.join('');
};

/**
 * The path of a line in a `width`×`height` box: time runs over the last `span` milliseconds before `until`, values over
 * [low, high] widened to at least `least`. Gaps break the line.
 */
export const trendPath = (
  samples: readonly TrendSample[],
  {
    until,
    span,
    width,
    height,
    least,
    limit,
  }: {
    readonly until: number;
    readonly span: number;
    readonly width: number;
    readonly height: number;
    readonly least: number;
    readonly limit: number | null;
  },
): { readonly line: string; readonly limitAt: number | null } => {
  const from = until - span;
  const inside = samples.filter(([at]) => at >= from && at <= until);
  const values = inside.flatMap(([, value]) => (value === null ? [] : [value]));
  if (values.length === 0) return { line: '', limitAt: null };
  const all = limit === null ? values : [...values, limit];
  const middle = (Math.max(...all) + Math.min(...all)) / 2;
  const range = Math.max(least, Math.max(...all) - Math.min(...all));
  const y = (value: number): number => height - 2 - ((value - (middle - range / 2)) / range) * (height - 4);
  const points = inside.map(([at, value]): TrendSample => [((at - from) / span) * width, value === null ? null : y(value)]);
  return { line: pathThrough(points), limitAt: limit === null ? null : y(limit) };
};

/** A quiet line of a value over time, with its alarm limit dashed. `span` in milliseconds, `least` the smallest range of values drawn. */
export const TrendLine = memo(
  ({
    samples,
    until,
    span,
    least,
    limit = null,
    label,
  }: {
    readonly samples: readonly TrendSample[];
    readonly until: number;
    readonly span: number;
    readonly least: number;
    readonly limit?: number | null;
    readonly label: string;
  }) => {
    const { line, limitAt } = trendPath(samples, { until, span, width: 240, height: 40, least, limit });
    return (
      <svg className="trend" viewBox="0 0 240 40" preserveAspectRatio="none" role="img" aria-label={label}>
        {limitAt === null ? null : <path className="trend__limit" d={`M0 ${limitAt.toFixed(1)}H240`} />}
        <path className="trend__line" d={line} />
      </svg>
    );
  },
);
