import { useMemo } from 'react';
import type { CapacitySample } from '#domain/model/capacity-sample.ts';
import type { Instant } from '#domain/model/values.ts';
import { departureHorizon } from '#domain/rules/bed-board.ts';
import { SAMPLE_EVERY } from '#domain/rules/capacity-history.ts';
import {
  FEWEST_DAYS,
  FORECAST_STEPS,
  type Forecast,
  forecastPresent,
  isBetterThanNoChange,
} from '#domain/rules/occupancy-forecast.ts';
import { Void } from '../../../ui/controls.tsx';
import { clockText, momentText } from '../../../ui/time.ts';
import { localeNow } from '../../../ui/translate.ts';
import type { Counted } from './counted.ts';
import { acrossOf, bandPath, box, linePath, rangeOf, seriesOf, timeTicks } from './series.ts';
import { c } from './strings.ts';
import { TimeChart } from './time-chart.tsx';

/** A count older than this is no ground for what comes, milliseconds: one quarter of an hour was missed. */
const oldAfter = 2 * SAMPLE_EVERY;
const aheadMs = FORECAST_STEPS * SAMPLE_EVERY;
const tenth = (value: number): string => value.toFixed(1);
const whole = (value: number): string => String(Math.max(0, Math.round(value)));

const Curve = ({
  forecast,
  samples,
  staffed,
  timeZone,
}: {
  readonly forecast: Extract<Forecast, { status: 'known' }>;
  readonly samples: readonly CapacitySample[];
  readonly staffed: number | null;
  readonly timeZone: string | null;
}) => {
  const { from, points } = forecast;
  const time = { from: from.at - aheadMs, until: from.at + aheadMs };
  const past = seriesOf(samples, 'present', { from: time.from, until: from.at });
  const spanned = [
    { at: from.at, low: from.present, high: from.present },
    ...points.map(({ at, expected, within }) => ({ at, low: Math.max(0, expected - within), high: expected + within })),
  ];
  const range = rangeOf([
    ...past.flatMap(([, value]) => value ?? []),
    ...spanned.map(({ high }) => high),
    ...(staffed === null ? [] : [staffed]),
  ]);
  const across = (acrossOf(from.at, time) * box.width).toFixed(1);
  return (
    <TimeChart
      name={c('present')}
      time={time}
      range={range}
      ticks={timeTicks(time, 1, timeZone, localeNow())}
      label={c('forecastChart')}
      marks={staffed === null ? [] : [{ value: staffed, text: c('forecastBeds', { staffed }) }]}
      withTimes
      isTall
    >
      <path className="chart__band" d={bandPath(spanned, time, range)} />
      <path className="chart__now" d={`M${across} 0V${box.height}`} />
      <path className="chart__line" d={linePath(past, time, range)} />
      <path
        className="chart__line chart__line--expected"
        d={linePath([[from.at, from.present], ...points.map(({ at, expected }) => [at, expected] as const)], time, range)}
      />
    </TimeChart>
  );
};

const Known = ({
  forecast,
  timeZone,
}: {
  readonly forecast: Extract<Forecast, { status: 'known' }>;
  readonly timeZone: string | null;
}) => {
  const { points, days } = forecast;
  const last = points.at(-1);
  const hourly = points.filter((_, index) => (index + 1) % 4 === 0);
  if (!last) return null;
  return (
    <>
      <table className="table capacity__table">
        <thead>
          <tr>
            <th scope="col">{c('forecastAt')}</th>
            <th scope="col" className="r">
              {c('forecastExpected')}
            </th>
            <th scope="col" className="r">
              {c('forecastSpan')}
            </th>
            <th scope="col" className="r">
              {c('forecastOff')}
            </th>
          </tr>
        </thead>
        <tbody>
          {hourly.map(({ at, expected, within, error }) => (
            <tr key={at}>
              <td>{clockText(at, timeZone)}</td>
              <td className="r b">{whole(expected)}</td>
              <td className="r">
                {whole(expected - within)}–{whole(expected + within)}
              </td>
              <td className="r t2">{tenth(error)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="t2">{c('forecastModel', { days })}</p>
      <p className="t2">
        {c('forecastError', {
          error: tenth(last.error),
          unchanged: tenth(last.errorOfNoChange),
          within: tenth(last.within),
        })}
      </p>
      {isBetterThanNoChange(last) ? null : <p className="notice m">{c('forecastNoBetter')}</p>}
    </>
  );
};

const Beside = ({
  counted,
  inboundKnown,
  now,
  timeZone,
}: {
  readonly counted: Counted;
  readonly inboundKnown: boolean;
  readonly now: Instant;
  readonly timeZone: string | null;
}) => (
  <p className="capacity__beside">
    <span className="t3">{c('forecastKnown')}</span>{' '}
    {c('forecastLeaving', { count: counted.counts.expectedDepartures, time: clockText(now + departureHorizon, timeZone) })} ·{' '}
    {inboundKnown ? c('forecastInbound', counted.inbound) : c('forecastInboundUnknown')}
  </p>
);

/** What the next four hours may bring, how wrong that has been, and what is known besides. */
export const ForecastPanel = ({
  samples,
  counted,
  inboundKnown,
  now,
  timeZone,
}: {
  /** The same list until the department is counted again: the forecast is made once for it. */
  readonly samples: readonly CapacitySample[];
  readonly counted: Counted | null;
  readonly inboundKnown: boolean;
  readonly now: Instant;
  readonly timeZone: string | null;
}) => {
  const forecast = useMemo(() => forecastPresent(samples), [samples]);
  const newest = useMemo(() => samples.reduce((last, { at }) => Math.max(last, at), Number.NEGATIVE_INFINITY), [samples]);
  const isOld = now - newest > oldAfter;
  return (
    <section className="capacity__part" aria-label={c('forecast')}>
      <div className="capacity__head">
        <h3>{c('forecast')}</h3>
        {forecast.status === 'known' && !isOld ? (
          <span className="meta">{c('forecastNote', { time: clockText(forecast.from.at, timeZone), days: forecast.days })}</span>
        ) : null}
      </div>
      {samples.length === 0 ? (
        <Void kind="unknown" title={c('forecastNone')}>
          {c('noHistoryWhy')}
        </Void>
      ) : isOld ? (
        <Void kind="unknown" title={c('forecastOld', { time: momentText(newest, now, timeZone, localeNow()) })}>
          {c('forecastOldWhy')}
        </Void>
      ) : forecast.status === 'unknown' ? (
        <Void kind="unknown" title={c('forecastFew', { days: forecast.days, wanted: FEWEST_DAYS })}>
          {c('forecastFewWhy', { wanted: FEWEST_DAYS })}
        </Void>
      ) : (
        <>
          <Curve forecast={forecast} samples={samples} staffed={counted?.counts.staffed ?? null} timeZone={timeZone} />
          <Known forecast={forecast} timeZone={timeZone} />
        </>
      )}
      {counted ? <Beside counted={counted} inboundKnown={inboundKnown} now={now} timeZone={timeZone} /> : null}
    </section>
  );
};
