/** Draws symbols once each into small images for the map. Sizes are CSS pixels; an image is `ratio` times larger. */
import type { Hospital } from '#domain/model/hospital.ts';
import type { IncidentPriority } from '#domain/model/incident.ts';
import type { PinSize } from '../crowd.ts';
import type { Palette } from '../palette.ts';
import type { Sign } from '../picture.ts';
import { ringStrokes, type Solidity, type UnitSymbol, unitGlyphs, unitShapes } from './unit-symbol.ts';

/** The colours, and how many pixels of the display make one CSS pixel. */
export type Ink = { readonly palette: Palette; readonly ratio: number };
/** A drawn image with its size in CSS pixels. */
export type Sprite = { readonly image: ImageBitmap; readonly width: number; readonly height: number };
/** What stands for a place, told so that it can be drawn once. */
export type PlaceLook =
  | {
      readonly kind: 'pin';
      readonly priority: IncidentPriority;
      readonly alone: boolean;
      readonly selected: boolean;
      readonly size: PinSize;
    }
  | { readonly kind: 'hospital'; readonly status: Hospital['emsTrafficStatus']; readonly selected: boolean }
  | { readonly kind: 'base'; readonly empty: boolean }
  | { readonly kind: 'group'; readonly count: number; readonly anyFree: boolean; readonly quiet: boolean };

type Pen = {
  readonly fill: (path: string, colour: string) => void;
  readonly stroke: (path: string, colour: string, width: number, dash?: readonly number[]) => void;
  readonly text: (text: string, y: number, colour: string, size: number) => void;
};

/** An image no larger than what is on it: its edge is what labels keep clear of. `middle` is the y of its centre. */
const draw = (
  { ratio }: Ink,
  { width, height, middle = 0, scale = 1 }: { width: number; height: number; middle?: number; scale?: number },
  paint: (pen: Pen) => void,
): Sprite => {
  const [wide, high] = [Math.ceil(width * scale * ratio), Math.ceil(height * scale * ratio)];
  const canvas = new OffscreenCanvas(wide, high);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This window cannot draw symbols: it has no 2D canvas.');
  context.translate(wide / 2, high / 2);
  context.scale(ratio * scale, ratio * scale);
  context.translate(0, -middle);
  context.lineJoin = 'round';
  const family = getComputedStyle(document.body).fontFamily;
  paint({
    fill: (path, colour) => {
      context.fillStyle = colour;
      context.fill(new Path2D(path));
    },
    stroke: (path, colour, width, dash = []) => {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.setLineDash([...dash]);
      context.stroke(new Path2D(path));
    },
    text: (text, y, colour, pixels) => {
      context.fillStyle = colour;
      context.font = `700 ${pixels}px ${family}`;
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.fillText(text, 0, y);
    },
  });
  return { image: canvas.transferToImageBitmap(), width: wide / ratio, height: high / ratio };
};

const selectedSize = 56;

const isQuiet = (solidity: Solidity): boolean => solidity === 'hollowQuiet' || solidity === 'lostQuiet';
const isLost = (solidity: Solidity): boolean => solidity === 'lost' || solidity === 'lostQuiet';
/** The line of what is not live: dashed while old, dotted once lost. */
const dashOf = (solidity: Solidity): readonly number[] => (isLost(solidity) ? [1.5, 3] : [3, 2.5]);

/** A unit, `scale` times its full size. */
export const drawUnit = (symbol: UnitSymbol, ink: Ink, scale: number): Sprite => {
  const { palette: colours } = ink;
  const size = symbol.selected ? selectedSize : symbol.ring === 'none' || symbol.ring === 'slash' ? 32 : 44;
  return draw(ink, { width: size, height: size, scale }, ({ fill, stroke, text }) => {
    const { solidity, tone, shape, ring, selected } = symbol;
    const hollow = solidity !== 'solid';
    const late = isQuiet(solidity) ? colours.textQuiet : colours.notice;
    const line = hollow ? late : tone === 'out' ? colours.edge : colours.text;
    if (selected) stroke('M0-26a26 26 0 1 1 0 52a26 26 0 1 1 0-52z', colours.focus, 2.5);
    // A dark ground under each ring keeps it readable over a bright road.
    for (const { path, width, dash } of ringStrokes[ring]) {
      stroke(path, colours.halo, width + 2);
      stroke(path, line, hollow ? Math.min(width, 1.5) : width, hollow && ring !== 'slash' ? dashOf(solidity) : dash);
    }
    const body = hollow ? colours.halo : tone === 'free' ? colours.bright : tone === 'busy' ? colours.busy : colours.dull;
    stroke(unitShapes[shape], colours.halo, 3);
    fill(unitShapes[shape], body);
    if (hollow) stroke(unitShapes[shape], late, 1.5, dashOf(solidity));
    else if (tone === 'out') stroke(unitShapes[shape], colours.edge, 1.5);
    // Where a lost one is, nobody knows: it asks.
    if (isLost(solidity)) return text('?', 1, late, 14);
    const glyph = unitGlyphs[shape];
    if (glyph) stroke(glyph, hollow ? late : tone === 'out' ? colours.textDim : colours.ink, 2);
  });
};

