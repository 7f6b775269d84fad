import type { ReactNode } from 'react';
import type { Instant } from '#domain/model/values.ts';
import { acrossOf, box, type Range, type Time, upOf } from './series.ts';

/** So near an end of the axis the words of an hour would stand over the edge. */
const edge = 0.03;
const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;

/** A frame of time for curves: values at the left, hours beneath, `children` drawn in the box of series.ts. */
export const TimeChart = ({
  name,
  time,
  range,
  ticks,
  label,
  marks = [],
  children,
  withTimes,
  isTall = false,
}: {
  readonly name: ReactNode;
  readonly time: Time;
  readonly range: Range;
  readonly ticks: readonly { readonly at: Instant; readonly text: string }[];
  /** What is drawn, in words. */
  readonly label: string;
  /** Lines across, each with its words at the right. */
  readonly marks?: readonly { readonly value: number; readonly text: string }[];
  readonly children: ReactNode;
  readonly withTimes: boolean;
  readonly isTall?: boolean;
}) => {
  const middle = (range.bottom + range.top) / 2;
  return (
    <div className={`chart${withTimes ? ' chart--times' : ''}${isTall ? ' chart--tall' : ''}`}>
      <div className="chart__name">{name}</div>
      <div className="chart__values meta" aria-hidden="true">
        {[range.top, middle, range.bottom].map((value) => (
          <span key={value} style={{ bottom: percent(upOf(value, range)) }}>
            {value}
          </span>
        ))}
      </div>
      <div className="chart__box">
        {ticks.map(({ at }) => (
          <i key={at} className="chart__hour" style={{ left: percent(acrossOf(at, time)) }} />
        ))}
        <svg viewBox={`0 0 ${box.width} ${box.height}`} preserveAspectRatio="none" role="img" aria-label={label}>
          {children}
        </svg>
        {marks.map(({ value, text }) => (
          <span key={text} className="chart__mark meta" style={{ bottom: percent(upOf(value, range)) }}>
            <span>{text}</span>
          </span>
        ))}
      </div>
      {withTimes ? (
        <div className="chart__times meta" aria-hidden="true">
          {ticks
            .filter(({ at }) => Math.abs(acrossOf(at, time) - 0.5) < 0.5 - edge)
            .map(({ at, text }) => (
              <span key={at} style={{ left: percent(acrossOf(at, time)) }}>
                {text}
              </span>
            ))}
        </div>
      ) : null}
    </div>
  );
};
