import { describe, expect, test } from 'vitest';
import type { Bounds } from '../coordinates.ts';
import { readCoordinates } from './coordinate-text.ts';

const bounds: Bounds = [-56.34, -34.96, -55.99, -34.81];
const rounded = (text: string) => readCoordinates(text, bounds)?.map((degrees) => Number(degrees.toFixed(5)));

describe('coordinates in a line', () => {
  test.each([
    ['-34.9056, -56.1913'],
    ['-34.9056 -56.1913'],
    ['-34.9056,-56.1913'],
    ['-34,9056; -56,1913'],
    ['-34,9056 -56,1913'],
    ['−34.9056, −56.1913'],
    ['geo:-34.9056,-56.1913'],
    ['lat: -34.9056 lon: -56.1913'],
    ['34.9056 S 56.1913 W'],
    ['34.9056°S, 56.1913°O'],
    ['S 34.9056 W 56.1913'],
    ['S34.9056 W56.1913'],
    ['56.1913 W 34.9056 S'],
    ['-56.1913, -34.9056'],
    [`34°54'20.16"S 56°11'28.68"W`],
    ['34° 54′ 20.16″ S, 56° 11′ 28.68″ W'],
    ['34 54 20.16 S 56 11 28.68 W'],
    [`34°54.336'S 56°11.478'W`],
    [`S 34°54'20.16" W 56°11'28.68"`],
    [`-34°54'20.16", -56°11'28.68"`],
  ])('%s', (text) => {
    expect(rounded(text)).toEqual([-56.1913, -34.9056]);
  });

  test.each([
    [''],
    ['18 de Julio 1234'],
    ['1234 5678'],
    ['34 56'],
    ['Rivera 34.9'],
    ['-34.9056'],
    ['-34.9056, -256.1913'],
    ['-134.9, -256.1'],
    [`34°74'20"S 56°11'28"W`],
    ['34.9 S 56.1 S'],
    ['-34.9 S 56.1 W'],
    ['34.9056 S 56.1913 W x'],
  ])('"%s" is none', (text) => {
    expect(readCoordinates(text, bounds)).toBeUndefined();
  });

  test('latitude comes first where both orders could be, or neither lies in the city', () => {
    expect(rounded('40.5, -3.7')).toEqual([-3.7, 40.5]);
  });
});
