import type { Handover } from '#domain/model/handover.ts';
import { Button } from '../../../ui/controls.tsx';
import { ChangeChip } from './parts.tsx';
import { reasonsText } from './sentences.ts';
import { h } from './strings.ts';

/** One point after the other, large enough to be read by two. */
export const SpeakThrough = ({
  handover,
  at,
  unspokenSame,
  onSpoken,
  onMove,
  onAllSame,
  onSign,
}: {
  readonly handover: Handover;
  /** The place of the point that is spoken of. */
  readonly at: number;
  /** How many as before are not spoken yet. */
  readonly unspokenSame: number;
  readonly onSpoken: () => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onAllSame: () => void;
  readonly onSign: () => void;
}) => {
  const { points, summary } = handover;
  const done = points.filter(({ spoken }) => spoken).length;
  const point = points[at];
  return (
    <div className="handover__speak">
      <div className="progress">
        <progress value={done} max={Math.max(1, points.length)} aria-label={h('speak')} />
        <b>{h('progress', { done, total: points.length })}</b>
      </div>
      {summary === '' ? null : <p className="handover__summary t2">{summary}</p>}
      {point ? (
        <article className="handover__now" aria-live="polite">
          <p className="row">
            <b>{h('pointOf', { number: at + 1, total: points.length })}</b>
            <span className="t2">{h(`about_${point.about}`)}</span>
            <ChangeChip change={point.change} />
            <span className="t2">{reasonsText(point)}</span>
            <span className="grow" />
            <span className="t2">{point.spoken ? h('spokenAlready') : ''}</span>
          </p>
          <p className="handover__facts">{point.text}</p>
          {point.note === '' ? null : <p className="handover__own">{point.note}</p>}
        </article>
      ) : null}
      <p className="t2 handover__coming">{points[at + 1]?.text ?? ''}</p>
      <div className="row handover__do">
        <Button touch keyName="ArrowLeft" disabled={at === 0} onPress={() => onMove(-1)}>
          {h('back')}
        </Button>
        <Button touch keyName="ArrowRight" disabled={at >= points.length - 1} onPress={() => onMove(1)}>
          {h('next')}
        </Button>
        <Button touch main keyName=" " disabled={!point} onPress={onSpoken}>
          {h(point?.spoken ? 'unspoken' : 'spoken')}
        </Button>
        <span className="grow" />
        {unspokenSame === 0 ? null : (
          <Button touch keyName="a" onPress={onAllSame}>
            {h('allSame', { count: unspokenSame })}
          </Button>
        )}
        <Button touch keyName="g" onPress={onSign}>
          {h('toSign')}
        </Button>
      </div>
    </div>
  );
};
