/*
 * The road graph: nodes where roads meet or end, and pieces of road between two nodes. A piece that may be driven
 * both ways gives two edges, a one-way piece one. Nodes are ordered so that the first `mainNodes` of them form the
 * largest strongly connected part: from each of these every other can be reached by the one-way rules, which is why
 * positions snap to these nodes alone.
 */
import { type Position, STEPS_PER_DEGREE } from './coordinates.ts';
import { createPointGrid, nearestPoint, type PointGrid } from './point-grid.ts';
import { GeoDataError, readSections, readTexts, requireAscending, requireBelow } from './sections.ts';

/**
 * Classes of road in the order of their numbers in the file, with the speed in km/h that a unit is expected to keep.
 * The speeds are this project's working assumption for a city by day, not a measured or published figure.
 */
export const ROAD_CLASSES = [
  { name: 'motorway', kmh: 100 },
  { name: 'trunk', kmh: 75 },
  { name: 'primary', kmh: 60 },
  { name: 'secondary', kmh: 50 },
  { name: 'tertiary', kmh: 45 },
  { name: 'link', kmh: 45 },
  { name: 'street', kmh: 35 },
  { name: 'service', kmh: 15 },
  { name: 'track', kmh: 15 },
] as const;

/** The name of a class of road. */
export type RoadClass = (typeof ROAD_CLASSES)[number]['name'];

/** Roads one can drive on, as typed arrays; edges of a node are `firstEdge[node]` to below `firstEdge[node + 1]`. */
export type RoadGraph = {
  readonly nodeCount: number;
  readonly mainNodes: number;
  /** lon, lat per node in steps of a ten-millionth of a degree. */
  readonly points: Int32Array;
  readonly firstEdge: Uint32Array;
  readonly edgeTarget: Uint32Array;
  readonly edgePiece: Uint32Array;
  /** 1 where the edge runs along its piece as stored, 0 where against it. */
  readonly edgeForward: Uint8Array;
  readonly pieceMetres: Float32Array;
  readonly pieceClass: Uint8Array;
  readonly pieceName: Uint32Array;
  /** The bends between the two nodes of a piece: where they begin, and lon, lat steps. */
  readonly bendBegins: Uint32Array;
  readonly bends: Int32Array;
  /** Road names; the first is the empty name of roads without one. */
  readonly names: readonly string[];
  readonly grid: PointGrid;
};

/** Reads the bytes of a road graph file; throws GeoDataError when they are not one. */
export function readRoadGraph(bytes: Uint8Array): RoadGraph {
  const sections = readSections('roads', bytes);
  const mainNodes = sections.uint32()[0] ?? 0;
  const points = sections.int32();
  const from = sections.uint32();
  const to = sections.uint32();
  const pieceMetres = sections.float32();
  const pieceClass = sections.uint8();
  const oneWay = sections.uint8();
  const pieceName = sections.uint32();
  const bendBegins = sections.uint32();
  const bends = sections.int32();
  const names = readTexts(sections);

  const nodeCount = points.length / 2;
  const pieces = from.length;
  for (const table of [to, pieceMetres, pieceClass, oneWay, pieceName]) {
    if (table.length !== pieces) throw new GeoDataError('corrupt', 'roads: tables of different length');
  }
  if (!Number.isInteger(nodeCount) || mainNodes > nodeCount || bendBegins.length !== pieces + 1) {
    throw new GeoDataError('corrupt', 'roads: counts do not agree');
  }
  requireAscending(bendBegins, bends.length / 2, 'roads: bends');
  requireBelow(from, nodeCount, 'roads: from');
  requireBelow(to, nodeCount, 'roads: to');
  requireBelow(pieceClass, ROAD_CLASSES.length, 'roads: class');
  requireBelow(pieceName, names.length, 'roads: name');

  const firstEdge = new Uint32Array(nodeCount + 1);
  for (let piece = 0; piece < pieces; piece++) {
    (firstEdge[(from[piece] as number) + 1] as number)++;
    if (!oneWay[piece]) (firstEdge[(to[piece] as number) + 1] as number)++;
  }
  for (let node = 0; node < nodeCount; node++) (firstEdge[node + 1] as number) += firstEdge[node] as number;
  const edges = firstEdge[nodeCount] as number;
  const edgeTarget = new Uint32Array(edges);
  const edgePiece = new Uint32Array(edges);
  const edgeForward = new Uint8Array(edges);
  const free = firstEdge.slice();
  const place = (source: number, target: number, piece: number, forward: number) => {
    const edge = (free[source] as number)++;
    edgeTarget[edge] = target;
    edgePiece[edge] = piece;
    edgeForward[edge] = forward;
  };
  for (let piece = 0; piece < pieces; piece++) {
    place(from[piece] as number, to[piece] as number, piece, 1);
    if (!oneWay[piece]) place(to[piece] as number, from[piece] as number, piece, 0);
  }
  return {
    nodeCount,
    mainNodes,
    points,
    firstEdge,
    edgeTarget,
    edgePiece,
    edgeForward,
    pieceMetres,
    pieceClass,
    pieceName,
    bendBegins,
    bends,
    names,
    grid: createPointGrid(points, mainNodes),
  };
}

/** The node of the main part nearest to a position, and how many metres away; undefined in an empty graph. */
export function nearestNode(
  graph: RoadGraph,
  lon: number,
  lat: number,
): { readonly node: number; readonly metres: number } | undefined {
  const found = nearestPoint(graph.grid, lon, lat);
  return found && { node: found.index, metres: found.metres };
}

/** Where a node lies; the node must be below `nodeCount`. */
export function nodePosition(graph: RoadGraph, node: number): Position {
  return [(graph.points[node * 2] as number) / STEPS_PER_DEGREE, (graph.points[node * 2 + 1] as number) / STEPS_PER_DEGREE];
}

/** The bends of an edge in driving order, without its two nodes. */
export function edgeBends(graph: RoadGraph, edge: number): Position[] {
  const piece = graph.edgePiece[edge] as number;
  const path: Position[] = [];
  for (let bend = graph.bendBegins[piece] as number; bend < (graph.bendBegins[piece + 1] as number); bend++) {
    path.push([(graph.bends[bend * 2] as number) / STEPS_PER_DEGREE, (graph.bends[bend * 2 + 1] as number) / STEPS_PER_DEGREE]);
  }
  return graph.edgeForward[edge] ? path : path.reverse();
}

/** Seconds that each edge takes at the speed of its class of road. */
export function secondsOfEdges(graph: RoadGraph): Float64Array {
  const metresPerSecond = ROAD_CLASSES.map(({ kmh }) => kmh / 3.6);
  return Float64Array.from(
    graph.edgePiece,
    (piece) => (graph.pieceMetres[piece] as number) / (metresPerSecond[graph.pieceClass[piece] as number] as number),
  );
}
