/** Images drawn once and kept: symbols by name, names by what they say. What changes every second is written anew instead. */
import type { ImageNeed } from '../picture.ts';
import type { Size } from '../project.ts';
import { drawGroup, drawHeading, drawHospital, drawPin, drawUnit, type Ink, type Sprite } from './draw.ts';

export type TextStyle = 'name' | 'sub' | 'late' | 'place' | 'city';
/** A text to be put on a canvas, with its size in CSS pixels; `put` takes its left top corner. */
export type Text = Size & { readonly put: (to: CanvasRenderingContext2D, left: number, top: number) => void };
export type Sprites = {
  readonly symbol: (name: string, need: ImageNeed | undefined) => Sprite | undefined;
  readonly text: (text: string, style: TextStyle) => Text;
};

/** Spans change every second and units by the thousand: past so many the texts are begun anew. */
const textsKept = 3_000;
const halo = 2;

const drawNeed = (need: ImageNeed, ink: Ink): Sprite => {
  const { palette } = ink;
  if (need.kind === 'unit') return drawUnit(need.symbol, ink);
  if (need.kind === 'pin') return drawPin(need.look, ink);
  if (need.kind === 'hospital') return drawHospital(need.status, need.selected, ink);
  if (need.kind === 'group') return drawGroup(need.count, need.anyFree, need.quiet, ink);
  const colour = need.solidity === 'solid' ? palette.text : need.solidity === 'hollow' ? palette.notice : palette.textQuiet;
  return drawHeading(need.radius, colour, ink);
};

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

/** An empty stock; a new theme or another display needs a new one. */
export const createSprites = ({ palette, ratio }: Ink, family: string): Sprites => {
  const symbols = new Map<string, Sprite>();
  const texts = new Map<string, Text>();
  const looks: Readonly<
    Record<TextStyle, { readonly font: string; readonly line: number; readonly colour: string; readonly spacing: number }>
  > = {
    name: { font: `600 13px ${family}`, line: 15, colour: palette.text, spacing: 0 },
    sub: { font: `500 11.5px ${family}`, line: 15, colour: palette.textQuiet, spacing: 0 },
    late: { font: `500 11.5px ${family}`, line: 15, colour: palette.notice, spacing: 0 },
    place: { font: `500 12px ${family}`, line: 15, colour: palette.label, spacing: 0.72 },
    city: { font: `600 14px ${family}`, line: 17, colour: palette.label, spacing: 1.1 },
  };
  const ruler = document.createElement('canvas').getContext('2d');
  if (!ruler) throw new Error('This window cannot draw text: it has no 2D canvas.');

  const prepare = (text: string, style: TextStyle): Text => {
    const { font, line, colour, spacing } = looks[style];
    const isPlace = style === 'place' || style === 'city';
    ruler.font = font;
    ruler.letterSpacing = `${spacing}px`;
    const lines = linesOf(text, isPlace ? 110 : 260, (part) => ruler.measureText(part).width);
    const width = Math.ceil(Math.max(...lines.map((part) => ruler.measureText(part).width))) + 2 * halo;
    const height = line * lines.length;
    const write = (to: CanvasRenderingContext2D, left: number, top: number): void => {
      to.font = font;
      to.letterSpacing = `${spacing}px`;
      to.textBaseline = 'middle';
      to.textAlign = isPlace ? 'center' : 'left';
      to.lineJoin = 'round';
      to.lineWidth = isPlace ? 3 : 2 * halo;
      to.strokeStyle = palette.halo;
      to.fillStyle = colour;
      for (const [index, part] of lines.entries()) {
        const x = left + (isPlace ? width / 2 : halo);
        const y = top + line * (index + 0.5);
        to.strokeText(part, x, y);
        to.fillText(part, x, y);
      }
    };
    // A canvas of its own is dear to make and cheap to copy: for words that stay.
    if (style === 'sub' || style === 'late') return { width, height, put: write };
    let image: HTMLCanvasElement | null = null;
    return {
      width,
      height,
      put: (to, left, top) => {
        if (!image) {
          image = document.createElement('canvas');
          image.width = Math.ceil(width * ratio);
          image.height = Math.ceil(height * ratio);
          const context = image.getContext('2d', { willReadFrequently: true });
          if (!context) throw new Error('This window cannot draw text: it has no 2D canvas.');
          context.scale(ratio, ratio);
          write(context, 0, 0);
        }
        to.drawImage(image, left, top, image.width / ratio, image.height / ratio);
      },
    };
  };
  return {
    symbol: (name, need) => {
      const kept = symbols.get(name);
      if (kept || !need) return kept;
      const sprite = drawNeed(need, { palette, ratio });
      symbols.set(name, sprite);
      return sprite;
    },
    text: (text, style) => {
      const key = `${style} ${text}`;
      const kept = texts.get(key);
      if (kept) return kept;
      if (texts.size >= textsKept) texts.clear();
      const prepared = prepare(text, style);
      texts.set(key, prepared);
      return prepared;
    },
  };
};
