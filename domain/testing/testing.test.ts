import { expect, test } from 'vitest';
import { testNow } from './builders.ts';
import { createFakeClock } from './fake-clock.ts';
import { createRandom } from './random.ts';

test('a seed is a sequence, for ever', () => {
  const random = createRandom(42);
  expect([random.next(), random.int(1, 6), random.pick(['a', 'b', 'c']), random.id()]).toEqual([
    0.6011037519201636,
    3,
    'c',
    'a2849d73-eb43-48a9-807d-090402c802d7',
  ]);
});

test('drawing from a fork does not move its origin, and a fork depends on its name alone', () => {
  const one = createRandom(7);
  const other = createRandom(7);
  const fork = one.fork('vitals');
  const drawn = [fork.next(), fork.next()];
  expect(one.next()).toBe(other.next());
  const late = other.fork('vitals');
  expect([late.next(), late.next()]).toEqual(drawn);
  expect(other.fork('calls').next()).not.toBe(drawn[0]);
});

test('the distributions are where they should be', () => {
  const random = createRandom(1);
  const count = 20_000;
  const draws = Array.from({ length: count }, () => random.gaussian(10, 2));
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / count;
  const deviation = Math.sqrt(draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / count);
  const dice = new Set(Array.from({ length: 1_000 }, () => random.int(1, 6)));
  expect([mean.toFixed(1), deviation.toFixed(1), [...dice].sort()]).toEqual(['10.0', '2.0', [1, 2, 3, 4, 5, 6]]);
  expect(() => random.pick([])).toThrow(RangeError);
});

test('over a sleep a timer fires once, when the machine wakes', () => {
  const clock = createFakeClock(testNow);
  const seen: number[] = [];
  const stop = clock.every(400, () => seen.push(clock.now() - testNow));
  clock.sleep(1_000);
  clock.advance(400);
  stop();
  expect([seen, clock.waiting(), clock.now()]).toEqual([[1_000, 1_400], 0, testNow + 1_400]);
});

test('timers fire in the order of their moments, and a stopped one never', () => {
  const clock = createFakeClock(testNow);
  const seen: string[] = [];
  const stop = clock.every(400, () => seen.push(`every ${clock.now() - testNow}`));
  clock.after(1_000, () => seen.push(`after ${clock.now() - testNow}`));
  clock.after(500, () => seen.push('never'))();
  clock.advance(1_000);
  stop();
  clock.advance(5_000);
  expect([seen, clock.waiting(), clock.now()]).toEqual([['every 400', 'every 800', 'after 1000'], 0, testNow + 6_000]);
});
