import type { ReactNode } from 'react';
import { type NedocsBand, overcrowdedAbove } from '#domain/rules/nedocs.ts';
import { Duration } from '../../ui/clock.tsx';
import { Icon } from '../../ui/icon.tsx';
import { clockText } from '../../ui/time.ts';
import type { AskedSurge } from '../beds/capacity/counted.ts';
import type { WallNumbers } from './scene.ts';
import { words } from './strings.ts';

const bandWords = {
  notBusy: 'bandNotBusy',
  busy: 'bandBusy',
  extremelyBusy: 'bandExtremelyBusy',
  overcrowded: 'bandOvercrowded',
  severelyOvercrowded: 'bandSeverelyOvercrowded',
  dangerouslyOvercrowded: 'bandDangerouslyOvercrowded',
} as const satisfies Record<NedocsBand, string>;

type Measure = AskedSurge['threshold']['measure'];
const Cell = ({
  caption,
  surge,
  children,
}: {
  readonly caption: string;
  /** The threshold that this number has reached. */
  readonly surge?: AskedSurge | undefined;
  readonly children: ReactNode;
}) => (
  <div className={surge ? `wn__cell wn__cell--${surge.state}` : 'wn__cell'} data-surge={surge?.threshold.code}>
    <span className="wn__caption">
      {surge ? <Icon name={surge.state === 'asks' ? 'warning' : 'check'} /> : null}
      {caption}
    </span>
    <span className="wn__value">{children}</span>
  </div>
);

/**
 * Six numbers of the department; null while it is not known whole, and then each is a dash. A number that has reached a threshold of
 * crowding fills its cell until somebody answers, and keeps a frame after that. `asOf`: when they were right, where that is not now.
 */
export const WallNumberRow = ({
  numbers,
  asOf,
  timeZone,
}: {
  readonly numbers: WallNumbers | null;
  readonly asOf: string | null;
  readonly timeZone: string | null;
}) => {
  const counts = numbers?.counts;
  const crowding = numbers?.crowding;
  const score = crowding?.status === 'complete' ? crowding : null;
  const surgeOf = (...measures: readonly Measure[]): AskedSurge | undefined =>
    numbers?.surges.find(({ threshold }) => measures.includes(threshold.measure));
  const captionOf = (what: string, surge?: AskedSurge): string => {
    if (asOf !== null) return words('asOf', { what, time: asOf });
    if (!surge) return what;
    // The band beside the score often says the same.
    const band = score && surge.threshold.measure === 'nedocs' ? words(bandWords[score.band]) : '';
    const name = surge.threshold.name.toLowerCase() === band.toLowerCase() ? '' : surge.threshold.name;
    const since = surge.since === null ? '' : words('since', { time: clockText(surge.since, timeZone) });
    return [what, [name, since].filter((part) => part !== '').join(' ')].filter((part) => part !== '').join(' · ');
  };
  const cellOf = (what: string, ...measures: readonly Measure[]) => {
    const surge = surgeOf(...measures);
    return { caption: captionOf(what, surge), surge };
  };
  return (
    <section className="wn">
      <Cell {...cellOf(words('occupied'), 'occupancyPercent')}>
        <b>{counts?.occupied ?? '–'}</b>
        {counts ? <span>{words('ofStaffed', { count: counts.staffed })}</span> : null}
      </Cell>
      <Cell {...cellOf('NEDOCS', 'nedocs')}>
        <b>{score ? Math.round(score.value) : '–'}</b>
        {score ? (
          <span className={score.value > overcrowdedAbove ? 'wn__band notice' : 'wn__band'}>{words(bandWords[score.band])}</span>
        ) : null}
      </Cell>
      <Cell {...cellOf(words('waiting'), 'waiting')}>
        <b>{counts?.waiting ?? '–'}</b>
      </Cell>
      <Cell {...cellOf(words('longest'), 'longestWaitMinutes')}>
        <b>
          <Duration milliseconds={counts?.longestWaitMs ?? null} />
        </b>
      </Cell>
      <Cell {...cellOf(words('boarders'), 'boarders')}>
        <b>{counts?.boarders ?? '–'}</b>
      </Cell>
      <Cell caption={captionOf(words('free'))}>
        <b>{counts?.available ?? '–'}</b>
      </Cell>
    </section>
  );
};
