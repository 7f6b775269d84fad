/** The line of time: what is recorded, what happened, where the replay stands. It is dragged, or moved with the keys of the replay. */
import { memo, type PointerEvent, useMemo } from 'react';
import { useFramePart, useServerTime } from '../../../state/hooks.ts';
import { Icon } from '../../../ui/icon.tsx';
import { clockText } from '../../../ui/time.ts';
import { agoText } from './ago.ts';
import { type Axis, axisOf, momentAtShare, shareOf, ticksOf } from './axis.ts';
import { shownSecond } from './replay-head.tsx';
import type { ReplayPlayer, ReplayState } from './replay-player.ts';
import { r } from './strings.ts';
import { useReplayPart } from './use-replay.ts';

type Marks = ReplayState['marks'];
const noMarks: Marks = [];
const noGaps: ReplayState['gaps'] = [];
const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;
/** Units of the drawn line: its width and where its lanes end. */
const width = 10_000;
const lanes = { dispatched: { foot: 20, each: 3, most: 12 }, callReceived: { foot: 36, each: 3, most: 12 } } as const;

/** Calls and dispatches as lines, the more of them in a minute the longer. */
const linesOf = (marks: Marks, axis: Axis, kind: keyof typeof lanes): string => {
  const { foot, each, most } = lanes[kind];
  return marks
    .filter((mark) => mark.kind === kind && mark.at >= axis.from)
    .map(({ at, count }) => `M${Math.round(shareOf(axis, at) * width)} ${foot}v-${Math.min(most, 3 + count * each)}`)
    .join('');
};

/** Changes only with the record: the thousands of marks are not drawn anew while it runs. */
const Record = memo(
  ({ axis, gaps, marks, from }: Pick<ReplayState, 'gaps' | 'marks'> & { readonly axis: Axis; readonly from: number }) => (
    <>
      {[{ from: axis.from, to: from }, ...gaps]
        .filter(({ from: begin, to }) => to > begin && to > axis.from)
        .map((gap) => (
          <i
            key={gap.from}
            className="map-replay__gap"
            title={r('notRecorded')}
            style={{ left: percent(shareOf(axis, gap.from)), width: percent(shareOf(axis, gap.to) - shareOf(axis, gap.from)) }}
          />
        ))}
      <svg className="map-replay__lines" viewBox={`0 0 ${width} 40`} preserveAspectRatio="none" aria-hidden="true">
        <path className="map-replay__line map-replay__line--dispatched" d={linesOf(marks, axis, 'dispatched')} />
        <path className="map-replay__line" d={linesOf(marks, axis, 'callReceived')} />
      </svg>
      {marks
        .filter(({ kind, at }) => (kind === 'emergency' || kind === 'divert') && at >= axis.from)
        .map(({ kind, at }) => (
          <span key={`${kind} ${at}`} className="map-replay__mark" style={{ left: percent(shareOf(axis, at)) }}>
            <Icon name={kind === 'emergency' ? 'high' : 'mediumHollow'} size={12} />
          </span>
        ))}
    </>
  ),
);

/** What the marks on the line mean. */
const Legend = () => (
  <div className="map-replay__legend">
    <span>
      <i className="map-replay__sample" />
      {r('callReceived')}
    </span>
    <span>
      <i className="map-replay__sample map-replay__sample--dispatched" />
      {r('dispatched')}
    </span>
    <span>
      <Icon name="high" size={12} />
      {r('emergency')}
    </span>
    <span>
      <Icon name="mediumHollow" size={12} />
      {r('divert')}
    </span>
    <span>
      <i className="map-replay__sample map-replay__sample--gap" />
      {r('notRecorded')}
    </span>
  </div>
);

/** The line under the replay; null before it is known what is recorded. */
export const Scrubber = ({ player }: { readonly player: ReplayPlayer }) => {
  const zone = useFramePart('timeZone');
  const now = useServerTime();
  const from = useReplayPart(player, ({ clock }) => clock?.recorded.from ?? 0, 0);
  const to = useReplayPart(player, ({ clock }) => clock?.recorded.to ?? 0, 0);
  const at = useReplayPart(player, ({ clock }) => Math.floor((clock?.at ?? 0) / 1000) * 1000, 0);
  const shown = useReplayPart(player, shownSecond, null);
  const gaps = useReplayPart(player, (state) => state.gaps, noGaps);
  const marks = useReplayPart(player, (state) => state.marks, noMarks);
  const axis = useMemo(() => axisOf({ from, to }), [from, to]);
  const ticks = useMemo(() => ticksOf(axis, zone), [axis, zone]);
  if (to === 0) return null;
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    const { left, width: wide } = event.currentTarget.getBoundingClientRect();
    player.seek(momentAtShare(axis, (event.clientX - left) / wide));
  };
  return (
    <div className="map-replay__scrubber">
      <div
        className="map-replay__track"
        role="slider"
        tabIndex={0}
        aria-label={r('timeline')}
        aria-valuemin={Math.floor(from / 1000)}
        aria-valuemax={Math.floor(to / 1000)}
        aria-valuenow={at / 1000}
        aria-valuetext={r('timelineAt', { time: clockText(at, zone, true), ago: now === null ? '–' : agoText(now - at) })}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) drag(event);
        }}
      >
        <Record axis={axis} gaps={gaps} marks={marks} from={from} />
        {shown === null ? null : <i className="map-replay__thumb" style={{ left: percent(shareOf(axis, shown)) }} />}
        {shown === at ? null : (
          <i className="map-replay__thumb map-replay__thumb--asked" style={{ left: percent(shareOf(axis, at)) }} />
        )}
      </div>
      <div className="map-replay__ticks" aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick.at} style={{ left: percent(shareOf(axis, tick.at)) }}>
            {tick.text}
          </span>
        ))}
      </div>
      <Legend />
    </div>
  );
};
