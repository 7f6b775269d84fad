/** The city as the thread holds it: files read and checked once, then questions answered one after the other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Drive } from '#domain/rules/drive.ts';
import { type Addresses, readAddresses } from '#geo/addresses.ts';
import { createIsochrones, type Isochrones } from '#geo/isochrones.ts';
import { readPlaces } from '#geo/places.ts';
import { createReach, FURTHEST_FROM_ROAD, type Reached } from '#geo/reach.ts';
import { nearestNode, readRoadGraph } from '#geo/road-graph.ts';
import { createRouter } from '#geo/routing.ts';
import { createAddressSearch } from '#geo/search/address-search.ts';
import type { CityQuestion, CityQuestions } from './questions.ts';

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
  const reach = createReach(graph);
  // Made by the first who asks: a desk without the coverage layer does not need it.
  let isochrones: Isochrones | null = null;
  const drive = (reached: Reached): Drive => (reached.state === 'offRoad' ? { state: 'offRoad' } : reached);
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
    drives: ({ one, many, way }) => ({
      state: 'found',
      drives: (way === 'toOne' ? reach.toOne(many, one) : reach.fromOne(one, many)).map(drive),
    }),
    isochrone: ({ from, minutes }) => {
      isochrones ??= createIsochrones(graph, reach);
      const areas = isochrones(from, minutes).map(({ minutes: within, polygons }) => ({
        minutes: within,
        polygons: polygons.map((rings) => rings.map((ring) => ring.map(([lon, lat]): [number, number] => [lon, lat]))),
      }));
      return { state: 'found', starts: from.length, areas };
    },
  };
};
