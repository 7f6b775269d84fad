import { useMemo, useState } from 'react';
import type { CapacitySample } from '#domain/model/capacity-sample.ts';
import type { Instant } from '#domain/model/values.ts';
import { Button, Void } from '../../../ui/controls.tsx';
import { clockText, momentText } from '../../../ui/time.ts';
import { localeNow } from '../../../ui/translate.ts';
import {
  linePath,
  type Measure,
  measures,
  type Point,
  rangeOf,
  type SpanName,
  seriesOf,
  spans,
  tableRows,
  timeTicks,
} from './series.ts';
import { c } from './strings.ts';
import { TimeChart } from './time-chart.tsx';

const spanNames = ['day', 'week'] as const satisfies readonly SpanName[];
const tickHours: Readonly<Record<SpanName, number>> = { day: 4, week: 24 };
const rowHours: Readonly<Record<SpanName, number>> = { day: 1, week: 6 };
const whole = (value: number | null): string => (value === null ? '–' : String(Math.round(value)));

const inWords = (measure: Measure, points: readonly Point[], span: SpanName): string => {
  const of = { name: c(measure), span: c(span) };
  const known = points.flatMap(([, value]) => value ?? []);
  if (known.length === 0) return c('saidNone', of);
  const total = Math.round(spans[span] / 900_000);
  const said = c('said', {
    ...of,
    low: whole(Math.min(...known)),
    high: whole(Math.max(...known)),
    last: whole(points.at(-1)?.[1] ?? null),
  });
  return known.length >= total ? said : `${said}. ${c('saidGaps', { count: total - known.length, total })}`;
};

export type HistoryView = { readonly span: SpanName; readonly isTable: boolean };
/** How the history is looked at, with the gestures that change it. */
export const useHistoryView = () => {
  const [view, setView] = useState<HistoryView>({ span: 'day', isTable: false });
  return {
    view,
    setSpan: (span: SpanName) => setView((before) => ({ ...before, span })),
    turn: () => setView((before) => ({ ...before, isTable: !before.isTable })),
  };
};

/** Crowding, patients and boarders of the last day or week on one axis of time, as curves or as a table. */
export const HistoryPanel = ({
  samples,
  until,
  timeZone,
  looked,
}: {
  readonly samples: readonly CapacitySample[];
  readonly until: Instant;
  readonly timeZone: string | null;
  readonly looked: ReturnType<typeof useHistoryView>;
}) => {
  const { span, isTable } = looked.view;
  const { series, ticks, time } = useMemo(() => {
    const within = { from: until - spans[span], until };
    return {
      time: within,
      series: measures.map((measure) => ({ measure, points: seriesOf(samples, measure, within) })),
      ticks: timeTicks(within, tickHours[span], timeZone, localeNow()),
    };
  }, [samples, span, until, timeZone]);
  const isEmpty = series.every(({ points }) => points.length === 0);
  return (
    <section className="capacity__part capacity__history" aria-label={c('history')}>
      <div className="capacity__head">
        <h3>{c('history')}</h3>
        {spanNames.map((name, index) => (
          <button
            key={name}
            type="button"
            className="btn btn--touch"
            aria-pressed={name === span}
            onClick={() => looked.setSpan(name)}
          >
            <kbd>{index + 1}</kbd>
            {c(name)}
          </button>
        ))}
        <span className="grow" />
        <Button touch keyName="t" onPress={looked.turn}>
          {c(isTable ? 'asCurves' : 'asTable')}
        </Button>
      </div>
      {isEmpty ? (
        <Void kind="none" title={c('noHistory')}>
          {c('noHistoryWhy')}
        </Void>
      ) : isTable ? (
        <table className="table capacity__table">
          <thead>
            <tr>
              <th scope="col">{c('time')}</th>
              {measures.map((measure) => (
                <th key={measure} scope="col" className="r">
                  {c(measure)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tableRows(samples, time, rowHours[span]).map(({ at, ...values }) => (
              <tr key={at}>
                <td>{span === 'day' ? clockText(at, timeZone) : momentText(at, until, timeZone, localeNow())}</td>
                {measures.map((measure) => (
                  <td key={measure} className="r">
                    {whole(values[measure])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        series.map(({ measure, points }, index) => {
          const range = rangeOf(points.flatMap(([, value]) => value ?? []));
          const last = points.at(-1)?.[1] ?? null;
          return (
            <TimeChart
              key={measure}
              name={
                <>
                  {c(measure)} <b className="num">{whole(last)}</b>
                </>
              }
              time={time}
              range={range}
              ticks={ticks}
              label={inWords(measure, points, span)}
              withTimes={index === series.length - 1}
            >
              <path className="chart__line" d={linePath(points, time, range)} />
            </TimeChart>
          );
        })
      )}
    </section>
  );
};
