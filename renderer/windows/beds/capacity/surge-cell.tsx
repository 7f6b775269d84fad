import type { Instant } from '#domain/model/values.ts';
import { standingActions } from '#domain/rules/surge-watch.ts';
import { PendingMark } from '../../../ui/badge.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { keyCap } from '../../../ui/key-registry.ts';
import { useKeys } from '../../../ui/keys.tsx';
import { momentText } from '../../../ui/time.ts';
import { localeNow } from '../../../ui/translate.ts';
import type { AskedSurge } from './counted.ts';
import { c } from './strings.ts';
import { otherKey } from './surge-bars.tsx';

/** More lines do not fit a cell of the strip. */
const mostLines = 2;

/** The surges that were answered, in the strip: they need nobody, and take no line from the beds. Pressed, the first opens as a bar. */
export const SurgeCell = ({
  surges,
  opened,
  isCharge,
  now,
  timeZone,
  onOpen,
}: {
  readonly surges: readonly AskedSurge[];
  /** The one that is a bar at this moment. */
  readonly opened: string | null;
  readonly isCharge: boolean;
  readonly now: Instant;
  readonly timeZone: string | null;
  readonly onOpen: (code: string | null, held?: boolean) => void;
}) => {
  const answered = surges.filter(({ state }) => state === 'answered');
  const [first] = answered;
  const isLoud = surges.some(({ state }) => state !== 'answered');
  const turn = (): void => onOpen(opened === null && first ? first.threshold.code : null, true);
  const isKeyed = isCharge && !isLoud && opened === null && first !== undefined;
  useKeys([{ key: otherKey, label: c('keyOpenSurge'), quiet: true, when: isKeyed, run: turn }]);
  if (!first) return null;
  const done = answered.reduce((sum, { surge }) => sum + (surge ? standingActions(surge).length : 0), 0);
  return (
    <div className="cell cell--surge">
      <button type="button" className="surge-cell" aria-expanded={opened !== null} onClick={turn}>
        <span className="cap">
          {c('surge')}
          {isKeyed ? keyCap(otherKey).map((cap) => <kbd key={cap}>{cap}</kbd>) : null}
        </span>
        {answered.slice(0, mostLines).map(({ threshold, since, pending }) => (
          <span key={threshold.code} className="surge-cell__line" title={threshold.name}>
            {pending ? <PendingMark /> : <Icon name="check" size={14} />}
            <b>{threshold.name}</b>
            {since === null ? null : <span>{momentText(since, now, timeZone, localeNow())}</span>}
          </span>
        ))}
        <span className="meta">
          {c('doneCount', { count: done })}
          {answered.length > mostLines ? ` · ${c('moreSurges', { count: answered.length - mostLines })}` : ''}
        </span>
      </button>
    </div>
  );
};
