import { expect, test } from 'vitest';
import { projection } from './project.ts';

test('the centre stands in the middle, north is up, and one zoom doubles distances', () => {
  const size = { width: 800, height: 600 };
  const centre = [-56.17, -34.88] as const;
  const near = projection({ centre: [...centre], zoom: 12 }, size);
  const nearer = projection({ centre: [...centre], zoom: 13 }, size);
  expect(near([...centre])).toEqual({ x: 400, y: 300 });
  const one = near([-56.16, -34.87]);
  const two = nearer([-56.16, -34.87]);
  expect(one.x).toBeCloseTo(400 + (0.01 / 360) * 512 * 2 ** 12, 6);
  expect(one.y).toBeLessThan(300);
  expect([two.x - 400, two.y - 300].map((length) => length / 2)).toEqual([
    expect.closeTo(one.x - 400, 6),
    expect.closeTo(one.y - 300, 6),
  ]);
});
