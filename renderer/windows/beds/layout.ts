/**
 * Where every bed stands: areas in their order, side by side while they fit, each a block of whole columns. The same cells
 * place the tiles and answer the arrow keys, so what is above on screen is above for the keyboard.
 */
import type { Cell, FreeLayout } from './free-layout.ts';

export type AreaSize = {
  readonly id: string;
  readonly bedIds: readonly string[];
  /** Where its beds stand, if the site says so; kept while it is no wider than the board. */
  readonly free?: Pick<FreeLayout, 'columns' | 'lines' | 'cells'>;
};
export type PlacedBed = {
  readonly bedId: string /** from 0 */;
  readonly column: number /** line of the grid, from 0, counting headings */;
  readonly line: number;
};
export type PlacedArea = { readonly id: string; readonly column: number; readonly span: number; readonly line: number };
export type BedLayout = {
  readonly columns: number;
  readonly areas: readonly PlacedArea[];
  readonly beds: readonly PlacedBed[];
  /** What each line of the grid is, from the top. */
  readonly lines: readonly ('heading' | 'tiles')[];
};

/** The block of one area: in its free layout if that fits, else in the order of its beds. Every bed has a place in it. */
const blockOf = (
  { bedIds, free }: AreaSize,
  columns: number,
): { span: number; lines: number; cellOf: (bedId: string, index: number) => Cell } => {
  const inOrder = (index: number): Cell => ({ column: index % columns, line: Math.floor(index / columns) });
  return free && free.columns <= columns
    ? { span: free.columns, lines: free.lines, cellOf: (bedId, index) => free.cells.get(bedId) ?? inOrder(index) }
    : {
        span: Math.min(bedIds.length, columns),
        lines: Math.ceil(bedIds.length / columns),
        cellOf: (_, index) => inOrder(index),
      };
};

/** Lays areas out over a fixed number of columns. An area wider than that takes several lines of tiles. */
export const layoutOver = (areas: readonly AreaSize[], columns: number): BedLayout => {
  const placedAreas: PlacedArea[] = [];
  const placedBeds: PlacedBed[] = [];
  const lines: ('heading' | 'tiles')[] = [];
  let cursor = columns;
  let heading = -1;
  for (const area of areas) {
    if (area.bedIds.length === 0) continue;
    const block = blockOf(area, columns);
    if (cursor + block.span > columns) {
      heading = lines.length;
      lines.push('heading');
      cursor = 0;
    }
    while (lines.length < heading + 1 + block.lines) lines.push('tiles');
    placedAreas.push({ id: area.id, column: cursor, span: block.span, line: heading });
    for (const [index, bedId] of area.bedIds.entries()) {
      const { column, line } = block.cellOf(bedId, index);
      placedBeds.push({ bedId, column: cursor + column, line: heading + 1 + line });
    }
    cursor += block.span;
  }
  return { columns, areas: placedAreas, beds: placedBeds, lines };
};

/** Pixels. A tile is `min` to `max` wide; up to `most` where the whole department then still stands in `height`. */
export type LayoutRoom = {
  readonly width: number;
  readonly height: number;
  readonly tile: {
    readonly min: number;
    readonly max: number;
    readonly most: number;
    readonly gap: number;
    readonly height: number;
    readonly heading: number;
  };
};

/**
 * The layout for a room: with as many free layouts kept as the tile sizes allow, then, where all of it is seen at once and no area is
 * broken into more lines for it, with the widest tiles; else as few lines, then as wide a tile as that leaves.
 */
export const layoutFor = (areas: readonly AreaSize[], { width, height, tile }: LayoutRoom): BedLayout => {
  const fitting = (size: number): number => Math.max(1, Math.floor((width + tile.gap) / (size + tile.gap)));
  const layouts = Array.from({ length: fitting(tile.min) - fitting(tile.most) + 1 }, (_, index) =>
    layoutOver(areas, fitting(tile.most) + index),
  );
  const given = ({ columns }: BedLayout): number => areas.filter(({ free }) => free && free.columns > columns).length;
  const highOf = ({ lines }: BedLayout): number =>
    lines.reduce((sum, line) => sum + (line === 'heading' ? tile.heading : tile.height) + tile.gap, 0);
  const linesOf = (columns: number): number => areas.reduce((sum, area) => sum + blockOf(area, columns).lines, 0);
  const fewest = linesOf(fitting(tile.min));
  const least = Math.min(...layouts.map(given));
  const kept = layouts.filter((layout) => given(layout) === least);
  const roomy = kept.find((layout) => highOf(layout) <= height && linesOf(layout.columns) <= fewest);
  if (roomy) return roomy;
  const [first, ...rest] = kept.filter(({ columns }) => columns >= fitting(tile.max));
  return rest.reduce(
    (best, layout) => (layout.lines.length < best.lines.length ? layout : best),
    first ?? (kept[0] as BedLayout),
  );
};

export type Direction = 'up' | 'down' | 'left' | 'right';

/** The bed an arrow leads to from another; the same bed at the edge of the board. Without a start, the first bed. */
export const neighbour = ({ beds }: BedLayout, from: string | null, direction: Direction): string | null => {
  const start = beds.find((bed) => bed.bedId === from);
  if (!start) return beds[0]?.bedId ?? null;
  const inReadingOrder = beds.toSorted((a, b) => a.line - b.line || a.column - b.column);
  if (direction === 'left' || direction === 'right') {
    const index = inReadingOrder.indexOf(start) + (direction === 'right' ? 1 : -1);
    return (inReadingOrder[index] ?? start).bedId;
  }
  const beyond = inReadingOrder.filter((bed) => (direction === 'up' ? bed.line < start.line : bed.line > start.line));
  const line = direction === 'up' ? Math.max(...beyond.map((bed) => bed.line)) : Math.min(...beyond.map((bed) => bed.line));
  const nearest = beyond
    .filter((bed) => bed.line === line)
    .toSorted((a, b) => Math.abs(a.column - start.column) - Math.abs(b.column - start.column))[0];
  return (nearest ?? start).bedId;
};
