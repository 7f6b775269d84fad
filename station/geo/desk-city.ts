/** The city as a desk's windows ask about it. */
import type {
  AddressAnswer,
  IsochroneAnswer,
  RecommendAnswer,
  RecommendHospitalAnswer,
  RouteAnswer,
} from '#contracts/ipc/dispatch-desk.ts';
import type { Id, Position } from '#domain/model/values.ts';
import { type CityPlace, createCityThread } from './city-thread.ts';
import { latestWins } from './latest-wins.ts';
import { type AskDrives, type DeskPicture, freeUnitPositions, recommendFor, recommendHospitalFor } from './recommend.ts';

type Search = { readonly text: string; readonly near?: Position | undefined; readonly most?: number | undefined };
type Coverage = { readonly from: readonly Position[] | 'freeUnits'; readonly minutes: readonly number[] };

/** What one window may ask. Of searches and of areas it has one under way each; a newer one supersedes what waits. */
export type WindowCity = {
  readonly searchAddress: (search: Search) => Promise<AddressAnswer>;
  readonly isochrone: (coverage: Coverage) => Promise<IsochroneAnswer>;
  readonly route: (ends: { readonly from: Position; readonly to: Position }) => Promise<RouteAnswer>;
  readonly recommend: (asked: { readonly incidentId: Id }) => Promise<RecommendAnswer>;
  readonly recommendHospital: (asked: Parameters<typeof recommendHospitalFor>[2]) => Promise<RecommendHospitalAnswer>;
};

export type DeskCity = { readonly forWindow: () => WindowCity; readonly stop: () => void };

/** Opens nothing until the first question. */
export const createDeskCity = (
  place: CityPlace | undefined,
  desk: DeskPicture & Omit<Parameters<typeof createCityThread>[0], 'place'>,
): DeskCity => {
  const thread = createCityThread({ ...desk, place });
  const drives: AskDrives = async (question) => {
    const answer = await thread.ask('drives', question);
    return answer.state === 'found' ? { ...answer, routed: { by: 'offline', message: null } } : answer;
  };
  return {
    forWindow: () => ({
      searchAddress: latestWins<Search, AddressAnswer>(
        ({ text, near, most }) => thread.ask('search', { text, ...(near && { near }), ...(most !== undefined && { most }) }),
        { state: 'superseded' },
      ),
      isochrone: latestWins<Coverage, IsochroneAnswer>(
        ({ from, minutes }) => thread.ask('isochrone', { from: from === 'freeUnits' ? freeUnitPositions(desk) : from, minutes }),
        { state: 'superseded' },
      ),
      route: (ends) => thread.ask('route', ends),
      recommend: ({ incidentId }) => recommendFor(desk, drives, incidentId),
      recommendHospital: (asked) => recommendHospitalFor(desk, drives, asked),
    }),
    stop: thread.stop,
  };
};
