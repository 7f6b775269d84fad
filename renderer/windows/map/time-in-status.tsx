import type { Instant } from '#domain/model/values.ts';
import { Duration } from '../../ui/clock.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useNow } from './desk/now.tsx';
import type { Limits } from './situation.ts';
import { m } from './strings.ts';

/** A running time: underlined once it warns, a block with its sign once it alerts. Limits null only counts. */
export const TimeInStatus = ({ since, limits }: { readonly since: Instant; readonly limits: Limits | null }) => {
  const elapsed = useNow() - since;
  const isOver = limits !== null && elapsed >= limits.alert;
  const isNear = limits !== null && elapsed >= limits.warn;
  return (
    <span className={isOver ? 'clock clock--over' : isNear ? 'clock clock--near' : 'clock'}>
      {isOver ? <Icon name="warning" size={12} label={m('overLimit')} /> : null}
      <Duration milliseconds={elapsed} />
    </span>
  );
};
