/**
 * The type of a pack: Noto Sans, which comes in one file an alphabet. A text is cut into runs, each set from the first file that
 * has its characters, so that a name with an accent of any European language prints as it is written. A sign that none of them has is
 * written with signs they have: an empty box before a score would hide that it is at the least so high.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Measure } from './layout.ts';

const alphabets = ['latin', 'latin-ext', 'greek', 'cyrillic', 'vietnamese'] as const;
const weights = { plain: 400, strong: 600 } as const;

const writtenAs: Readonly<Record<string, string>> = {
  '≥': '>=',
  '≤': '<=',
  '≈': '~',
  '≠': '<>',
  '→': '->',
  '←': '<-',
  '⇄': '<->',
  '↑': '(+)',
  '↓': '(-)',
};
/** A text as it is set. */
const written = (text: string): string => text.replaceAll(/[≥≤≈≠→←⇄↑↓]/gu, (sign) => writtenAs[sign] ?? sign);

/** One font file as the PDF library opened it. */
export type OpenedFont = { readonly hasCharacter: (code: number) => boolean; readonly widthOf: (text: string) => number };
export type FontName = `${(typeof alphabets)[number]}-${(typeof weights)[keyof typeof weights]}`;
export type Run = { readonly font: FontName; readonly text: string };

/** Where each font file lies. */
export const fontFile = (name: FontName): string =>
  createRequire(import.meta.url).resolve(`@fontsource/noto-sans/files/noto-sans-${name}-normal.woff`);

/** The bytes of a font file. */
export const readFont = (name: FontName): Buffer => readFileSync(fontFile(name));

export type Fonts = {
  /** A text in runs of one font each. */
  readonly runs: (text: string, strong: boolean) => readonly Run[];
  readonly measure: Measure;
  /** The fonts that were needed so far. */
  readonly used: () => readonly FontName[];
};

/** Fonts that are opened when the first character needs them. */
export const createFonts = (open: (name: FontName) => OpenedFont): Fonts => {
  const opened = new Map<FontName, OpenedFont>();
  const fontOf = new Map<string, FontName>();
  const widths = new Map<string, number>();
  const used = new Set<FontName>();
  const font = (name: FontName): OpenedFont => {
    const known = opened.get(name);
    if (known) return known;
    const made = open(name);
    opened.set(name, made);
    return made;
  };
  const nameFor = (character: string, weight: number): FontName => {
    const key = `${weight}${character}`;
    const known = fontOf.get(key);
    if (known) return known;
    const code = character.codePointAt(0) ?? 0;
    const names = alphabets.map((alphabet) => `${alphabet}-${weight}` as FontName);
    const found = names.find((name) => font(name).hasCharacter(code)) ?? (names[0] as FontName);
    fontOf.set(key, found);
    used.add(found);
    return found;
  };
  const runs = (text: string, strong: boolean): readonly Run[] => {
    const weight = strong ? weights.strong : weights.plain;
    const found: { font: FontName; text: string }[] = [];
    for (const character of written(text)) {
      const last = found.at(-1);
      const name = nameFor(character, weight);
      if (last?.font === name) last.text += character;
      else found.push({ font: name, text: character });
    }
    return found;
  };
  const widthOfCharacter = (character: string, weight: number): number => {
    const key = `${weight}${character}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    const width = font(nameFor(character, weight)).widthOf(character);
    widths.set(key, width);
    return width;
  };
  return {
    runs,
    // Character by character, without kerning, which would only bring letters closer.
    measure: (text, strong) => {
      const weight = strong ? weights.strong : weights.plain;
      let sum = 0;
      for (const character of written(text)) sum += widthOfCharacter(character, weight);
      return sum;
    },
    used: () => [...used].sort(),
  };
};
