/**
 * Where the windows go. One display each when there are enough; else the boards share the displays in turn. Boards that share a
 * display stand side by side when each keeps at least 1280 × 720, else one over the other over the whole work area.
 */
import type { StartBoard, WindowKind } from '#contracts/ipc/main-window.ts';

export type Bounds = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
/** A display as far as placement needs it: device-independent pixels, without task bars. */
export type DisplayArea = { readonly id: number; readonly workArea: Bounds };

const leastWidth = 1280;
const leastHeight = 720;

/** Names an arrangement of displays: the same displays in the same places give the same name, whatever their ids. */
export const arrangementOf = (displays: readonly DisplayArea[]): string =>
  displays
    .map(({ workArea: { x, y, width, height } }) => `${width}x${height}+${x}+${y}`)
    .sort()
    .join(' ');

const isInside = (inner: Bounds, outer: Bounds): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

const shareDisplay = (area: Bounds, count: number): Bounds[] => {
  const columns = Math.min(count, Math.ceil(Math.sqrt(count)));
  const rows = Math.ceil(count / columns);
  const width = Math.floor(area.width / columns);
  const height = Math.floor(area.height / rows);
  return Array.from({ length: count }, (_, index) =>
    width >= leastWidth && height >= leastHeight
      ? { x: area.x + (index % columns) * width, y: area.y + Math.floor(index / columns) * height, width, height }
      : area,
  );
};

/**
 * The bounds of each board's window. `displays` holds the primary first; a remembered place is taken back when it lies wholly on
 * a display that is there.
 */
export const placeWindows = (
  boards: readonly StartBoard[],
  displays: readonly DisplayArea[],
  remembered: Partial<Readonly<Record<WindowKind, Bounds>>> = {},
): ReadonlyMap<StartBoard, Bounds> => {
  const places = new Map<StartBoard, Bounds>();
  displays.forEach((display, index) => {
    const sharing = boards.filter((_, place) => place % displays.length === index);
    const shares = shareDisplay(display.workArea, sharing.length);
    for (const [place, board] of sharing.entries()) {
      const known = remembered[board];
      const isSeen = known !== undefined && displays.some(({ workArea }) => isInside(known, workArea));
      places.set(board, isSeen ? known : (shares[place] ?? display.workArea));
    }
  });
  return places;
};

/**
 * Where a wall opens that is asked for: where it stood last when that can be seen, else over the whole of another display than
 * the one it was asked on, where there is one.
 */
export const placeWall = (
  asking: Bounds,
  displays: readonly DisplayArea[],
  remembered: Bounds | undefined,
): Bounds | undefined => {
  if (remembered && displays.some(({ workArea }) => isInside(remembered, workArea))) return remembered;
  const middle = { x: asking.x + asking.width / 2, y: asking.y + asking.height / 2, width: 0, height: 0 };
  return (displays.findLast(({ workArea }) => !isInside(middle, workArea)) ?? displays[0])?.workArea;
};

/** How large a window is that opens when it is asked for, where the display allows it. */
const askedForSize = { width: 1440, height: 900 };

/** Where a window opens that is asked for: where it stood last when that can be seen, else in the middle of the display it was asked on. */
export const placeAskedFor = (
  asking: Bounds,
  displays: readonly DisplayArea[],
  remembered: Bounds | undefined,
): Bounds | undefined => {
  if (remembered && displays.some(({ workArea }) => isInside(remembered, workArea))) return remembered;
  const [x, y] = [asking.x + asking.width / 2, asking.y + asking.height / 2];
  const on = displays.find(({ workArea }) => isInside({ x, y, width: 0, height: 0 }, workArea)) ?? displays[0];
  if (!on) return undefined;
  const { workArea } = on;
  const width = Math.min(askedForSize.width, workArea.width);
  const height = Math.min(askedForSize.height, workArea.height);
  return {
    x: workArea.x + Math.floor((workArea.width - width) / 2),
    y: workArea.y + Math.floor((workArea.height - height) / 2),
    width,
    height,
  };
};
