/**
 * How a wall is laid out so that it can be read from where people stand. A capital is as high as the distance / 200; whatever is
 * read has that size, and everything else follows from it. What does not fit loses detail in a written order (staff, complaint,
 * stay, initials; never bed, acuity, alarm, freshness). Where even that does not fit, letters become as small as it takes to show
 * every bed, and the wall says from how far it can be read and how many displays would do. Beds stand where the site laid them out as
 * long as that costs no detail and no letter: who looks for a bed by its place finds it there. Else in their order, and it says so.
 */
import { type AreaSize, type BedLayout, layoutOver } from '../beds/layout.ts';

export type WallDetail = 'staff' | 'complaint' | 'stay' | 'initials';
/** What goes first when there is no room. */
export const dropOrder: readonly WallDetail[] = ['staff', 'complaint', 'stay', 'initials'];

export type WallRoom = {
  /** Of the window, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Of a pixel, in millimetres, and from where people read, in metres. */
  readonly millimetresPerPixel: number;
  readonly distanceMetres: number;
};
export type WallBeds = {
  readonly areas: readonly AreaSize[];
  /** Characters of the longest label. */
  readonly longestLabel: number;
  /** What this desk holds of patients: a display has neither staff nor complaint. */
  readonly details: readonly WallDetail[];
};
export type WallLayout = {
  /** Font sizes in pixels: what is read, what is glanced at, captions that the room knows by their place. */
  readonly letter: number;
  readonly glance: number;
  readonly label: number;
  /** Of the strip at the top, in pixels. */
  readonly strip: number;
  readonly grid: BedLayout;
  readonly details: readonly WallDetail[];
  /** Flags have a line of their own; else only the first of them is drawn. */
  readonly flagLine: boolean;
  /** There was no room to draw areas as they are laid out. */
  readonly flowed: boolean;
  /** What this desk holds and there is no room for. */
  readonly dropped: readonly WallDetail[];
  /** A tile is not drawn higher than this, in pixels. */
  readonly tileMost: number;
  /** Lines of each list at the foot. */
  readonly rows: number;
  /** From how far everything that must be read can be read, in metres, rounded down. */
  readonly readableMetres: number;
  /** How many displays of this size would show every bed at the distance asked for; null when not even six would. */
  readonly displays: number | null;
};

/** Share of the font size that a capital is high (Inter). */
const capShare = 0.727;
/** The font size, in pixels, whose capitals can be read from `distanceMetres`: letter height is distance / 200. */
export const letterFor = (distanceMetres: number, millimetresPerPixel: number): number =>
  (distanceMetres * 1000) / 200 / capShare / millimetresPerPixel;

/** Millimetres a pixel of a display is wide, from its diagonal and its size in pixels. */
export const millimetresPerPixel = (diagonalInches: number, width: number, height: number): number =>
  (diagonalInches * 25.4) / Math.hypot(width, height);

/** Room around the picture: for its shift against burn-in, and for the frame that says it is not live. Pixels. */
export const wallEdge = 16;

/** Heights and widths in letters; the style sheet draws by the same. */
const size = { caption: 0.64, captionLine: 0.8, line: 1.1, listLine: 1.25, tileEdge: 0.42, gap: 0.1, part: 0.2 } as const;
/** The strip is 6 % of the height, and never lower than its letters. */
const stripHeight = (height: number, letter: number): number => Math.max(height * 0.06, letter * 1.35);

type Plan = {
  readonly details: readonly WallDetail[];
  readonly flagLine: boolean;
  readonly rows: number;
  readonly glance: number;
  /** Areas that are laid out freely are drawn so. */
  readonly isFree: boolean;
};
/** Whether flags have a line of their own, beside these details: the ways to try. */
const linesFor = (details: readonly WallDetail[]): readonly boolean[] => {
  if (details.includes('complaint') || details.includes('staff')) return [true];
  return details.includes('stay') ? [true, false] : [false];
};
/**
 * From the most that can be shown to the least. Flags go down to the first before an area is drawn otherwise than it is laid out, and
 * both before the stay goes. The lists are shortened only to keep the initials, and again before letters become smaller.
 */
const plansFor = (held: readonly WallDetail[], hasFree: boolean): readonly Plan[] => {
  const kept = dropOrder.map((_, index) => dropOrder.slice(index).filter((detail) => held.includes(detail)));
  const places = hasFree ? [true, false] : [false];
  const whole = { rows: 3, glance: 2 };
  const barest = kept.at(-1) ?? [];
  return [
    ...kept.flatMap((details) =>
      places.flatMap((isFree) => linesFor(details).map((flagLine) => ({ ...whole, details, isFree, flagLine }))),
    ),
    ...places.map((isFree) => ({ details: barest, isFree, flagLine: false, rows: 2, glance: 1.2 })),
    ...places.map((isFree) => ({ ...whole, details: [], isFree, flagLine: false })),
    ...places.map((isFree) => ({ details: [], isFree, flagLine: false, rows: 2, glance: 1.2 })),
  ];
};

