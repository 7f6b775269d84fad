/** The city as the thread holds it: files read and checked once, then questions answered one after the other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Addresses, readAddresses } from '#geo/addresses.ts';
import { readPlaces } from '#geo/places.ts';
import { nearestNode, readRoadGraph } from '#geo/road-graph.ts';
import { createRouter } from '#geo/routing.ts';
import { createAddressSearch } from '#geo/search/address-search.ts';
import type { CityQuestion, CityQuestions } from './questions.ts';

/** Further than this from the nearest road, nobody drives there, metres. */
export const FURTHEST_FROM_ROAD = 500;

/** Answers questions about one city. */
export type City = {
  readonly [Q in CityQuestion]: (ask: CityQuestions[Q]['ask']) => CityQuestions[Q]['answer'];
};

/** The city in a directory; throws an error of the disk, or GeoDataError for a damaged file. */
export const openCity = (directory: string): City => {
  const read = (name: string): Buffer => readFileSync(join(directory, name));
  const graph = readRoadGraph(read('roads.bin'));
  const addresses: Addresses = readAddresses(read('addresses.bin'));
  const places = readPlaces(read('places.json').toString());
  const router = createRouter(graph);
  const { search } = createAddressSearch({ addresses, graph, places });
  return {
    search: ({ text, near, most }) => ({
      state: 'found',
      matches: search(text, { ...(near && { near }), ...(most !== undefined && { most }) }).map((match) => ({
        ...match,
        position: [...match.position],
      })),
    }),
    route: ({ from, to }) => {
      const start = nearestNode(graph, ...from);
      const end = nearestNode(graph, ...to);
      if (!start || !end || Math.max(start.metres, end.metres) > FURTHEST_FROM_ROAD) return { state: 'none', reason: 'offRoad' };
      const found = router.betweenNodes(start.node, end.node);
      if (!found) return { state: 'none', reason: 'noWay' };
      const { seconds, metres, path } = found;
      return {
        state: 'found',
        seconds,
        metres,
        path: path.map(([lon, lat]) => [lon, lat]),
        offRoad: { from: Math.round(start.metres), to: Math.round(end.metres) },
      };
    },
  };
};
