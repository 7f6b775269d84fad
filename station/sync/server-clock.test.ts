import { expect, test } from 'vitest';
import { createFakeClock } from '#domain/testing/fake-clock.ts';
import { createServerClock, serverTimeAtStart } from './server-clock.ts';

const start = 1_000_000;
const clockAt = () => {
  const clock = createFakeClock(start);
  return {
    clock,
    server: createServerClock(
      { wallNow: clock.now, monotonicNow: clock.now, after: clock.after, every: clock.every },
      start + 500,
    ),
  };
};

test('L2 before the first heartbeat the offset of the last run counts, with an unknown error', () => {
  const { server } = clockAt();
  expect([server.now(), server.error()]).toEqual([start + 500, null]);
});

test('L2 the smallest round trip of the last eight says the offset', () => {
  const { clock, server } = clockAt();
  clock.advance(1000);
  server.sample(start, start + 400, start + 10_200);
  expect([server.now(), server.error()]).toEqual([start + 11_000, 200]);
  server.sample(start + 900, start + 1000, start + 10_950);
  clock.advance(10);
  expect([server.now(), server.error()]).toEqual([start + 11_010, 50]);
});

test('L2 a changed offset is slewed by a tenth of the time that passes and never runs backwards', () => {
  const { clock, server } = clockAt();
  server.sample(start, start, start);
  for (let count = 0; count < 8; count += 1) server.sample(start, start, start - 1000);
  const seen: number[] = [];
  for (let second = 0; second <= 12; second += 1) {
    seen.push(server.now());
    clock.advance(1000);
  }
  expect(seen.slice(0, 3)).toEqual([start, start + 900, start + 1800]);
  expect(seen.slice(10)).toEqual([start + 9_000, start + 10_000, start + 11_000]);
});

test('L2 after a restart time goes on by the monotonic clock, whatever was done to the wall clock', () => {
  const clockOf = (wall: number, monotonic: number) => ({
    ...createFakeClock(0),
    wallNow: () => wall,
    monotonicNow: () => monotonic,
  });
  const kept = { bootId: 'this', monotonicAt: 5_000, serverTime: start };
  const tenYears = 10 * 365 * 86_400_000;
  for (const wrong of [tenYears, -tenYears, 0])
    expect(serverTimeAtStart(clockOf(start + wrong, 9_000), 'this', kept, 250)).toBe(start + 4_000);
  // Another start of the machine: the wall clock counts, but never says less than what was known.
  expect(serverTimeAtStart(clockOf(start + 60_000, 100), 'other', kept, 250)).toBe(start + 60_250);
  expect(serverTimeAtStart(clockOf(start - tenYears, 100), 'other', kept, 250)).toBe(start);
  expect(serverTimeAtStart(clockOf(start, 100), 'other', undefined, undefined)).toBe(start);
});
