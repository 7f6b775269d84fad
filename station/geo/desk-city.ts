/** The city as a desk's windows ask about it. */
import type {
  AddressAnswer,
  IsochroneAnswer,
  RecommendAnswer,
  RecommendHospitalAnswer,
  RouteAnswer,
  Routed,
} from '#contracts/ipc/dispatch-desk.ts';
import type { RoutingService } from '#contracts/ipc/main-station.ts';
import type { Id, Position } from '#domain/model/values.ts';
import { type CityPlace, createCityThread } from './city-thread.ts';
import { createExternalRouter } from './external-router.ts';
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

const offline: Routed = { by: 'offline', fellBack: false, message: null };
const fallenBack: Routed = {
  by: 'offline',
  fellBack: true,
  message: 'The routing service does not answer: routed offline, on the roads of this desk.',
};

/** Opens nothing until the first question. A routing service of the site is asked first, and the desk's own roads when it does not answer. */
export const createDeskCity = (
  place: CityPlace | undefined,
  service: RoutingService | undefined,
  desk: DeskPicture & Omit<Parameters<typeof createCityThread>[0], 'place'>,
): DeskCity => {
  const thread = createCityThread({ ...desk, place });
  const external = service && createExternalRouter(service, desk);
  const own = external ? fallenBack : offline;
  const served = (by: RoutingService['kind']): Routed => ({ by, fellBack: false, message: null });
  const drives: AskDrives = async (question) => {
    const given = await external?.drives(question);
    if (external && given) return { state: 'found', drives: given, routed: served(external.kind) };
    const answer = await thread.ask('drives', question);
    return answer.state === 'found' ? { ...answer, routed: own } : answer;
  };
  const route: WindowCity['route'] = async ({ from, to }) => {
    if (!external) return thread.ask('route', { from, to });
    const given = await external.route(from, to);
    const routed = served(external.kind);
    if (given === 'none') return { state: 'none', routed, reason: 'noWay' };
    if (given) {
      const path = given.path.map(([lon, lat]): [number, number] => [lon, lat]);
      return { state: 'found', ...given, path, routed, offRoad: { from: 0, to: 0 } };
    }
    const answer = await thread.ask('route', { from, to });
    return answer.state === 'unavailable' ? answer : { ...answer, routed: fallenBack };
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
      route,
      recommend: ({ incidentId }) => recommendFor(desk, drives, incidentId),
      recommendHospital: (asked) => recommendHospitalFor(desk, drives, asked),
    }),
    stop: () => {
      external?.stop();
      thread.stop();
    },
  };
};
