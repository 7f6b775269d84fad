import { memo } from 'react';
import type { Instant } from '#domain/model/values.ts';
import { type Nedocs, nedocsBase, overcrowdedAbove } from '#domain/rules/nedocs.ts';
import { keyCap } from '../../../ui/key-registry.ts';
import { t } from '../../../ui/translate.ts';
import { NedocsScale } from './nedocs-scale.tsx';
import { bandText, nedocsColumns, pointsText, signed } from './nedocs-text.ts';
import { box, linePath, type Point, rangeOf, spans } from './series.ts';
import { c } from './strings.ts';

/** The key that opens the history and the forecast. */
export const capacityKey = 'Alt+c';

const Spark = memo(({ points, until }: { readonly points: readonly Point[]; readonly until: Instant }) => {
  const range = rangeOf(points.flatMap(([, value]) => value ?? []));
  const time = { from: until - spans.day, until };
  return (
    <svg
      className="spark"
      viewBox={`0 0 ${box.width} ${box.height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={c('spark')}
    >
      <path d={linePath(points, time, range)} />
    </svg>
  );
});

/** The crowding score with its inputs; the number opens what is behind it. */
export const CrowdingCell = ({
  score,
  asOf,
  history,
  until,
  onOpen,
}: {
  readonly score: Nedocs;
  /** When the records were last told, where the link is lost. */
  readonly asOf: string | null;
  readonly history: readonly Point[];
  /** The right end of the history. */
  readonly until: Instant;
  readonly onOpen: () => void;
}) => {
  const value = score.status === 'complete' ? score.value : null;
  const shown = value === null ? '–' : Math.round(value);
  const band = bandText(score);
  const isLoud = value === null || value > overcrowdedAbove;
  return (
    <div className="cell cell--crowding">
      <button type="button" className="crowding" onClick={onOpen} aria-label={c('open', { value: shown, band })}>
        <span className="cap">{asOf === null ? 'NEDOCS' : `NEDOCS · ${asOf}`}</span>
        <span className="crowding__keys">
          {keyCap(capacityKey).map((cap) => (
            <kbd key={cap}>{cap}</kbd>
          ))}
        </span>
        <span className="hero">{shown}</span>
        {history.length === 0 ? null : <Spark points={history} until={until} />}
        <span className={isLoud ? 'meta notice m crowding__band' : 'meta crowding__band'}>{band}</span>
      </button>
      <div className="crowding__inputs">
        <dl>
          {nedocsColumns(score).map(({ input, of, text }) => (
            <div key={input}>
              <dt>{t(`beds.nedocs.${input}`)}</dt>
              <dd
                className={
                  score.status === 'incomplete' && of.some((one) => score.missing.includes(one)) ? 'notice m' : undefined
                }
              >
                {text}
              </dd>
              <dd className="b">{pointsText(score, input)}</dd>
            </div>
          ))}
          <div>
            <dt>{t('beds.nedocs.base')}</dt>
            <dd />
            <dd className="b">{signed(nedocsBase)}</dd>
          </div>
        </dl>
        <NedocsScale value={value} />
      </div>
    </div>
  );
};
