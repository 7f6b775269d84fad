import { useEffect, useState } from 'react';
import type { DispatchSettings } from '#domain/model/dispatch-settings.ts';
import { serverTimeOf, useWindowStore } from '../../../state/hooks.ts';
import { viewOf } from '../../../state/store.ts';
import { type Arrival, arrivalsSeen } from './queue.ts';

/** How often positions are looked through, milliseconds: not with each of them, and no list is drawn anew while it says the same. */
const lookEvery = 2_000;
const noArrivals: readonly Arrival[] = [];

/** Units whose position says that they have arrived, where the site wants it suggested. */
export const useArrivals = (settings: DispatchSettings['geofence']): readonly Arrival[] => {
  const store = useWindowStore();
  const [arrivals, setArrivals] = useState<readonly Arrival[]>(noArrivals);
  useEffect(() => {
    const look = (): void => {
      const state = store.getState();
      const now = serverTimeOf(state);
      if (!state.records || now === null) return;
      const seen = arrivalsSeen(viewOf(state.records), state.positions, settings, now);
      setArrivals((before) => (JSON.stringify(before) === JSON.stringify(seen) ? before : seen));
    };
    look();
    const timer = setInterval(look, lookEvery);
    return () => clearInterval(timer);
  }, [store, settings]);
  return arrivals;
};
