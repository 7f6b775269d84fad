/*
 * Contours of a grid of numbers by marching squares: the line where the value is the level, with what lies below it on its
 * left, so that outer rings run against the clock and holes with it (y upwards). Every crossing lies on one side of a square
 * and each square joins the crossings of its sides, which is why the lines always close when the rim lies above the level.
 */

type Point = readonly [x: number, y: number];

/** One polygon: its outer ring, then its holes. */
export type Rings = readonly (readonly Point[])[];

/** Numbers on a grid, by rows; those of the rim must be Infinity. `steepest`: the most a value rises from a point to the next. */
export type ValueGrid = {
  readonly values: Float64Array;
  readonly columns: number;
  readonly rows: number;
  readonly steepest: number;
};

/** Pairs of sides that a line joins, by which corners lie below: 1 south-west, 2 south-east, 4 north-east, 8 north-west. Sides: 0 south, 1 east, 2 north, 3 west. */
const JOINS: readonly (readonly (readonly [from: number, to: number])[])[] = [
  [],
  [[0, 3]],
  [[1, 0]],
  [[1, 3]],
  [[2, 1]],
  [
    [0, 3],
    [2, 1],
  ],
  [[2, 0]],
  [[2, 3]],
  [[3, 2]],
  [[0, 2]],
  [
    [1, 0],
    [3, 2],
  ],
  [[1, 2]],
  [[3, 1]],
  [[0, 1]],
  [[3, 0]],
  [],
];

/** The polygons of all points at or below the level, in steps of the grid. */
export function contours(grid: ValueGrid, level: number): Rings[] {
  const { values, columns, rows, steepest } = grid;
  /** A side of a square: twice the index of its western or southern point, one more for the sides that run north. */
  const next = new Map<number, number>();
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const at = row * columns + column;
      const below =
        ((values[at] as number) <= level ? 1 : 0) |
        ((values[at + 1] as number) <= level ? 2 : 0) |
        ((values[at + columns + 1] as number) <= level ? 4 : 0) |
        ((values[at + columns] as number) <= level ? 8 : 0);
      if (below === 0 || below === 15) continue;
      const sides = [at * 2, (at + 1) * 2 + 1, (at + columns) * 2, at * 2 + 1];
      for (const [from, to] of JOINS[below] ?? []) next.set(sides[from] as number, sides[to] as number);
    }
  }
  const crossing = (side: number): Point => {
    const at = side >> 1;
    const runsNorth = (side & 1) === 1;
    const one = values[at] as number;
    const other = values[runsNorth ? at + columns : at + 1] as number;
    const low = Math.min(one, other);
    // Nothing reaches the other point: the line lies as far out as one gets from this one.
    const high = Math.min(Math.max(one, other), low + steepest * 1.001);
    const share = high > low ? Math.min(0.999, (level - low) / (high - low)) : 0.5;
    const along = one <= other ? share : 1 - share;
    const [x, y] = [at % columns, Math.floor(at / columns)];
    return runsNorth ? [x, y + along] : [x + along, y];
  };
  const rings: Point[][] = [];
  for (const [start] of next) {
    const ring: Point[] = [];
    let side: number | undefined = start;
    while (side !== undefined) {
      ring.push(crossing(side));
      const to: number | undefined = next.get(side);
      next.delete(side);
      side = to;
    }
    if (ring.length > 3) rings.push(ring);
  }
  return nest(rings);
}

/** Twice the area within a ring: positive for one that runs against the clock. */
function doubleArea(ring: readonly Point[]): number {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i] as Point, ring[i + 1] as Point];
    sum += a[0] * b[1] - b[0] * a[1];
  }
  return sum;
}

/** Whether a point lies within a closed ring. */
function isWithin([x, y]: Point, ring: readonly Point[]): boolean {
  let inside = false;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i] as Point, ring[i + 1] as Point];
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
  }
  return inside;
}

/** Each hole with the smallest outer ring around it. */
function nest(rings: readonly (readonly Point[])[]): Rings[] {
  const sized = rings.map((ring) => ({ ring, area: doubleArea(ring) })).sort((a, b) => a.area - b.area);
  const outers = sized.filter(({ area }) => area > 0).map(({ ring }) => [ring]);
  for (const { ring, area } of sized) {
    if (area >= 0) continue;
    outers.find(([outer]) => isWithin(ring[0] as Point, outer as readonly Point[]))?.push(ring);
  }
  return outers;
}
