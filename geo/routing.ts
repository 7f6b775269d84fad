/*
 * The quickest way along the roads: A* over the road graph with a binary heap. The estimate is the straight line at
 * the highest speed there is, on a plane that never makes a distance longer than it is, so the way found is a
 * quickest one. A router owns its working arrays and uses them again for each route; a stamp per search spares
 * clearing them.
 */
import { EARTH_RADIUS_METRES, type Position, STEPS_PER_DEGREE } from './coordinates.ts';
import { createNodeHeap } from './node-heap.ts';
import { edgeBends, nearestNode, nodePosition, ROAD_CLASSES, type RoadGraph, secondsOfEdges } from './road-graph.ts';

/** A way to drive: seconds at the speeds of the road classes, metres along the road, positions from start to end. */
export type Route = {
  readonly seconds: number;
  readonly metres: number;
  readonly path: readonly Position[];
};

/** Finds routes on one graph; not to be shared between threads. */
export type Router = {
  /** The quickest route between two nodes; undefined when one-way rules leave no way or a node does not exist. */
  readonly betweenNodes: (from: number, to: number) => Route | undefined;
  /** The quickest route between the nodes nearest to two positions; undefined in an empty graph. */
  readonly route: (from: Position, to: Position) => Route | undefined;
};

/** A router over this graph, with its own working memory of about 40 bytes a node. */
export function createRouter(graph: RoadGraph): Router {
  const { nodeCount, firstEdge, edgeTarget, edgePiece, points } = graph;
  const edgeSeconds = secondsOfEdges(graph);
  const topSpeed = Math.max(...ROAD_CLASSES.map(({ kmh }) => kmh / 3.6));
  const { x, y } = plane(points, nodeCount);

  const seconds = new Float64Array(nodeCount);
  const arrivedBy = new Int32Array(nodeCount);
  const arrivedFrom = new Uint32Array(nodeCount);
  const stamp = new Uint32Array(nodeCount);
  const closed = new Uint32Array(nodeCount);
  let search = 0;

  const heap = createNodeHeap(edgeTarget.length + 1);

  const find = (from: number, to: number): boolean => {
    search++;
    heap.clear();
    const goalX = x[to] as number;
    const goalY = y[to] as number;
    const estimate = (node: number) => Math.hypot((x[node] as number) - goalX, (y[node] as number) - goalY) / topSpeed;
    stamp[from] = search;
    seconds[from] = 0;
    arrivedBy[from] = -1;
    heap.push(from, estimate(from));
    while (heap.size() > 0) {
      const node = heap.pop();
      if (node === to) return true;
      if (closed[node] === search) continue;
      closed[node] = search;
      const soFar = seconds[node] as number;
      for (let edge = firstEdge[node] as number; edge < (firstEdge[node + 1] as number); edge++) {
        const target = edgeTarget[edge] as number;
        if (closed[target] === search) continue;
        const arrival = soFar + (edgeSeconds[edge] as number);
        if (stamp[target] === search && arrival >= (seconds[target] as number)) continue;
        stamp[target] = search;
        seconds[target] = arrival;
        arrivedBy[target] = edge;
        arrivedFrom[target] = node;
        heap.push(target, arrival + estimate(target));
      }
    }
    return false;
  };

  const betweenNodes = (from: number, to: number): Route | undefined => {
    if (!isNode(from, nodeCount) || !isNode(to, nodeCount) || !find(from, to)) return undefined;
    const edges: number[] = [];
    for (let node = to; node !== from; node = arrivedFrom[node] as number) edges.push(arrivedBy[node] as number);
    edges.reverse();
    let metres = 0;
    const path: Position[] = [nodePosition(graph, from)];
    for (const edge of edges) {
      metres += graph.pieceMetres[edgePiece[edge] as number] as number;
      path.push(...edgeBends(graph, edge), nodePosition(graph, edgeTarget[edge] as number));
    }
    return { seconds: seconds[to] as number, metres, path };
  };

  return {
    betweenNodes,
    route: (from, to) => {
      const start = nearestNode(graph, ...from);
      const end = nearestNode(graph, ...to);
      return start && end && betweenNodes(start.node, end.node);
    },
  };
}

const isNode = (node: number, nodeCount: number) => Number.isInteger(node) && node >= 0 && node < nodeCount;

/** Nodes on a plane in metres on which no distance is longer than on the ground. */
function plane(points: Int32Array, nodeCount: number): { x: Float64Array; y: Float64Array } {
  // East-west is measured at the latitude furthest from the equator, where a degree is shortest; the small margin
  // covers the bow of the great circle and the rounding of stored lengths.
  let steepest = 0;
  for (let node = 0; node < nodeCount; node++) steepest = Math.max(steepest, Math.abs(points[node * 2 + 1] as number));
  const metresPerStep = ((Math.PI * EARTH_RADIUS_METRES) / 180 / STEPS_PER_DEGREE) * 0.999;
  const squeeze = Math.cos(((steepest / STEPS_PER_DEGREE) * Math.PI) / 180);
  return {
    x: Float64Array.from({ length: nodeCount }, (_, node) => (points[node * 2] as number) * metresPerStep * squeeze),
    y: Float64Array.from({ length: nodeCount }, (_, node) => (points[node * 2 + 1] as number) * metresPerStep),
  };
}
