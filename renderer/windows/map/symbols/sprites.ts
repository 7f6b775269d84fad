/** Images drawn once and kept: symbols by what they show, names by what they say. What changes every second is written anew instead. */
import type { Sign } from '../picture.ts';
import type { Size } from '../project.ts';
import {
  drawDot,
  drawEmergency,
  drawHeading,
  drawPlace,
  drawSign,
  drawUnit,
  type Ink,
  type PlaceLook,
  placeLookName,
  type Sprite,
} from './draw.ts';
import { headingRadius, solidities, type UnitSymbol } from './unit-symbol.ts';

export type TextStyle = 'name' | 'sub' | 'late' | 'alarm' | 'place' | 'city';
/** A text to be put on a canvas, with its size in CSS pixels; `put` takes its left top corner. */
export type Text = Size & { readonly put: (to: CanvasRenderingContext2D, left: number, top: number) => void };
/** The images of one size of units. Kept by the symbol, of which there are few; no text is made to find one. */
export type UnitSprites = {
  readonly of: (symbol: UnitSymbol) => Sprite;
  readonly heading: (symbol: UnitSymbol, degrees: number) => Sprite;
};
export type Sprites = {
  readonly units: (scale: number, asDots: boolean) => UnitSprites;
  readonly place: (look: PlaceLook) => Sprite;
  readonly sign: (sign: Sign) => Sprite;
  readonly emergency: () => Sprite;
  readonly text: (text: string, style: TextStyle) => Text;
};

/** Spans change every second and units by the thousand: past so many the texts are begun anew. */
const textsKept = 3_000;
const halo = 2;
/** A heading is drawn to the nearest of so many. */
const headings = 24;

/** Breaks a name at its spaces so that no line is much wider than `most`, pixels. */
const linesOf = (text: string, most: number, measure: (line: string) => number): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && measure(`${last} ${word}`) <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
};

const keptBy = <K, V>(kept: Map<K, V>, key: K, make: () => V): V => {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = make();
  kept.set(key, made);
  return made;
};

const unitSprites = (ink: Ink, scale: number, asDots: boolean): UnitSprites => {
  const symbols = new Map<UnitSymbol, Sprite>();
  const ticks = new Map<number, Sprite>();
  return {
    of: (symbol) => keptBy(symbols, symbol, () => (asDots ? drawDot : drawUnit)(symbol, ink, scale)),
    heading: ({ ring, solidity }, degrees) => {
      const step = Math.round((degrees / 360) * headings) % headings;
      const radius = headingRadius(ring);
      return keptBy(ticks, (radius * solidities.length + solidities.indexOf(solidity)) * headings + step, () =>
        drawHeading(radius, solidity, (step * 360) / headings, ink, scale),
      );
    },
  };
};

type Writing = { readonly font: string; readonly line: number; readonly colour: string; readonly spacing: number };
const textsOf = ({ palette, ratio }: Ink, family: string): Sprites['text'] => {
  const texts = new Map<string, Text>();
  const small = { font: `500 11.5px ${family}`, line: 15, spacing: 0 };
  const looks: Readonly<Record<TextStyle, Writing>> = {
    name: { font: `600 13px ${family}`, line: 15, colour: palette.text, spacing: 0 },
    sub: { ...small, colour: palette.textQuiet },
    late: { ...small, colour: palette.notice },
    alarm: { font: `700 13px ${family}`, line: 20, colour: palette.alarmInk, spacing: 0 },
    place: { font: `500 12px ${family}`, line: 15, colour: palette.label, spacing: 0.72 },
    city: { font: `600 14px ${family}`, line: 17, colour: palette.label, spacing: 1.1 },
  };
  const ruler = document.createElement('canvas').getContext('2d');
  if (!ruler) throw new Error('This window cannot draw text: it has no 2D canvas.');

  const widths = new Map<string, number>();
  /** Spans change every second: a figure counts as wide as a naught, the widest, so that they are measured once. */
  const widthOf = (text: string, style: TextStyle): number => {
    const shape = text.replace(/\d/g, '0');
    return keptBy(widths, `${style} ${shape}`, () => {
      ruler.font = looks[style].font;
      ruler.letterSpacing = `${looks[style].spacing}px`;
      return ruler.measureText(shape).width;
    });
  };

  const prepare = (text: string, style: TextStyle): Text => {
    const { font, line, colour, spacing } = looks[style];
    const isPlace = style === 'place' || style === 'city';
    const isTag = style === 'alarm';
    const inset = isTag ? 6 : halo;
    const lines = isPlace ? linesOf(text, 110, (part) => widthOf(part, style)) : [text];
    const width = Math.ceil(Math.max(...lines.map((part) => widthOf(part, style)))) + 2 * inset;
    const height = line * lines.length;
    const write = (to: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D, left: number, top: number): void => {
      to.font = font;
      to.letterSpacing = `${spacing}px`;
      to.textBaseline = 'middle';
      to.textAlign = isPlace ? 'center' : 'left';
      to.lineJoin = 'round';
      to.lineWidth = isPlace ? 3 : 2 * halo;
      to.strokeStyle = palette.halo;
      if (isTag) {
        to.fillStyle = palette.alarmFill;
        to.fillRect(left, top, width, height);
      }
      to.fillStyle = colour;
      for (const [index, part] of lines.entries()) {
        const x = left + (isPlace ? width / 2 : inset);
        const y = top + line * (index + 0.5);
        if (!isTag) to.strokeText(part, x, y);
        to.fillText(part, x, y);
      }
    };
    // An image of its own is dear to make and cheap to copy: for words that stay.
    if (style === 'sub' || style === 'late' || isTag) return { width, height, put: write };
    let image: ImageBitmap | null = null;
    const drawn = (): ImageBitmap => {
      const canvas = new OffscreenCanvas(Math.ceil(width * ratio), Math.ceil(height * ratio));
      const context = canvas.getContext('2d', { willReadFrequently: true });
      if (!context) throw new Error('This window cannot draw text: it has no 2D canvas.');
      context.scale(ratio, ratio);
      write(context, 0, 0);
      return canvas.transferToImageBitmap();
    };
    return {
      width,
      height,
      put: (to, left, top) => {
        image ??= drawn();
        to.drawImage(image, left, top, image.width / ratio, image.height / ratio);
      },
    };
  };
  return (text, style) => {
    if (texts.size >= textsKept) texts.clear();
    return keptBy(texts, `${style} ${text}`, () => prepare(text, style));
  };
};

/** An empty stock; a new theme or another display needs a new one. */
export const createSprites = (ink: Ink, family: string): Sprites => {
  const sizes = new Map<string, UnitSprites>();
  const places = new Map<string, Sprite>();
  const signs = new Map<Sign | 'emergency', Sprite>();
  return {
    units: (scale, asDots) => keptBy(sizes, `${scale} ${asDots}`, () => unitSprites(ink, scale, asDots)),
    place: (look) => keptBy(places, placeLookName(look), () => drawPlace(look, ink)),
    sign: (sign) => keptBy(signs, sign, () => drawSign(sign, ink)),
    emergency: () => keptBy(signs, 'emergency', () => drawEmergency(ink)),
    text: textsOf(ink, family),
  };
};