/** A unit in a throng: its shape, bright while free, grey while busy, an outline when it is out or old. */
export const drawDot = ({ shape, tone, solidity }: UnitSymbol, ink: Ink, scale: number): Sprite => {
  const { palette: colours } = ink;
  return draw(ink, { width: 29, height: 29, scale }, ({ fill, stroke }) => {
    const path = unitShapes[shape];
    stroke(path, colours.halo, 6);
    if (solidity !== 'solid') {
      fill(path, colours.halo);
      stroke(path, isQuiet(solidity) ? colours.textQuiet : colours.notice, 3, isLost(solidity) ? [3, 4] : []);
    } else if (tone === 'out') {
      fill(path, colours.halo);
      stroke(path, colours.textDim, 2.5);
    } else fill(path, tone === 'free' ? colours.bright : colours.busy);
  });
};

/** The tick that points where a unit drives. `radius` is its distance from the centre in px, `degrees` clockwise from north. */
export const drawHeading = (radius: number, solidity: Solidity, degrees: number, ink: Ink, scale: number): Sprite => {
  const { palette: colours } = ink;
  const size = 2 * (radius + 11);
  return draw(ink, { width: size, height: size, scale }, ({ fill, stroke }) => {
    const turn = (degrees * Math.PI) / 180;
    const at = (x: number, y: number): string =>
      `${x * Math.cos(turn) - y * Math.sin(turn)} ${x * Math.sin(turn) + y * Math.cos(turn)}`;
    const tip = `M${at(0, -radius - 9)}L${at(5, -radius)}L${at(-5, -radius)}z`;
    stroke(tip, colours.halo, 2);
    fill(tip, solidity === 'solid' ? colours.text : isQuiet(solidity) ? colours.textQuiet : colours.notice);
  });
};

/** What lies around a crew in emergency: a full double edge that nothing else on the map has. */
export const drawEmergency = (ink: Ink): Sprite => {
  const { palette: colours } = ink;
  return draw(ink, { width: 68, height: 68 }, ({ fill, stroke }) => {
    const edge = 'M-12.400-30h24.800l17.600 17.600v24.800l-17.600 17.600h-24.800l-17.600-17.600v-24.800z';
    fill(edge, colours.alarmWash);
    stroke(edge, colours.alarm, 6);
    stroke('M-11-26.500h22l15.500 15.500v22l-15.500 15.500h-22l-15.500-15.500v-22z', colours.alarmLine, 1.5);
  });
};

/** A small sign at the shoulder of a symbol: a clock that is wrong, an hourglass for a crew that is late. */
export const drawSign = (sign: Sign, ink: Ink): Sprite => {
  const { palette: colours } = ink;
  return draw(ink, { width: 18, height: 18 }, ({ fill, stroke }) => {
    const disc = 'M0-7a7 7 0 1 1 0 14a7 7 0 1 1 0-14z';
    stroke(disc, colours.halo, 3);
    fill(disc, colours.noticeFill);
    if (sign === 'skewed') {
      stroke('M0-4.200V0l3 2', colours.halo, 1.75);
    } else fill('M-3.500-4.500h7L0 0l3.500 4.500h-7L0 0z', colours.halo);
  });
};

