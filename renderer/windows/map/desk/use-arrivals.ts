import { useEffect, useState } from 'react';
import type { DispatchSettings } from '#domain/model/dispatch-settings.ts';
import { serverTimeOf, useWindowStore } from '../../../state/hooks.ts';
import { type Arrival, arrivalsSeen } from './queue.ts';

/** How often positions are looked through, milliseconds: not with each of them, and no list is drawn anew while it says the same. */
const lookEvery = 2_000;
const noArrivals: readonly Arrival[] = [];

/** Units whose position says that they have arrived. */
export const useArrivals = (settings: DispatchSettings['geofence']): readonly Arrival[] => {
  const store = useWindowStore();
  const [arrivals, setArrivals] = useState<readonly Arrival[]>(noArrivals);
  useEffect(() => {
    const look = (): void => {
      const state = store.getState();
      const now = serverTimeOf(state);
      if (!state.records || now === null) return;
      const seen = arrivalsSeen(state.records, state.positions, settings, now);
      setArrivals((before) => (JSON.stringify(before) === JSON.stringify(seen) ? before : seen));
    };
    look();
    const timer = setInterval(look, lookEvery);
    return () => clearInterval(timer);
  }, [store, settings]);
  return arrivals;
};

/** A desk acts by itself this long after it saw an arrival, and a little more by chance: of several desks one is first. */
const actAfter = { least: 3_000, more: 4_000 };

/** Where the site says so, arrivals become statuses by themselves. Each is done once; the rest of the desks see that it is done. */
export const useAutomaticArrivals = (
  arrivals: readonly Arrival[],
  mode: DispatchSettings['geofence']['mode'],
  isLive: boolean,
  accept: (arrival: Arrival) => void,
): void => {
  const [first] = arrivals;
  // biome-ignore lint/correctness/useExhaustiveDependencies: one arrival is waited for once, whoever asks
  useEffect(() => {
    if (mode !== 'automatic' || !isLive || !first) return;
    const timer = setTimeout(() => accept(first), actAfter.least + Math.random() * actAfter.more);
    return () => clearTimeout(timer);
  }, [mode, isLive, first?.unitId, first?.status]);
};
