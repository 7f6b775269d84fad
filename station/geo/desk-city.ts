/** The city as a desk's windows ask about it. */
import type { AddressAnswer, RouteAnswer } from '#contracts/ipc/dispatch-desk.ts';
import type { Position } from '#domain/model/values.ts';
import { type CityPlace, type CityThread, createCityThread } from './city-thread.ts';
import { latestWins } from './latest-wins.ts';

type Search = { readonly text: string; readonly near?: Position | undefined; readonly most?: number | undefined };

export type DeskCity = {
  /** A search of its own for each window; a newer one supersedes what waits. */
  readonly searchFor: () => (search: Search) => Promise<AddressAnswer>;
  readonly route: (ends: { readonly from: Position; readonly to: Position }) => Promise<RouteAnswer>;
  readonly stop: () => void;
};

/** Opens nothing until the first question. */
export const createDeskCity = (
  place: CityPlace | undefined,
  desk: Omit<Parameters<typeof createCityThread>[0], 'place'>,
): DeskCity => {
  const thread: CityThread = createCityThread({ ...desk, place });
  const search = ({ text, near, most }: Search): Promise<AddressAnswer> =>
    thread.ask('search', { text, ...(near && { near }), ...(most !== undefined && { most }) });
  return {
    searchFor: () => latestWins<Search, AddressAnswer>(search, { state: 'superseded' }),
    route: (ends) => thread.ask('route', ends),
    stop: thread.stop,
  };
};
