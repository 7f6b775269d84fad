import { startTransition, useEffect, useState } from 'react';
import type { Instant } from '#domain/model/values.ts';
import { serverTimeOf, useWindowStore } from '../../state/hooks.ts';
import type { WindowStore } from '../../state/store.ts';

const wholeSecond = (store: WindowStore): Instant | null => {
  const now = serverTimeOf(store.getState());
  return now === null ? null : Math.floor(now / 1000) * 1000;
};

/**
 * Server time floored to whole seconds, moved on by its own tick alone; null when never told. Whatever else draws the board between
 * two ticks finds the time of the last one, so that a change of a few beds never brings the clocks of all of them with it; and the
 * tick gives way to whatever is more urgent than a clock.
 */
export const useTickedTime = (): Instant | null => {
  const store = useWindowStore();
  const [ticked, setTicked] = useState(() => wholeSecond(store));
  useEffect(() => {
    const timer = setInterval(() => startTransition(() => setTicked(wholeSecond(store))), 1000);
    return () => clearInterval(timer);
  }, [store]);
  return ticked ?? wholeSecond(store);
};
