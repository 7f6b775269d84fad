import { expect, test } from 'vitest';
import { arrived, begun, nextRate, paced, type ReplayClock, respanned, sought, ticked, toggled } from './replay-clock.ts';

const hour = 3_600_000;
const recorded = { from: 10 * hour, to: 22 * hour };
const at = 12 * hour;
const standing: ReplayClock = { at, rate: 1, going: false, waiting: null, recorded };
const running: ReplayClock = { ...standing, going: true };

test('begins standing, five minutes before the present or where the record begins', () => {
  expect(begun(recorded)).toEqual({ at: 22 * hour - 300_000, rate: 1, going: false, waiting: 'moment', recorded });
  const young = { from: recorded.to - 60_000, to: recorded.to };
  expect(begun(young).at).toBe(young.from);
});

test('a second shows as many seconds as its rate says', () => {
  const after = (clock: ReplayClock): number => ticked(clock, 100, recorded.to).at - clock.at;
  expect([1, 2, 5, 10, 30, 60].map((rate) => after(paced(running, rate as 1)))).toEqual([100, 200, 500, 1_000, 3_000, 6_000]);
});

test('stands while nobody wants it to run and while the moment is read', () => {
  expect(ticked(standing, 100, recorded.to)).toBe(standing);
  const seeking = sought(running, at + hour);
  expect(seeking).toEqual({ ...running, at: at + hour, waiting: 'moment' });
  expect(ticked(seeking, 100, recorded.to)).toBe(seeking);
  expect(arrived(seeking)).toEqual({ ...running, at: at + hour });
});

test('never passes what was read, says that it waits, and goes on with enough ahead', () => {
  const fast = paced(running, 60);
  const dry = ticked(fast, 100, at + 2_000);
  expect(dry).toEqual({ ...fast, at: at + 2_000, waiting: 'more' });
  expect(ticked(dry, 100, at + 60_000)).toBe(dry);
  expect(ticked(dry, 100, at + 92_000)).toEqual({ ...fast, at: at + 8_000 });
});

test('a dry replay that is stopped does not wait any more', () => {
  expect(toggled({ ...running, waiting: 'more' })).toEqual(standing);
});

test('what was held up is not made up for by a leap', () => {
  expect(ticked(paced(running, 60), 9_000, recorded.to).at - at).toBe(15_000);
});

test('ends where the record ends, and does not run from there', () => {
  const late = { ...running, at: recorded.to - 50 };
  const ended = { ...standing, at: recorded.to };
  expect(ticked(late, 100, recorded.to)).toEqual(ended);
  expect(toggled(ended)).toEqual(ended);
  expect(toggled(standing)).toEqual(running);
});

test('near the end less than enough is enough', () => {
  const dry: ReplayClock = { ...paced(running, 60), at: recorded.to - 1_000, waiting: 'more' };
  expect(ticked(dry, 10, recorded.to)).toEqual({ ...dry, at: recorded.to - 400, waiting: null });
});

test('a moment outside the record is the nearest one inside', () => {
  expect(sought(standing, 0).at).toBe(recorded.from);
  expect(sought(standing, 99 * hour).at).toBe(recorded.to);
});

test('a record that grows moves nothing; one that was forgotten is read anew', () => {
  const grown = { from: recorded.from, to: recorded.to + 1_000 };
  expect(respanned(running, grown)).toEqual({ ...running, recorded: grown });
  const forgotten = { from: at + hour, to: recorded.to };
  expect(respanned(running, forgotten)).toEqual({ ...running, at: at + hour, waiting: 'moment', recorded: forgotten });
});

test('the next rate up and down, the same at either end', () => {
  expect([nextRate(1, 1), nextRate(60, 1), nextRate(30, -1), nextRate(1, -1)]).toEqual([2, 60, 10, 1]);
});
