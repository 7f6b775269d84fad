import { describe, expect, test } from 'vitest';
import { fold, forgivenTypos, swapped, typosBetween, wordsOf } from './words.ts';

test('words lose accents and case, and abbreviations are written out', () => {
  expect(fold('ÑANDÚ Bº')).toBe('nandu bo');
  expect(wordsOf('Avda. Gral.Ñandú 12bis')).toEqual([
    { word: 'avenida', from: 0, to: 4 },
    { word: 'general', from: 6, to: 10 },
    { word: 'nandu', from: 11, to: 16 },
    { word: '12bis', from: 17, to: 22 },
  ]);
  expect(wordsOf(' -,/ ')).toEqual([]);
});

describe('typing errors', () => {
  test('are counted one by one, a swap as one, and not further than asked', () => {
    const counts = [
      ['rivera', 'rivera'],
      ['rivera', 'rivra'],
      ['rivera', 'riveera'],
      ['rivera', 'ribera'],
      ['rivera', 'rievra'],
      ['rivera', 'italia'],
      ['a', 'abcdef'],
    ].map(([one, other]) => typosBetween(one as string, other as string, 2));
    expect(counts).toEqual([0, 1, 1, 1, 1, 3, 3]);
  });

  test('are forgiven by the length of a word, and never in a figure', () => {
    expect(['de', 'sol', 'rivera', 'maldonado', '1234', 'n123'].map(forgivenTypos)).toEqual([0, 1, 1, 2, 0, 0]);
    expect(swapped('soca')).toEqual(['osca', 'scoa', 'soac']);
    expect(swapped('18')).toEqual([]);
  });
});
