import { createContext, useContext, useEffect, useEffectEvent, useRef, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { DeskSelection, Frame } from '#contracts/ipc/station-window.ts';
import type { RecordKind } from '#domain/model/record.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import type { WindowClient } from '../client/client.ts';
import type { RecordTables, Shown, WindowState, WindowStore } from './store.ts';

/** Store and client of this window, provided once at its root. */
export const WindowContext = createContext<{ readonly store: WindowStore; readonly client: WindowClient } | null>(null);

const useWindowContext = () => {
  const context = useContext(WindowContext);
  if (!context) throw new Error('A board stands outside its window.');
  return context;
};

export const useClient = (): WindowClient => useWindowContext().client;
export const useWindowStore = (): WindowStore => useWindowContext().store;
export const useWindow = <T>(select: (state: WindowState) => T): T => useStore(useWindowContext().store, select);
/** One part of the frame, null before the first; a heartbeat that leaves it as it was draws nothing. */
export const useFramePart = <P extends keyof Frame>(part: P): Frame[P] | null =>
  useWindow((state) => state.frame?.[part] ?? null);
export const useCopyState = (): Frame['copy']['state'] | null => useWindow((state) => state.frame?.copy.state ?? null);
/** How much of a first copy has come, null when none is under way. */
export const useLoading = (): Extract<Frame['copy'], { state: 'loading' }> | null =>
  useWindow((state) => (state.frame?.copy.state === 'loading' ? state.frame.copy : null));

const noRows: ReadonlyMap<Id, never> = new Map<Id, never>();
/** The rows of one kind; empty while nothing is known, so ask `useRecordsKnown` before drawing an empty state. */
export const useRecords = <K extends RecordKind>(kind: K): ReadonlyMap<Id, Shown<K>> =>
  useWindow((state) => (state.records?.[kind] ?? noRows) as ReadonlyMap<Id, Shown<K>>);
/** All tables, new only when one of these kinds has changed; null while nothing is known. `kinds` must stay the same list. */
export const useTables = (kinds: readonly RecordKind[]): RecordTables | null => {
  const kept = useRef<RecordTables | null>(null);
  return useWindow(({ records }) => {
    const { current } = kept;
    if (!records || !current || kinds.some((kind) => records[kind] !== current[kind])) kept.current = records;
    return kept.current;
  });
};
export const useRecordsKnown = (): boolean => useWindow((state) => state.records !== null);

/** Server time now, milliseconds: the station's last word carried on by this window's monotonic clock. Null when never told. */
export const serverTimeOf = (state: WindowState): Instant | null =>
  state.frame ? state.frame.serverTime + Math.max(0, performance.now() - state.frameAt) : null;

/** Hears what a person chose in another window of this desk, from now on and what stands already. */
export const useChosenElsewhere = (take: (selection: DeskSelection) => void): void => {
  const chosen = useWindow((state) => state.chosenElsewhere);
  const heard = useEffectEvent(take);
  useEffect(() => {
    if (chosen) heard(chosen.selection);
  }, [chosen]);
};

const everySecond = (changed: () => void): (() => void) => {
  const timer = setInterval(changed, 1000);
  return () => clearInterval(timer);
};
/** Server time floored to whole seconds, re-rendering once a second; null when never told. */
export const useServerTime = (): Instant | null => {
  const store = useWindowStore();
  return useSyncExternalStore(everySecond, () => {
    const now = serverTimeOf(store.getState());
    return now === null ? null : Math.floor(now / 1000) * 1000;
  });
};
