import { type ReactNode, useCallback, useRef, useState } from 'react';
import type { Instant } from '#domain/model/values.ts';
import { type BedFilter, hidesBed, hidesWaiting, isFiltering, noFilter } from './filter.ts';
import { FilterBar } from './filter-bar.tsx';
import type { BedFacts, TileScene } from './tile.ts';

/** The filter of the board. `me` is the name of who is signed in; the bar is null while it is closed. */
export const useFilter = (me: string | null) => {
  const [filter, setFilter] = useState<BedFilter | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const hides = useCallback(
    (facts: BedFacts, scene: TileScene): boolean => filter !== null && isFiltering(filter) && hidesBed(filter, facts, scene, me),
    [filter, me],
  );
  const hidesOneWaiting = useCallback(
    (waiting: Parameters<typeof hidesWaiting>[1], now: Instant): boolean =>
      filter !== null && isFiltering(filter) && hidesWaiting(filter, waiting, now, me),
    [filter, me],
  );
  const clear = (): void => setFilter(null);
  return {
    isOpen: filter !== null,
    clear,
    open: (): void => {
      if (filter === null) setFilter(noFilter);
      else input.current?.focus();
    },
    hidesBed: hides,
    hidesWaiting: hidesOneWaiting,
    bar: (hidden: { readonly beds: number; readonly waiting: number }, onNext: () => void): ReactNode =>
      filter === null ? null : (
        <FilterBar filter={filter} hidden={hidden} input={input} onChange={setFilter} onNext={onNext} onClear={clear} />
      ),
  };
};
