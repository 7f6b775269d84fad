import { EARTH_RADIUS_METRES, STEPS_PER_DEGREE } from './coordinates.ts';

/** Points sorted into square cells, to find the nearest one without looking at all. */
export type PointGrid = {
  /** lon, lat, lon, lat … in steps of a ten-millionth of a degree. */
  readonly points: Int32Array;
  readonly west: number;
  readonly south: number;
  /** Side of a cell, in the same steps. */
  readonly side: number;
  readonly columns: number;
  readonly rows: number;
  /** Where each cell's points begin in `members`; one more than there are cells. */
  readonly begins: Uint32Array;
  readonly members: Uint32Array;
};

const POINTS_PER_CELL = 4;

/** A grid over the first `count` points of a flat list of lon, lat steps. */
export function createPointGrid(points: Int32Array, count: number): PointGrid {
  let [west, south, east, north] = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const lon = points[i * 2] as number;
    const lat = points[i * 2 + 1] as number;
    west = i === 0 ? lon : Math.min(west, lon);
    east = i === 0 ? lon : Math.max(east, lon);
    south = i === 0 ? lat : Math.min(south, lat);
    north = i === 0 ? lat : Math.max(north, lat);
  }
  const width = east - west + 1;
  const height = north - south + 1;
  const cells = Math.max(1, count / POINTS_PER_CELL);
  // No side shorter than this: points on one line would otherwise ask for a row of countless cells.
  const side = Math.max(1, Math.ceil(Math.sqrt((width * height) / cells)), Math.ceil(Math.max(width, height) / 4096));
  const columns = Math.ceil(width / side);
  const rows = Math.ceil(height / side);
  const cellOf = (i: number) =>
    Math.floor(((points[i * 2 + 1] as number) - south) / side) * columns + Math.floor(((points[i * 2] as number) - west) / side);
  const begins = new Uint32Array(columns * rows + 1);
  for (let i = 0; i < count; i++) (begins[cellOf(i) + 1] as number)++;
  for (let cell = 0; cell < columns * rows; cell++) (begins[cell + 1] as number) += begins[cell] as number;
  const free = begins.slice();
  const members = new Uint32Array(count);
  for (let i = 0; i < count; i++) members[(free[cellOf(i)] as number)++] = i;
  return { points, west, south, side, columns, rows, begins, members };
}

/** The point nearest to a position and its distance in metres (plane around the position); undefined in an empty grid. */
export function nearestPoint(grid: PointGrid, lon: number, lat: number): { index: number; metres: number } | undefined {
  const { points, side, columns, rows, begins, members } = grid;
  if (members.length === 0 || !Number.isFinite(lon) || !Number.isFinite(lat)) return undefined;
  const x = lon * STEPS_PER_DEGREE;
  const y = lat * STEPS_PER_DEGREE;
  const squeeze = Math.cos((lat * Math.PI) / 180);
  const column = Math.min(columns - 1, Math.max(0, Math.floor((x - grid.west) / side)));
  const row = Math.min(rows - 1, Math.max(0, Math.floor((y - grid.south) / side)));
  let index = -1;
  let best = Number.POSITIVE_INFINITY;
  const look = (atColumn: number, atRow: number) => {
    if (atColumn < 0 || atRow < 0 || atColumn >= columns || atRow >= rows) return;
    const cell = atRow * columns + atColumn;
    for (let k = begins[cell] as number; k < (begins[cell + 1] as number); k++) {
      const i = members[k] as number;
      const dx = ((points[i * 2] as number) - x) * squeeze;
      const dy = (points[i * 2 + 1] as number) - y;
      const distance = dx * dx + dy * dy;
      if (distance < best || (distance === best && i < index)) {
        best = distance;
        index = i;
      }
    }
  };
  // Rings of cells outwards. What lies beyond ring r is at least r sides away from a position inside the grid, and
  // further still from one outside of it, whose own cell is clamped to the rim.
  for (let ring = 0; ring <= Math.max(columns, rows); ring++) {
    const reach = (ring - 1) * side * squeeze;
    if (index >= 0 && ring > 0 && reach * reach > best) break;
    for (let dc = -ring; dc <= ring; dc++) {
      const rim = Math.abs(dc) === ring;
      for (let dr = -ring; dr <= ring; dr += rim || ring === 0 ? 1 : 2 * ring) look(column + dc, row + dr);
    }
  }
  const metres = ((Math.sqrt(best) / STEPS_PER_DEGREE) * Math.PI * EARTH_RADIUS_METRES) / 180;
  return { index, metres };
}
