/*
 * Driving times between one place and many in one search: Dijkstra outwards from the one place, along the roads or against
 * their direction, until all of the others are settled. Three hundred units cost one search and not three hundred. The
 * seconds are those of a route between the same two places (routing.ts).
 */
import type { Position } from './coordinates.ts';
import { createNodeHeap } from './node-heap.ts';
import { nearestNode, type RoadGraph, secondsOfEdges } from './road-graph.ts';

/** Further than this from the nearest road, nobody drives, metres. */
export const FURTHEST_FROM_ROAD = 500;

/**
 * How one place is reached: seconds and metres along the roads, and how many metres the farther of its two ends lies from its
 * road. `offRoad`: an end lies too far from any road. `noWay`: one-way rules leave none.
 */
export type Reached =
  | { readonly state: 'reached'; readonly seconds: number; readonly metres: number; readonly offRoad: number }
  | { readonly state: 'offRoad'; readonly offRoad: number }
  | { readonly state: 'noWay' };

/** Searches on one graph; not to be shared between threads. */
export type Reach = {
  /** From each of many places to one, in their order. */
  readonly toOne: (from: readonly Position[], to: Position) => Reached[];
  /** From one place to each of many, in their order. */
  readonly fromOne: (from: Position, to: readonly Position[]) => Reached[];
  /**
   * Seconds to each node from the nearest, by time, of many places; Infinity beyond `limit` seconds. The array is used
   * again by the next search.
   */
  readonly spread: (from: readonly Position[], limit: number) => Float64Array;
};

type Roads = {
  readonly first: Uint32Array;
  readonly edge: Uint32Array;
  readonly next: Uint32Array;
};

/** A search over this graph, with its own working memory of about 60 bytes a node. */
export function createReach(graph: RoadGraph): Reach {
  const { nodeCount, edgePiece, pieceMetres } = graph;
  const edgeSeconds = secondsOfEdges(graph);
  const along: Roads = {
    first: graph.firstEdge,
    edge: Uint32Array.from({ length: graph.edgeTarget.length }, (_, edge) => edge),
    next: graph.edgeTarget,
  };
  const against = turned(graph);
  const seconds = new Float64Array(nodeCount);
  const metres = new Float64Array(nodeCount);
  const settled = new Uint8Array(nodeCount);
  const wanted = new Uint8Array(nodeCount);
  const heap = createNodeHeap(graph.edgeTarget.length + nodeCount + 1);

  const search = (roads: Roads, starts: readonly number[], goals: readonly number[], limit: number): void => {
    seconds.fill(Number.POSITIVE_INFINITY);
    settled.fill(0);
    // Whatever became of the search before: an error in the middle of it must not be felt in this one.
    wanted.fill(0);
    heap.clear();
    let left = 0;
    for (const goal of goals) {
      if (wanted[goal]) continue;
      wanted[goal] = 1;
      left++;
    }
    for (const start of starts) {
      seconds[start] = 0;
      metres[start] = 0;
      heap.push(start, 0);
    }
    while (heap.size() > 0) {
      const node = heap.pop();
      if (settled[node]) continue;
      settled[node] = 1;
      if (wanted[node] && --left === 0) break;
      const soFar = seconds[node] as number;
      for (let at = roads.first[node] as number; at < (roads.first[node + 1] as number); at++) {
        const edge = roads.edge[at] as number;
        const next = roads.next[at] as number;
        const arrival = soFar + (edgeSeconds[edge] as number);
        if (arrival >= (seconds[next] as number) || arrival > limit) continue;
        seconds[next] = arrival;
        metres[next] = (metres[node] as number) + (pieceMetres[edgePiece[edge] as number] as number);
        heap.push(next, arrival);
      }
    }
  };

  const many = (roads: Roads, one: Position, others: readonly Position[]): Reached[] => {
    const centre = nearestNode(graph, ...one);
    const ends = others.map((other) => nearestNode(graph, ...other));
    if (!centre || centre.metres > FURTHEST_FROM_ROAD) {
      return others.map(() => ({ state: 'offRoad', offRoad: centre ? Math.round(centre.metres) : Number.POSITIVE_INFINITY }));
    }
    const near = ends.flatMap((end) => (end && end.metres <= FURTHEST_FROM_ROAD ? end.node : []));
    search(roads, [centre.node], near, Number.POSITIVE_INFINITY);
    return ends.map((end): Reached => {
      if (!end) return { state: 'offRoad', offRoad: Number.POSITIVE_INFINITY };
      if (end.metres > FURTHEST_FROM_ROAD) return { state: 'offRoad', offRoad: Math.round(end.metres) };
      if (!settled[end.node]) return { state: 'noWay' };
      return {
        state: 'reached',
        seconds: seconds[end.node] as number,
        metres: metres[end.node] as number,
        offRoad: Math.round(Math.max(end.metres, centre.metres)),
      };
    });
  };

  return {
    toOne: (from, to) => many(against, to, from),
    fromOne: (from, to) => many(along, from, to),
    spread: (from, limit) => {
      const starts = from.flatMap((position) => {
        const found = nearestNode(graph, ...position);
        return found && found.metres <= FURTHEST_FROM_ROAD ? found.node : [];
      });
      search(along, starts, [], limit);
      return seconds;
    },
  };
}

/** The roads of each node that lead to it. */
function turned({ nodeCount, firstEdge, edgeTarget }: RoadGraph): Roads {
  const first = new Uint32Array(nodeCount + 1);
  for (const target of edgeTarget) (first[target + 1] as number)++;
  for (let node = 0; node < nodeCount; node++) (first[node + 1] as number) += first[node] as number;
  const free = first.slice();
  const edge = new Uint32Array(edgeTarget.length);
  const next = new Uint32Array(edgeTarget.length);
  for (let source = 0; source < nodeCount; source++) {
    for (let each = firstEdge[source] as number; each < (firstEdge[source + 1] as number); each++) {
      const at = (free[edgeTarget[each] as number] as number)++;
      edge[at] = each;
      next[at] = source;
    }
  }
  return { first, edge, next };
}
