/**
 * Where the beds of an area stand that its site lays out freely. Every bed gets exactly one place, whatever its record says: one
 * without a cell, or whose cell another bed has, takes the next free place. How wide a gap is does not matter to a board, only that
 * there is one: lines and columns without a bed that follow each other are drawn as one.
 */
import type { Bed } from '#domain/model/bed.ts';

export type Cell = { readonly column: number; readonly line: number };
type Standing = Pick<Bed, 'id' | 'cell'>;
export type FreeLayout = {
  readonly columns: number;
  readonly lines: number;
  readonly cells: ReadonlyMap<string, Cell>;
  /** Beds that do not stand where their record says. */
  readonly displaced: readonly string[];
};

const keyOf = ({ column, line }: Cell): string => `${column} ${line}`;

/** Beds in their order on a ground that is `columns` wide; a cell outside of it counts as none. */
export const standFreely = (beds: readonly Standing[], columns: number): Pick<FreeLayout, 'cells' | 'displaced'> => {
  const taken = new Map<string, string>();
  for (const { id, cell } of beds) {
    if (cell && cell.column < columns && !taken.has(keyOf(cell))) taken.set(keyOf(cell), id);
  }
  const cells = new Map<string, Cell>();
  const displaced: string[] = [];
  let next = 0;
  for (const { id, cell } of beds) {
    if (cell && taken.get(keyOf(cell)) === id) {
      cells.set(id, cell);
      continue;
    }
    const place = (): Cell => ({ column: next % columns, line: Math.floor(next / columns) });
    while (taken.has(keyOf(place()))) next += 1;
    taken.set(keyOf(place()), id);
    cells.set(id, place());
    if (cell) displaced.push(id);
  }
  return { cells, displaced };
};

/** By number of a line or a column: where it is drawn when none of several empty ones in a row is drawn but the first, and none before the first used. */
const closedUp = (used: readonly number[]): ReadonlyMap<number, number> => {
  const drawn = new Map<number, number>();
  let next = 0;
  let before: number | null = null;
  for (const number of [...new Set(used)].toSorted((a, b) => a - b)) {
    if (before !== null && number > before + 1) next += 1;
    drawn.set(number, next);
    next += 1;
    before = number;
  }
  return drawn;
};

/** The free layout of an area's beds, given in their order. As wide as its cells say; without any, as a square would be. */
export const freeLayout = (beds: readonly Standing[]): FreeLayout => {
  const said = beds.flatMap(({ cell }) => (cell ? [cell.column + 1] : []));
  const { cells, displaced } = standFreely(beds, Math.max(Math.ceil(Math.sqrt(beds.length)), ...said, 1));
  const columns = closedUp([...cells.values()].map(({ column }) => column));
  const lines = closedUp([...cells.values()].map(({ line }) => line));
  const drawn = new Map(
    [...cells].map(([id, { column, line }]) => [id, { column: columns.get(column) ?? 0, line: lines.get(line) ?? 0 }]),
  );
  return {
    columns: Math.max(0, ...[...drawn.values()].map(({ column }) => column + 1)),
    lines: Math.max(0, ...[...drawn.values()].map(({ line }) => line + 1)),
    cells: drawn,
    displaced,
  };
};
