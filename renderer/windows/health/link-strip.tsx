import { memo } from 'react';
import type { LinkSpan } from '#contracts/ipc/health.ts';
import type { Instant } from '#domain/model/values.ts';
import { clockText } from '../../ui/time.ts';
import { type StripState, segmentsOf } from './link-history.ts';
import { words } from './strings.ts';

const states: readonly StripState[] = ['live', 'late', 'stale', 'offline', 'off'];

/** What the heights and fills of the strips mean. */
export const StripLegend = () => (
  <ul className="linkstrip__legend">
    {states.map((state) => (
      <li key={state}>
        <span className="linkstrip__key">
          <i className={`is-${state}`} />
        </span>
        {words(`state.${state}`)}
      </li>
    ))}
    <li>
      <span className="linkstrip__key" />
      {words('state.unknown')}
    </li>
  </ul>
);

/**
 * How the link stood over `span` milliseconds up to `until`: live lies low, each worse state stands higher and fills more, a
 * time without Vigil is hatched, and where nothing is known nothing is drawn. Ticks every `every` milliseconds.
 */
export const LinkStrip = memo(
  ({
    title,
    spans,
    until,
    span,
    every,
    timeZone,
  }: {
    readonly title: string;
    readonly spans: readonly LinkSpan[];
    readonly until: Instant;
    readonly span: number;
    readonly every: number;
    readonly timeZone: string | null;
  }) => {
    const from = until - span;
    const ticks = Array.from({ length: Math.floor(span / every) }, (_, index) => from + index * every);
    return (
      <figure className="linkstrip">
        <figcaption className="cap">{title}</figcaption>
        <div className="linkstrip__track">
          {segmentsOf(spans, from, until).map(({ state, left, width }) => (
            <i key={`${state} ${left}`} className={`is-${state}`} style={{ left: `${left * 100}%`, width: `${width * 100}%` }} />
          ))}
        </div>
        <div className="linkstrip__ticks">
          {ticks.map((at) => (
            <span key={at} style={{ left: `${((at - from) / span) * 100}%` }}>
              {clockText(at, timeZone)}
            </span>
          ))}
          <span className="linkstrip__now">{words('now')}</span>
        </div>
      </figure>
    );
  },
);
