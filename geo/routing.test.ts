import { describe, expect, test } from 'vitest';
import { lengthMetres, type Position } from './coordinates.ts';
import { edgeBends, nodePosition, ROAD_CLASSES, type RoadGraph, readRoadGraph } from './road-graph.ts';
import { writeRoadGraph } from './road-graph-writer.ts';
import { createRouter } from './routing.ts';
import { syntheticCity } from './synthetic.ts';

/** Seconds from one node to all others, found the plain way: always the nearest node not yet done. */
function dijkstra(graph: RoadGraph, from: number): number[] {
  const seconds = new Array<number>(graph.nodeCount).fill(Number.POSITIVE_INFINITY);
  const done = new Set<number>();
  seconds[from] = 0;
  for (;;) {
    let node = -1;
    for (let i = 0; i < graph.nodeCount; i++) {
      if (!done.has(i) && (seconds[i] as number) < (seconds[node] ?? Number.POSITIVE_INFINITY)) node = i;
    }
    if (node < 0) return seconds;
    done.add(node);
    for (let edge = graph.firstEdge[node] as number; edge < (graph.firstEdge[node + 1] as number); edge++) {
      const piece = graph.edgePiece[edge] as number;
      const kmh = ROAD_CLASSES[graph.pieceClass[piece] as number]?.kmh as number;
      const arrival = (seconds[node] as number) + (graph.pieceMetres[piece] as number) / (kmh / 3.6);
      const target = graph.edgeTarget[edge] as number;
      seconds[target] = Math.min(seconds[target] as number, arrival);
    }
  }
}

const key = (position: Position) => position.join();

describe.each([1, 2, 3, 4, 5, 6, 7, 8])('in the synthetic city of seed %i', (seed) => {
  const graph = readRoadGraph(syntheticCity(seed).roadGraph);
  const router = createRouter(graph);

  test('every route is as quick as Dijkstra finds, and there is none where there is none', () => {
    for (let from = 0; from < graph.nodeCount; from += 5) {
      const expected = dijkstra(graph, from);
      for (let to = 0; to < graph.nodeCount; to++) {
        const found = router.betweenNodes(from, to)?.seconds ?? Number.POSITIVE_INFINITY;
        if (found !== expected[to]) expect(found).toBeCloseTo(expected[to] as number, 6);
      }
    }
  });

  test('every step of a path is a road driven in an allowed direction, and the lengths agree', () => {
    const steps = new Set<string>();
    for (let node = 0; node < graph.nodeCount; node++) {
      for (let edge = graph.firstEdge[node] as number; edge < (graph.firstEdge[node + 1] as number); edge++) {
        const target = nodePosition(graph, graph.edgeTarget[edge] as number);
        const line = [nodePosition(graph, node), ...edgeBends(graph, edge), target];
        for (let i = 1; i < line.length; i++) steps.add(`${key(line[i - 1] as Position)} ${key(line[i] as Position)}`);
      }
    }
    for (let from = 0; from < graph.mainNodes; from += 7) {
      for (let to = 0; to < graph.mainNodes; to += 3) {
        const route = router.betweenNodes(from, to);
        if (!route) throw new Error('the main part must be reachable from within');
        expect(key(route.path[0] as Position)).toBe(key(nodePosition(graph, from)));
        expect(key(route.path.at(-1) as Position)).toBe(key(nodePosition(graph, to)));
        expect(lengthMetres(route.path)).toBeCloseTo(route.metres, 2);
        for (let i = 1; i < route.path.length; i++) {
          expect(steps).toContain(`${key(route.path[i - 1] as Position)} ${key(route.path[i] as Position)}`);
        }
      }
    }
  });
});

test('a one-way street is driven one way only, and the way back goes round', () => {
  const graph = readRoadGraph(
    writeRoadGraph([
      { name: 'One', roadClass: 'street', oneWay: true, points: [0, 0, 10_000, 0] },
      { name: 'Round', roadClass: 'street', oneWay: false, points: [10_000, 0, 10_000, 10_000, 0, 10_000, 0, 0] },
      { name: 'Out', roadClass: 'street', oneWay: true, points: [0, 0, -10_000, 0] },
    ]),
  );
  const router = createRouter(graph);
  expect(router.route([0, 0], [0.001, 0])?.path).toEqual([
    [0, 0],
    [0.001, 0],
  ]);
  expect(router.route([0.001, 0], [0, 0])?.path).toEqual([
    [0.001, 0],
    [0.001, 0.001],
    [0, 0.001],
    [0, 0],
  ]);
  // The end of the street that leads out only is the last node, outside of the main part.
  expect(graph.mainNodes).toBe(2);
  expect(router.betweenNodes(0, 2)).toBeDefined();
  expect(router.betweenNodes(2, 0)).toBeUndefined();
  expect(router.betweenNodes(0, 3)).toBeUndefined();
  expect(router.betweenNodes(1, 1)).toEqual({ seconds: 0, metres: 0, path: [nodePosition(graph, 1)] });
});
