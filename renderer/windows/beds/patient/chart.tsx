import { clockText } from '../../../ui/time.ts';
import { pathThrough, type TrendSample } from '../../../ui/trend.tsx';
import { p } from './strings.ts';

const width = 240;
const height = 44;

/** One value over the visit: marks where somebody measured, a line where a monitor did, the newest in figures. */
export const Chart = ({
  name,
  unit,
  least,
  decimals,
  marks,
  line,
  axis,
}: {
  readonly name: string;
  readonly unit: string;
  /** The smallest range of values drawn. */
  readonly least: number;
  readonly decimals: number;
  /** Oldest first; null is "not measured". */
  readonly marks: readonly TrendSample[];
  readonly line: readonly TrendSample[];
  readonly axis: { readonly from: number; readonly until: number; readonly timeZone: string | null };
}) => {
  const known = [...marks, ...line].flatMap(([at, value]) => (value === null ? [] : [[at, value] as const]));
  const newest = known.toSorted((a, b) => b[0] - a[0])[0];
  const values = known.map(([, value]) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = Math.max(60_000, axis.until - axis.from);
  const middle = (low + high) / 2;
  const range = Math.max(least, high - low);
  const x = (at: number): number => ((at - axis.from) / span) * (width - 8) + 4;
  const y = (value: number): number => height - 4 - ((value - (middle - range / 2)) / range) * (height - 8);
  const figure = (value: number): string => value.toFixed(decimals);
  const said = newest
    ? p('trendSaid', {
        name,
        value: figure(newest[1]),
        time: clockText(newest[0], axis.timeZone),
        count: values.length,
        low: figure(low),
        high: figure(high),
      })
    : `${name}: –`;
  const points = marks.flatMap(([at, value]) => (value === null ? [] : [{ at, x: x(at), y: y(value) }]));
  const drawn = line.map(([at, value]): TrendSample => [x(at), value === null ? null : y(value)]);
  return (
    <div className="measured">
      <span className="measured__name">
        {name}
        <span className="meta">{newest ? clockText(newest[0], axis.timeZone) : ''}</span>
      </span>
      <svg className="measured__plot" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={said}>
        <path className="measured__ground" d={`M0 ${height - 0.5}H${width}`} />
        <path className="measured__line" d={pathThrough(drawn)} />
        <path className="measured__steps" d={pathThrough(points.map((point): TrendSample => [point.x, point.y]))} />
        {/* A stroke without length is a dot that stays round however wide the plot is. */}
        <path className="measured__mark" d={points.map((point) => `M${point.x.toFixed(1)} ${point.y.toFixed(1)}h0`).join('')} />
      </svg>
      <span className="measured__value">
        <b className="num-plain">{newest ? figure(newest[1]) : '–'}</b> <span className="meta">{unit}</span>
      </span>
    </div>
  );
};
