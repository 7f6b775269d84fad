import { expect, test } from 'vitest';
import { crowdOf, dotsUnder, pinSize, unitSize } from './crowd.ts';

test('a view becomes crowded at one count and is eased only well under it', () => {
  const counts = [100, 141, 139, 111, 120, 421, 400, 340, 330, 100];
  let crowd: ReturnType<typeof crowdOf> = 'sparse';
  const said = counts.map((count) => {
    crowd = crowdOf(count, crowd);
    return crowd;
  });
  expect(said).toEqual(['sparse', 'busy', 'busy', 'sparse', 'sparse', 'dense', 'dense', 'dense', 'busy', 'sparse']);
});

test('a throng is drawn as dots until the view is near; sizes come in few steps', () => {
  expect(unitSize(11.5, 'dense')).toBeLessThan(dotsUnder);
  expect(unitSize(14, 'dense')).toBeGreaterThanOrEqual(dotsUnder);
  expect(unitSize(13, 'sparse')).toBe(1);
  const steps = new Set(Array.from({ length: 1_000 }, (_none, index) => unitSize(8 + index / 100, 'sparse')));
  expect(steps.size).toBeLessThanOrEqual(9);
});

test('among hundreds of pins those with nobody on the way stand out', () => {
  const sizes = [20, 100, 700].map((inView) => [pinSize(inView, true), pinSize(inView, false)]);
  expect(sizes).toEqual([
    [1, 1],
    [1, 0.75],
    [0.75, 0.55],
  ]);
});
