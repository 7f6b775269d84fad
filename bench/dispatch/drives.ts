/** The demo city's roads and the pairs of places between which every contender drives. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '#domain/testing/random.ts';
import { ROAD_CLASSES, type RoadGraph, readRoadGraph, secondsOfEdges } from '#geo/road-graph.ts';

/** Single routes that are driven. */
export const ROUTES = 1_000;

/** Where the demo city lies. */
export const cityDirectory = join(import.meta.dirname, '../../resources/city');

/** The road graph, seconds of each edge, and the highest speed in metres a second. */
export const city = (): { readonly graph: RoadGraph; readonly edgeSeconds: Float64Array; readonly topSpeed: number } => {
  const graph = readRoadGraph(readFileSync(join(cityDirectory, 'roads.bin')));
  return { graph, edgeSeconds: secondsOfEdges(graph), topSpeed: Math.max(...ROAD_CLASSES.map(({ kmh }) => kmh / 3.6)) };
};

/** Pairs of crossings of the demo city's main part, the same for the same seed. */
export const pairs = (count: number, seed: number): readonly (readonly [from: number, to: number])[] => {
  const random = createRandom(seed);
  const { graph } = city();
  const node = (): number => random.int(0, graph.mainNodes - 1);
  return Array.from({ length: count }, () => [node(), node()] as const);
};