/** px from a pin's point up to its middle */
export const pinLift = 16;
/** An incident's shield with its priority; an outer line when nobody is sent. Its point lies `pinLift` px under the image's centre. */
const drawPin = ({ priority, alone, selected, size }: Extract<PlaceLook, { kind: 'pin' }>, ink: Ink): Sprite => {
  const { palette: colours } = ink;
  const [width, height] = selected ? [62, 62] : [38, 48];
  return draw(ink, { width, height, middle: -pinLift, scale: size }, ({ fill, stroke, text }) => {
    const shield = 'M-13-31h26v22L0 2-13-9z';
    const outer = 'M-17-35h34v26L0 7-17-9z';
    const body = [colours.priority1, colours.priority2, colours.priority3][priority - 1] ?? colours.halo;
    const figure =
      [colours.priority1Ink, colours.priority2Ink, colours.priority3Ink, colours.priority4Ink][priority - 1] ??
      colours.priority5Ink;
    const edge =
      [null, null, colours.priority3Edge, colours.priority4Edge][priority - 1] ?? (priority > 4 ? colours.priority5Edge : null);
    if (selected) stroke('M0-45a28 28 0 1 1 0 56a28 28 0 1 1 0-56z', colours.focus, 2.5);
    if (alone) {
      fill(outer, colours.halo);
      stroke(outer, colours.noticeFill, 2.5);
    }
    stroke(shield, colours.halo, 4);
    fill(shield, body);
    if (edge) stroke(shield, edge, 2);
    text(String(priority), -17, figure, 16);
  });
};

/** A hospital: `H` in a square; doubled edge on advisory, struck when closed. */
const drawHospital = ({ status, selected }: Extract<PlaceLook, { kind: 'hospital' }>, ink: Ink): Sprite => {
  const { palette: colours } = ink;
  const size = selected ? selectedSize : status === 'advisory' ? 34 : 30;
  return draw(ink, { width: size, height: size }, ({ fill, stroke, text }) => {
    const square = 'M-11-11h22v22h-22z';
    if (selected) stroke('M0-24a24 24 0 1 1 0 48a24 24 0 1 1 0-48z', colours.focus, 2.5);
    stroke(square, colours.halo, 6);
    fill(square, colours.halo);
    stroke(square, status === 'closed' ? colours.textDim : colours.textQuiet, 2);
    if (status === 'advisory') stroke('M-15-15h30v30h-30z', colours.textQuiet, 1.5, [4, 3]);
    text('H', 1, status === 'closed' ? colours.textDim : colours.text, 14);
    if (status === 'closed') {
      stroke('M-13 13l26-26', colours.halo, 5);
      stroke('M-13 13l26-26', colours.text, 2.5);
    }
  });
};

/** Several units parked at one spot: how many, bright while one of them is free, dashed while the desk is cut off. */
const drawGroup = ({ count, anyFree, quiet }: Extract<PlaceLook, { kind: 'group' }>, ink: Ink): Sprite => {
  const { palette: colours } = ink;
  return draw(ink, { width: 36, height: 36 }, ({ fill, stroke, text }) => {
    const diamond = 'M0-16l16 16-16 16-16-16z';
    stroke(diamond, colours.halo, 5);
    fill(diamond, colours.halo);
    stroke(diamond, quiet ? colours.textQuiet : anyFree ? colours.text : colours.busy, quiet ? 1.5 : 2, quiet ? [3, 2.5] : []);
    text(String(count), 1, anyFree && !quiet ? colours.text : colours.textQuiet, 14);
  });
};

/** A base: a house, an outline alone while none of its units stands there. */
const drawBase = ({ empty }: Extract<PlaceLook, { kind: 'base' }>, ink: Ink): Sprite => {
  const { palette: colours } = ink;
  return draw(ink, { width: 26, height: 26 }, ({ fill, stroke }) => {
    const house = 'M-8-1.500L0-9l8 7.500V8h-16z';
    stroke(house, colours.halo, 5);
    fill(house, empty ? colours.halo : colours.dull);
    stroke(house, empty ? colours.textDim : colours.textQuiet, 1.75, empty ? [3, 2.5] : []);
    stroke('M-3 8V2.500h6V8', empty ? colours.textDim : colours.textQuiet, 1.5);
  });
};

/** The name under which an image of a place is kept; equal looks have equal names. */
export const placeLookName = (look: PlaceLook): string => {
  if (look.kind === 'base') return `base ${look.empty}`;
  if (look.kind === 'pin') return `pin ${look.priority} ${look.alone} ${look.selected} ${look.size}`;
  return look.kind === 'hospital'
    ? `hospital ${look.status} ${look.selected}`
    : `group ${look.count} ${look.anyFree} ${look.quiet}`;
};
/** What stands for a place. */
export const drawPlace = (look: PlaceLook, ink: Ink): Sprite => {
  if (look.kind === 'base') return drawBase(look, ink);
  if (look.kind === 'pin') return drawPin(look, ink);
  return look.kind === 'hospital' ? drawHospital(look, ink) : drawGroup(look, ink);
};
