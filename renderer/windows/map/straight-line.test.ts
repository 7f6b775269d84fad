import { expect, test } from 'vitest';
import { distanceText, scaleBar, straightLineDuration, straightLineMetres } from './straight-line.ts';

test('a degree of latitude is 111 km', () => {
  expect(straightLineMetres([-56, -34], [-56, -35])).toBeCloseTo(111_195, 0);
});
test('the guess is 1.3 times the line at 40 km/h, through the air straight at 200', () => {
  expect(straightLineDuration(2_000, false)).toBeCloseTo(234_000, 0);
  expect(straightLineDuration(20_000, true)).toBeCloseTo(360_000, 0);
});
test('distances and the scale bar read in round figures', () => {
  expect([distanceText(843), distanceText(2_130), distanceText(18_200)]).toEqual(['840 m', '2.1 km', '18 km']);
  expect(scaleBar(19, 110)).toEqual({ metres: 2_000, pixels: 2_000 / 19 });
});