const tileWidth = ({ details }: Plan, longestLabel: number): number => {
  const label = 0.62 * longestLabel;
  if (details.includes('staff') || details.includes('complaint')) return Math.max(label + 1.5, 5.4);
  return Math.max(label + 1.5, 3.5);
};
const tileHeight = ({ details, flagLine }: Plan): number => {
  const lines = 1 + Number(flagLine) + Number(details.includes('initials')) + Number(details.includes('stay'));
  const small = Number(details.includes('complaint')) + Number(details.includes('staff'));
  return lines * size.line + small * size.captionLine + size.tileEdge;
};

/** The row of numbers in letters: six of them with up to three figures, their words, and one with minutes. */
const glanceOf = (plan: Plan, width: number, letter: number): number =>
  Math.min(plan.glance * letter, (width - 15 * letter) / 10.8);

const inOrder = (areas: readonly AreaSize[]): readonly AreaSize[] => areas.map(({ id, bedIds }) => ({ id, bedIds }));

/** The grid that stands in the room a plan leaves for beds at a letter; null when none does. */
const gridFor = (plan: Plan, beds: WallBeds, room: WallRoom, letter: number): BedLayout | null => {
  const width = room.width - 2 * wallEdge;
  const glance = glanceOf(plan, width, letter);
  if (glance < letter) return null;
  const taken =
    stripHeight(room.height, letter) +
    (size.captionLine + size.part) * letter +
    glance * 1.05 +
    (size.captionLine + plan.rows * size.listLine + size.part) * letter +
    size.captionLine * letter +
    2 * wallEdge;
  const left = room.height - taken;
  const most = Math.floor((width / letter + size.gap) / (tileWidth(plan, beds.longestLabel) + size.gap));
  let best: { readonly grid: BedLayout; readonly height: number } | null = null;
  const areas = plan.isFree ? beds.areas : inOrder(beds.areas);
  const least = Math.max(1, Math.floor(most / 2), ...areas.map(({ free }) => free?.columns ?? 0));
  for (let columns = most; columns >= least; columns -= 1) {
    const grid = layoutOver(areas, columns);
    const height = grid.lines.reduce(
      (sum, line) => sum + (line === 'heading' ? size.captionLine : tileHeight(plan) + size.gap) * letter,
      0,
    );
    if (height <= left && (!best || height <= best.height)) best = { grid, height };
  }
  return best?.grid ?? null;
};

/** Beds in their order over `count` displays, as many on each. */
const shared = (areas: readonly AreaSize[], count: number): readonly (readonly AreaSize[])[] => {
  const total = areas.reduce((sum, { bedIds }) => sum + bedIds.length, 0);
  const share = Math.ceil(total / count);
  return Array.from({ length: count }, (_, index) => {
    let passed = 0;
    return areas.flatMap(({ id, bedIds }) => {
      const from = Math.max(0, index * share - passed);
      const to = Math.max(0, (index + 1) * share - passed);
      passed += bedIds.length;
      const here = bedIds.slice(from, to);
      return here.length === 0 ? [] : [{ id, bedIds: here }];
    });
  });
};
const mostDisplays = 6;

/** Letters may be this much larger than they must be, where there is room. */
const largest = 1.4;
/** No wall is read below this; a pixel size at which a word still has a shape. */
const smallest = 10;

/** The wall for these beds in this room. */
export const wallLayout = (beds: WallBeds, room: WallRoom): WallLayout => {
  const needed = letterFor(room.distanceMetres, room.millimetresPerPixel);
  const hasFree = beds.areas.some(({ free }) => free !== undefined);
  const plans = plansFor(beds.details, hasFree);
  const barest = plans.at(-1) as Plan;
  const fittingPlan = plans.find((plan) => gridFor(plan, beds, room, Math.ceil(needed)) !== null);
  let letter = fittingPlan ? Math.floor(needed * largest) : Math.ceil(needed);
  while (gridFor(fittingPlan ?? barest, beds, room, letter) === null && letter > smallest) letter -= 1;
  // Where letters become smaller than asked, nothing is dropped that would not make them larger.
  const plan = fittingPlan ?? plans.find((one) => gridFor(one, beds, room, letter) !== null) ?? barest;
  const grid = gridFor(plan, beds, room, letter);
  const enough = (count: number): boolean =>
    shared(beds.areas, count).every((areas) => gridFor(barest, { ...beds, areas }, room, Math.ceil(needed)) !== null);
  const counts = Array.from({ length: mostDisplays }, (_, index) => index + 1);
  return {
    letter,
    glance: Math.max(letter, Math.floor(glanceOf(plan, room.width - 2 * wallEdge, letter))),
    label: Math.max(smallest, Math.round(letter * size.caption)),
    strip: Math.ceil(stripHeight(room.height, letter)),
    grid:
      grid ?? layoutOver(inOrder(beds.areas), Math.max(1, Math.floor(room.width / letter / tileWidth(plan, beds.longestLabel)))),
    details: plan.details,
    flagLine: plan.flagLine,
    flowed: hasFree && !plan.isFree,
    dropped: dropOrder.filter((detail) => beds.details.includes(detail) && !plan.details.includes(detail)),
    tileMost: Math.round(tileHeight(plan) * letter * 1.3),
    rows: plan.rows,
    readableMetres: Math.floor(((room.distanceMetres * letter) / needed) * 10) / 10,
    displays: fittingPlan ? 1 : (counts.find(enough) ?? null),
  };
};
