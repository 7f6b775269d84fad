/* Where two named roads meet: every node of the road graph with the names of the roads that touch it. */
import { haversineMetres, type Position } from '../coordinates.ts';
import { nodePosition, type RoadGraph } from '../road-graph.ts';

/** A corner: where it is, and how many metres lie between the two roads there (0 where they meet). */
export type Corner = { readonly position: Position; readonly gap: number };

/** Corners of one road graph; names by their index in `graph.names`. */
export type Corners = {
  /**
   * Where the two roads meet, one position for each crossing of several carriageways. Where they never do, the place where
   * they come closest, when that is at most 150 m.
   */
  readonly between: (one: number, other: number) => Corner[];
  /** A node of a road: the one nearest to a position, or without one that in the middle; undefined for a name without roads. */
  readonly nodeOf: (name: number, near: Position | undefined) => number | undefined;
};

/** Meetings closer than this are one corner, metres. */
const ONE_CORNER = 80;
const FURTHEST_GAP = 150;

/** Gathers the corners of a graph, about 8 bytes per road and node. */
export function createCorners(graph: RoadGraph): Corners {
  const { nodeCount, firstEdge, edgeTarget, edgePiece, pieceName, names } = graph;
  const touched = Array.from({ length: names.length }, () => new Set<number>());
  for (let node = 0; node < nodeCount; node++) {
    for (let edge = firstEdge[node] as number; edge < (firstEdge[node + 1] as number); edge++) {
      const nodes = touched[pieceName[edgePiece[edge] as number] as number];
      nodes?.add(node).add(edgeTarget[edge] as number);
    }
  }
  const nodesOf = touched.map((nodes) => Uint32Array.from(nodes).sort());

  const closest = (one: Uint32Array, other: Uint32Array): Corner[] => {
    let best: Corner | undefined;
    for (const a of one) {
      const from = nodePosition(graph, a);
      for (const b of other) {
        const to = nodePosition(graph, b);
        // A rough look first: two long roads have a million pairs.
        if (Math.abs(from[1] - to[1]) > 0.002 || Math.abs(from[0] - to[0]) > 0.003) continue;
        const gap = haversineMetres(from, to);
        if (gap <= FURTHEST_GAP && gap < (best?.gap ?? Number.POSITIVE_INFINITY)) {
          best = { gap, position: [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] };
        }
      }
    }
    return best ? [best] : [];
  };

  return {
    between: (one, other) => {
      const mine = nodesOf[one] ?? new Uint32Array();
      const theirs = touched[other];
      if (!theirs || one === other) return [];
      const corners: Corner[] = [];
      for (const node of mine) {
        if (!theirs.has(node)) continue;
        const position = nodePosition(graph, node);
        if (corners.some((corner) => haversineMetres(corner.position, position) < ONE_CORNER)) continue;
        corners.push({ position, gap: 0 });
      }
      return corners.length > 0 ? corners : closest(mine, nodesOf[other] ?? new Uint32Array());
    },
    nodeOf: (name, near) => {
      const nodes = nodesOf[name];
      if (!nodes || nodes.length === 0) return undefined;
      if (!near) return nodes[nodes.length >> 1];
      let best = nodes[0] as number;
      let least = Number.POSITIVE_INFINITY;
      for (const node of nodes) {
        const metres = haversineMetres(near, nodePosition(graph, node));
        if (metres < least) [least, best] = [metres, node];
      }
      return best;
    },
  };
}
