import { expect, test } from 'vitest';
import { instantOfClock } from './time-of-day.ts';

const zone = 'Europe/Berlin';

test('a time of day is the next one, also over midnight and over a change of the clocks', () => {
  const afternoon = Date.UTC(2026, 10, 20, 14, 20, 30);
  // The clocks go back at three in the night of the 25th of October.
  const evening = Date.UTC(2026, 9, 24, 20, 0);
  const at = (text: string, now: number) => {
    const found = instantOfClock(text, now, zone);
    return found === undefined ? 'none' : new Date(found).toISOString().slice(5, 16);
  };
  expect([
    at('16:30', afternoon),
    at('1630', afternoon),
    at('9.05', afternoon),
    at('15:20', afternoon),
    at('06:00', evening),
    at('24:00', afternoon),
    at('7:6', afternoon),
    at('soon', afternoon),
  ]).toEqual(['11-20T15:30', '11-20T15:30', '11-21T08:05', '11-21T14:20', '10-25T05:00', 'none', 'none', 'none']);
});
