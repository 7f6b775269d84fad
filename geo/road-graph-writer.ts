import { haversineMetres, STEPS_PER_DEGREE } from './coordinates.ts';
import { ROAD_CLASSES, type RoadClass } from './road-graph.ts';
import { textSections, writeSections } from './sections.ts';

/** One drawn road: its points as lon, lat, lon, lat … in steps of a ten-millionth of a degree, in driving order. */
export type DrawnRoad = {
  readonly name: string;
  readonly roadClass: RoadClass;
  readonly oneWay: boolean;
  readonly points: readonly number[];
};

type Piece = { from: number; to: number; road: DrawnRoad; metres: number; bends: number[] };

/** The bytes of a road graph file: roads are cut wherever one touches another in exactly the same point. */
export function writeRoadGraph(roads: readonly DrawnRoad[]): Uint8Array {
  const { pieces, points } = cutAtJunctions(roads);
  const nodeCount = points.length / 2;
  const { newNumber, mainNodes } = mainPartFirst(nodeCount, pieces);

  const names = [...new Set(['', ...roads.map((road) => road.name)])];
  const nameIndex = new Map(names.map((name, i) => [name, i]));
  const classIndex = new Map<string, number>(ROAD_CLASSES.map(({ name }, i) => [name, i]));
  const orderedPoints = new Int32Array(points.length);
  for (let node = 0; node < nodeCount; node++) {
    const at = newNumber[node] as number;
    orderedPoints[at * 2] = points[node * 2] as number;
    orderedPoints[at * 2 + 1] = points[node * 2 + 1] as number;
  }
  const bendBegins = new Uint32Array(pieces.length + 1);
  pieces.forEach((piece, i) => {
    bendBegins[i + 1] = (bendBegins[i] as number) + piece.bends.length / 2;
  });
  return writeSections('roads', [
    Uint32Array.of(mainNodes),
    orderedPoints,
    Uint32Array.from(pieces, (piece) => newNumber[piece.from] as number),
    Uint32Array.from(pieces, (piece) => newNumber[piece.to] as number),
    Float32Array.from(pieces, (piece) => piece.metres),
    Uint8Array.from(pieces, (piece) => classIndex.get(piece.road.roadClass) as number),
    Uint8Array.from(pieces, (piece) => (piece.road.oneWay ? 1 : 0)),
    Uint32Array.from(pieces, (piece) => nameIndex.get(piece.road.name) as number),
    bendBegins,
    Int32Array.from(pieces.flatMap((piece) => piece.bends)),
    ...textSections(names),
  ]);
}

function cutAtJunctions(roads: readonly DrawnRoad[]): { pieces: Piece[]; points: number[] } {
  const keyAt = (road: DrawnRoad, i: number) => `${road.points[i * 2]} ${road.points[i * 2 + 1]}`;
  const visits = new Map<string, number>();
  for (const road of roads) {
    const last = road.points.length / 2 - 1;
    for (let i = 0; i <= last; i++) {
      const key = keyAt(road, i);
      // An end always becomes a node, so it counts like a second visit.
      visits.set(key, (visits.get(key) ?? 0) + (i === 0 || i === last ? 2 : 1));
    }
  }
  const nodes = new Map<string, number>();
  const points: number[] = [];
  const nodeAt = (road: DrawnRoad, i: number): number => {
    const key = keyAt(road, i);
    const known = nodes.get(key);
    if (known !== undefined) return known;
    nodes.set(key, nodes.size);
    points.push(road.points[i * 2] as number, road.points[i * 2 + 1] as number);
    return nodes.size - 1;
  };
  const pieces: Piece[] = [];
  for (const road of roads) {
    let start = 0;
    let metres = 0;
    for (let i = 1; i < road.points.length / 2; i++) {
      metres += stepMetres(road, i);
      if ((visits.get(keyAt(road, i)) as number) < 2) continue;
      // A loop that returns to where it began leads nowhere new; no route needs it.
      if (keyAt(road, start) !== keyAt(road, i)) {
        const bends = road.points.slice((start + 1) * 2, i * 2);
        pieces.push({ from: nodeAt(road, start), to: nodeAt(road, i), road, metres, bends });
      }
      start = i;
      metres = 0;
    }
  }
  return { pieces, points };
}

function stepMetres(road: DrawnRoad, i: number): number {
  const at = (k: number) => (road.points[k] as number) / STEPS_PER_DEGREE;
  return haversineMetres([at(i * 2 - 2), at(i * 2 - 1)], [at(i * 2), at(i * 2 + 1)]);
}

/** New numbers for nodes, the largest strongly connected part first, otherwise in the order they had. */
function mainPartFirst(nodeCount: number, pieces: readonly Piece[]): { newNumber: Uint32Array; mainNodes: number } {
  const ahead: number[][] = Array.from({ length: nodeCount }, () => []);
  const back: number[][] = Array.from({ length: nodeCount }, () => []);
  for (const { from, to, road } of pieces) {
    ahead[from]?.push(to);
    back[to]?.push(from);
    if (road.oneWay) continue;
    ahead[to]?.push(from);
    back[from]?.push(to);
  }
  // Kosaraju: the order in which nodes are finished going ahead, then parts by going back in the reverse of it.
  const seen = new Uint8Array(nodeCount);
  const finished: number[] = [];
  for (let root = 0; root < nodeCount; root++) {
    if (seen[root]) continue;
    seen[root] = 1;
    const stack = [{ node: root, next: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const target = ahead[top.node]?.[top.next++];
      if (target === undefined) {
        finished.push(top.node);
        stack.pop();
      } else if (!seen[target]) {
        seen[target] = 1;
        stack.push({ node: target, next: 0 });
      }
    }
  }
  const part = new Int32Array(nodeCount).fill(-1);
  const sizes: number[] = [];
  for (const root of finished.reverse()) {
    if (part[root] !== -1) continue;
    const number = sizes.length;
    let size = 0;
    const stack = [root];
    part[root] = number;
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      size++;
      for (const source of back[node] ?? []) {
        if (part[source] !== -1) continue;
        part[source] = number;
        stack.push(source);
      }
    }
    sizes.push(size);
  }
  const mainNodes = sizes.reduce((a, b) => Math.max(a, b), 0);
  const main = sizes.indexOf(mainNodes);
  const newNumber = new Uint32Array(nodeCount);
  let inside = 0;
  let outside = mainNodes;
  for (let node = 0; node < nodeCount; node++) newNumber[node] = part[node] === main ? inside++ : outside++;
  return { newNumber, mainNodes };
}
