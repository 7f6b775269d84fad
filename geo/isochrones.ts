/*
 * Areas that can be reached within some minutes. One search from all starts gives the seconds at every crossing and along
 * every longer road; they are laid on a grid of points, off the road at a walking crew's pace, and the areas are the
 * contours of that grid. So they are as fine as the grid, whatever the number of starts.
 */

import { contours, type Rings } from './contours.ts';
import { EARTH_RADIUS_METRES, haversineMetres, type Position, STEPS_PER_DEGREE } from './coordinates.ts';
import type { Reach } from './reach.ts';
import { edgeBends, nodePosition, type RoadGraph, secondsOfEdges } from './road-graph.ts';

/** The area within so many minutes: polygons, each an outer ring and its holes; rings are closed, first position last again. */
export type ReachedArea = { readonly minutes: number; readonly polygons: readonly Rings[] };

/** Makes areas of one graph. */
export type Isochrones = (from: readonly Position[], minutes: readonly number[]) => ReachedArea[];

/** Metres between two points of the grid. */
const CELL = 160;
/** Metres a second off the road, and how far from it an area goes. */
const PACE = 2;
const FURTHEST = 240;
/** A road longer than this is looked at between its ends too. */
const STEP = 120;

/** Areas over this graph by the searches of `reach`; the grid takes about 8 bytes a point. */
export function createIsochrones(graph: RoadGraph, reach: Reach): Isochrones {
  const { points, nodeCount, firstEdge, edgeTarget, edgePiece, pieceMetres } = graph;
  const edgeSeconds = secondsOfEdges(graph);
  const [west, south, east, north] = boundsOf(points);
  const perDegree = (Math.PI * EARTH_RADIUS_METRES) / 180;
  const stepLat = CELL / perDegree;
  const stepLon = stepLat / Math.cos((((south + north) / 2) * Math.PI) / 180);
  // A rim of points that nothing reaches closes every contour.
  const margin = Math.ceil(FURTHEST / CELL) + 1;
  const columns = Math.ceil((east - west) / stepLon) + 2 * margin + 1;
  const rows = Math.ceil((north - south) / stepLat) + 2 * margin + 1;
  const grid = new Float64Array(columns * rows);
  const around = Math.ceil(FURTHEST / CELL);

  const lay = (lon: number, lat: number, seconds: number): void => {
    const x = (lon - west) / stepLon + margin;
    const y = (lat - south) / stepLat + margin;
    const [column, row] = [Math.round(x), Math.round(y)];
    for (let r = row - around; r <= row + around; r++) {
      for (let c = column - around; c <= column + around; c++) {
        const metres = Math.sqrt((c - x) * (c - x) + (r - y) * (r - y)) * CELL;
        if (metres > FURTHEST) continue;
        const at = r * columns + c;
        const arrival = seconds + metres / PACE;
        if (arrival < (grid[at] as number)) grid[at] = arrival;
      }
    }
  };

  /** Longer roads, once: where between their ends one should look, as share of the edge. */
  const between = new Map<number, readonly { readonly position: Position; readonly share: number }[]>();
  for (let node = 0; node < nodeCount; node++) {
    for (let edge = firstEdge[node] as number; edge < (firstEdge[node + 1] as number); edge++) {
      if ((pieceMetres[edgePiece[edge] as number] as number) <= STEP) continue;
      const line = [nodePosition(graph, node), ...edgeBends(graph, edge), nodePosition(graph, edgeTarget[edge] as number)];
      between.set(edge, stations(line));
    }
  }

  return (from, minutes) => {
    const limit = Math.max(0, ...minutes) * 60;
    const seconds = reach.spread(from, limit);
    grid.fill(Number.POSITIVE_INFINITY);
    for (let node = 0; node < nodeCount; node++) {
      const arrival = seconds[node] as number;
      if (arrival === Number.POSITIVE_INFINITY) continue;
      lay((points[node * 2] as number) / STEPS_PER_DEGREE, (points[node * 2 + 1] as number) / STEPS_PER_DEGREE, arrival);
      for (let edge = firstEdge[node] as number; edge < (firstEdge[node + 1] as number); edge++) {
        for (const { position, share } of between.get(edge) ?? []) {
          const passing = arrival + share * (edgeSeconds[edge] as number);
          if (passing <= limit) lay(position[0], position[1], passing);
        }
      }
    }
    const place = (x: number, y: number): Position => [
      Number((west + (x - margin) * stepLon).toFixed(5)),
      Number((south + (y - margin) * stepLat).toFixed(5)),
    ];
    return minutes.map((each) => ({
      minutes: each,
      polygons: contours({ values: grid, columns, rows, steepest: CELL / PACE }, each * 60).map((rings) =>
        rings.map((ring) => ring.map(([x, y]) => place(x, y))),
      ),
    }));
  };
}

/** Positions along a line every so many metres, without its ends. */
function stations(line: readonly Position[]): { readonly position: Position; readonly share: number }[] {
  const lengths = line.slice(1).map((to, i) => haversineMetres(line[i] as Position, to));
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  const count = Math.floor(whole / STEP);
  const found: { readonly position: Position; readonly share: number }[] = [];
  let piece = 0;
  let before = 0;
  for (let k = 1; k <= count; k++) {
    const metres = (k * whole) / (count + 1);
    while (before + (lengths[piece] as number) < metres && piece + 1 < lengths.length) before += lengths[piece++] as number;
    const [a, b] = [line[piece] as Position, line[piece + 1] as Position];
    const share = (metres - before) / (lengths[piece] as number);
    found.push({ position: [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share], share: metres / whole });
  }
  return found;
}

function boundsOf(points: Int32Array): [west: number, south: number, east: number, north: number] {
  const bounds: [number, number, number, number] = [180, 90, -180, -90];
  for (let i = 0; i < points.length; i += 2) {
    const lon = (points[i] as number) / STEPS_PER_DEGREE;
    const lat = (points[i + 1] as number) / STEPS_PER_DEGREE;
    bounds[0] = Math.min(bounds[0], lon);
    bounds[1] = Math.min(bounds[1], lat);
    bounds[2] = Math.max(bounds[2], lon);
    bounds[3] = Math.max(bounds[3], lat);
  }
  return points.length === 0 ? [0, 0, 0, 0] : bounds;
}
