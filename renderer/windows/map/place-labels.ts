/** Where labels go beside their symbols, so that none covers another. Pure. */
import type { ScreenPoint } from './engine/port.ts';
import type { Size } from './project.ts';

/** Edges in CSS pixels. */
export type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
export type LabelWish = {
  readonly id: string;
  /** The middle of its symbol. */
  readonly at: ScreenPoint;
  readonly width: number;
  readonly height: number;
  /** From the middle of the symbol to where the label may begin; null centres it on the point itself. */
  readonly gap: number | null;
  /** Free ground it wants around. */
  readonly padding: number;
  /** Shown whatever lies there. */
  readonly always: boolean;
};
export type PlacedLabel = { readonly id: string; readonly box: Box; readonly side: number };

const cellSize = 96;
/** The side a label stood on, by id: it stays there while there is room, so that text does not hop about. */
export type Sides = ReadonlyMap<string, number>;

const boxAt = ({ at: { x, y }, width, height, gap }: LabelWish, side: number): Box => {
  if (gap === null) return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
  const left = side === 0 ? x + gap : side === 1 ? x - gap - width : x - width / 2;
  const top = side === 2 ? y + gap - 4 : side === 3 ? y - gap - height + 4 : y - height / 2;
  return { left, top, right: left + width, bottom: top + height };
};

/** Places labels in the order given: right, left, below, above, or not at all; beside a symbol only whole within the view. `taken` is ground that no label may cover. */
export const placeLabels = (
  view: Size,
  taken: readonly Box[],
  wishes: readonly LabelWish[],
  before: Sides,
): readonly PlacedLabel[] => {
  const cells = new Map<number, Box[]>();
  const eachCell = (box: Box, visit: (key: number) => boolean): boolean => {
    for (let row = Math.floor(box.top / cellSize); row <= Math.floor(box.bottom / cellSize); row += 1)
      for (let column = Math.floor(box.left / cellSize); column <= Math.floor(box.right / cellSize); column += 1)
        if (visit(row * 4096 + column)) return true;
    return false;
  };
  const take = (box: Box): void => {
    eachCell(box, (key) => {
      const cell = cells.get(key);
      if (cell) cell.push(box);
      else cells.set(key, [box]);
      return false;
    });
  };
  const isFree = ({ left, top, right, bottom }: Box, padding: number): boolean => {
    const wanted = { left: left - padding, top: top - padding, right: right + padding, bottom: bottom + padding };
    return !eachCell(wanted, (key) =>
      (cells.get(key) ?? []).some(
        (other) =>
          wanted.left < other.right && wanted.right > other.left && wanted.top < other.bottom && wanted.bottom > other.top,
      ),
    );
  };
  const isWithin = ({ left, top, right, bottom }: Box): boolean =>
    left >= 0 && top >= 0 && right <= view.width && bottom <= view.height;
  for (const box of taken) take(box);
  const placed: PlacedLabel[] = [];
  for (const wish of wishes) {
    const last = before.get(wish.id) ?? 0;
    const sides = wish.gap === null ? [0] : [last, ...[0, 1, 2, 3].filter((side) => side !== last)];
    const free = sides.find((side) => {
      const box = boxAt(wish, side);
      return (wish.gap === null || isWithin(box)) && isFree(box, wish.padding);
    });
    if (free === undefined && !wish.always) continue;
    const side = free ?? last;
    const box = boxAt(wish, side);
    take(box);
    placed.push({ id: wish.id, box, side });
  }
  return placed;
};
