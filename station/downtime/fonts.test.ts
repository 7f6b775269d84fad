import { expect, test } from 'vitest';
import { createFonts } from './fonts.ts';

test('a score that is at the least so high is printed as that, and never behind an empty box', () => {
  // As the real files: Latin with its signs, none of mathematics.
  const fonts = createFonts((name) => ({
    hasCharacter: (code) => name.startsWith('latin-') && code < 0x2200,
    widthOf: (text) => text.length,
  }));
  const text = 'NEWS2 ≥7 · K ↑ · B4 ⇄ B6';
  expect(fonts.runs(text, false)).toEqual([{ font: 'latin-400', text: 'NEWS2 >=7 · K (+) · B4 <-> B6' }]);
  expect(fonts.measure(text, false)).toBe('NEWS2 >=7 · K (+) · B4 <-> B6'.length);
});
