/** Draws symbols once each into small canvases for the map. Sizes are CSS pixels; the canvas is `ratio` times larger. */
import type { Hospital } from '#domain/model/hospital.ts';
import type { IncidentPriority } from '#domain/model/incident.ts';
import type { Palette } from '../palette.ts';
import { ringStrokes, type UnitSymbol, unitGlyphs, unitShapes } from './unit-symbol.ts';

/** The colours, and how many pixels of the display make one CSS pixel. */
export type Ink = { readonly palette: Palette; readonly ratio: number };
/** A drawn image with its size in CSS pixels. */
export type Sprite = { readonly image: HTMLCanvasElement; readonly width: number; readonly height: number };

type Pen = {
  readonly fill: (path: string, colour: string) => void;
  readonly stroke: (path: string, colour: string, width: number, dash?: readonly number[]) => void;
  readonly text: (text: string, y: number, colour: string, size: number) => void;
};

/** An image no larger than what is on it: its edge is what labels keep clear of. `middle` is the y of its centre. */
const draw = (ratio: number, width: number, height: number, middle: number, paint: (pen: Pen) => void): Sprite => {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This window cannot draw symbols: it has no 2D canvas.');
  context.scale(ratio, ratio);
  context.translate(width / 2, height / 2 - middle);
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
  return { image: canvas, width, height };
};

const selectedSize = 56;

/** A unit. */
export const drawUnit = (symbol: UnitSymbol, { palette: colours, ratio }: Ink): Sprite => {
  const size = symbol.selected ? selectedSize : symbol.ring === 'none' || symbol.ring === 'slash' ? 32 : 44;
  return draw(ratio, size, size, 0, ({ fill, stroke }) => {
    const { solidity, tone, shape, ring, selected } = symbol;
    const hollow = solidity !== 'solid';
    const late = solidity === 'hollow' ? colours.notice : colours.textQuiet;
    const line = hollow ? late : tone === 'out' ? colours.edge : colours.text;
    if (selected) stroke('M0-26a26 26 0 1 1 0 52a26 26 0 1 1 0-52z', colours.focus, 2.5);
    // A dark ground under each ring keeps it readable over a bright road.
    for (const { path, width, dash } of ringStrokes[ring]) {
      stroke(path, colours.halo, width + 2);
      stroke(path, line, hollow ? Math.min(width, 1.5) : width, hollow && ring !== 'slash' ? [3, 2.5] : dash);
    }
    const body = hollow ? colours.halo : tone === 'free' ? colours.bright : tone === 'busy' ? colours.busy : colours.dull;
    stroke(unitShapes[shape], colours.halo, 3);
    fill(unitShapes[shape], body);
    if (hollow) stroke(unitShapes[shape], late, 1.5, [3, 2]);
    else if (tone === 'out') stroke(unitShapes[shape], colours.edge, 1.5);
    const glyph = unitGlyphs[shape];
    if (glyph) stroke(glyph, hollow ? late : tone === 'out' ? colours.textDim : colours.ink, 2);
  });
};

/** The tick that points where a unit drives, north up, for the map to turn. `radius` is its distance from the centre in px. */
export const drawHeading = (radius: number, colour: string, { palette: colours, ratio }: Ink): Sprite =>
  draw(ratio, 64, 64, 0, ({ fill, stroke }) => {
    const tip = `M0-${radius + 9}l5 9h-10z`;
    stroke(tip, colours.halo, 2);
    fill(tip, colour);
  });

/** px from a pin's point up to its middle */
export const pinLift = 16;
export type PinLook = { readonly priority: IncidentPriority; readonly alone: boolean; readonly selected: boolean };
export const pinImageName = ({ priority, alone, selected }: PinLook): string =>
  `pin-${priority}${alone ? '-alone' : ''}${selected ? '-selected' : ''}`;

/** An incident's shield with its priority; an outer line when nobody is sent. Its point lies `pinLift` px under the image's centre. */
export const drawPin = ({ priority, alone, selected }: PinLook, { palette: colours, ratio }: Ink): Sprite =>
  draw(ratio, selected ? 62 : 38, selected ? 62 : 48, -pinLift, ({ fill, stroke, text }) => {
    const shield = 'M-13-31h26v22L0 2-13-9z';
    const outer = 'M-17-35h34v26L0 7-17-9z';
    const body = [colours.priority1, colours.priority2, colours.priority3, colours.halo][priority - 1] ?? colours.halo;
    const ink =
      [colours.priority1Ink, colours.priority2Ink, colours.priority3Ink, colours.priority4Ink][priority - 1] ?? colours.text;
    const edge = priority === 3 ? colours.priority3Edge : priority === 4 ? colours.priority4Edge : null;
    if (selected) stroke('M0-45a28 28 0 1 1 0 56a28 28 0 1 1 0-56z', colours.focus, 2.5);
    if (alone) {
      fill(outer, colours.halo);
      stroke(outer, colours.noticeFill, 2.5);
    }
    stroke(shield, colours.halo, 4);
    fill(shield, body);
    if (edge) stroke(shield, edge, 2);
    text(String(priority), -17, ink, 16);
  });

export const hospitalImageName = (status: Hospital['emsTrafficStatus'], selected: boolean): string =>
  `hospital-${status}${selected ? '-selected' : ''}`;

const hospitalSize = (status: Hospital['emsTrafficStatus'], selected: boolean): readonly [number, number] => {
  const size = selected ? selectedSize : status === 'advisory' ? 34 : 30;
  return [size, size];
};
/** A hospital: `H` in a square; doubled edge on advisory, struck when closed. */
export const drawHospital = (status: Hospital['emsTrafficStatus'], selected: boolean, { palette: colours, ratio }: Ink): Sprite =>
  draw(ratio, ...hospitalSize(status, selected), 0, ({ fill, stroke, text }) => {
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

/** Several units parked at one spot: how many, bright while one of them is free, dashed while the desk is cut off. */
export const drawGroup = (count: number, anyFree: boolean, quiet: boolean, { palette: colours, ratio }: Ink): Sprite =>
  draw(ratio, 36, 36, 0, ({ fill, stroke, text }) => {
    const diamond = 'M0-16l16 16-16 16-16-16z';
    stroke(diamond, colours.halo, 5);
    fill(diamond, colours.halo);
    stroke(diamond, quiet ? colours.textQuiet : anyFree ? colours.text : colours.busy, quiet ? 1.5 : 2, quiet ? [3, 2.5] : []);
    text(String(count), 1, anyFree && !quiet ? colours.text : colours.textQuiet, 14);
  });
