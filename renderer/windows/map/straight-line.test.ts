import { expect, test } from 'vitest';
import { distanceText, scaleBar, straightLineMetres } from './straight-line.ts';

test('a degree of latitude is 111 km', () => {
  expect(straightLineMetres([-56, -34], [-56, -35])).toBeCloseTo(111_195, 0);
});
test('distances and the scale bar read in round figures', () => {
  expect([distanceText(843), distanceText(2_130), distanceText(18_200)]).toEqual(['840 m', '2.1 km', '18 km']);
  expect(scaleBar(19, 110)).toEqual({ metres: 2_000, pixels: 2_000 / 19 });
});
