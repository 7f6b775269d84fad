import { expect, test } from 'vitest';
import { buildCapacitySample, testId, testNow } from '../testing/builders.ts';
import { createRandom } from '../testing/random.ts';
import { SAMPLE_EVERY } from './capacity-history.ts';
import { FORECAST_STEPS, forecastPresent, isBetterThanNoChange } from './occupancy-forecast.ts';

const perDay = 96;
/** Counts of the steps before now, the last of them now: `present(step)` with step 0 now and −1 a quarter of an hour ago. */
const counted = (steps: number, present: (step: number) => number) =>
  Array.from({ length: steps }, (_, index) => {
    const step = index - steps + 1;
    return buildCapacitySample({ id: testId('6', index), at: testNow + step * SAMPLE_EVERY, present: present(step) });
  });
const daily = (step: number): number => 30 + Math.round(12 * Math.sin((2 * Math.PI * step) / perDay));

test('days that are all alike are foretold without an error; the next day is like them', () => {
  const forecast = forecastPresent(counted(5 * perDay, daily));
  if (forecast.status === 'unknown') throw new Error('unknown');
  expect(forecast.from).toEqual({ at: testNow, present: daily(0) });
  expect(forecast.days).toBe(4);
  expect(forecast.points.map(({ at, expected, within, error }) => ({ at, expected, within, error }))).toEqual(
    Array.from({ length: FORECAST_STEPS }, (_, index) => ({
      at: testNow + (index + 1) * SAMPLE_EVERY,
      expected: daily(index + 1),
      within: 0,
      error: 0,
    })),
  );
  expect(forecast.points.at(-1)?.errorOfNoChange).toBeGreaterThan(5);
});

test('a level that is higher today stays: what is foretold is the change', () => {
  const samples = counted(5 * perDay, daily).map((sample) =>
    sample.at > testNow - 3_600_000 ? { ...sample, present: 60 } : sample,
  );
  const forecast = forecastPresent(samples);
  expect(forecast.status === 'known' && forecast.points[7]?.expected).toBe(60 + daily(8) - daily(0));
});

test('nobody is foretold who cannot be: never fewer than none', () => {
  const forecast = forecastPresent(counted(5 * perDay, (step) => (step === 0 ? 1 : daily(-step))));
  expect(forecast.status === 'known' && Math.min(...forecast.points.map(({ expected }) => expected))).toBe(0);
});

test('on days with chance in them the span holds eight of ten, and it is nearer than that nothing changes', () => {
  const random = createRandom(7);
  const samples = counted(15 * perDay, (step) => Math.max(0, daily(step) + Math.round(random.gaussian(0, 2))));
  const forecast = forecastPresent(samples);
  if (forecast.status === 'unknown') throw new Error('unknown');
  const far = forecast.points.at(-1);
  expect(far?.error).toBeLessThan((far?.errorOfNoChange ?? 0) / 2);
  expect(far?.within).toBeGreaterThan(far?.error ?? Number.POSITIVE_INFINITY);
});

test('too few days, gaps and disorder: what is not known is not foretold', () => {
  expect(forecastPresent([])).toEqual({ status: 'unknown', days: 0 });
  expect(forecastPresent(counted(3 * perDay, daily))).toEqual({ status: 'unknown', days: 2 });
  const whole = counted(6 * perDay, daily);
  // The server was off in the afternoon of every earlier day.
  const gappy = whole.filter(({ at }) => {
    const step = Math.round((at - testNow) / SAMPLE_EVERY);
    return step === 0 || ((step % perDay) + perDay) % perDay > FORECAST_STEPS;
  });
  expect(forecastPresent(gappy)).toEqual({ status: 'unknown', days: 0 });
  expect(forecastPresent([...whole].reverse())).toEqual(forecastPresent(whole));
});

test('how wrong it was is what each day, left out, says of itself', () => {
  // Four days that end three steps after now did on each of them: one patient more, two, three, six.
  const more = [1, 2, 3, 6];
  const samples = counted(4 * perDay + 1, (step) => {
    const day = Math.floor((step + 4 * perDay) / perDay);
    return 20 + ((step + 4 * perDay) % perDay === 0 ? 0 : (more[day] ?? 0));
  });
  const forecast = forecastPresent(samples);
  if (forecast.status === 'unknown') throw new Error('unknown');
  const [first] = forecast.points;
  // At this time of day: 1 against the mean of 2, 3, 6 and so on. At all others nothing changes, but at the step before midnight.
  const here = [11 / 3 - 1, 10 / 3 - 2, 3 - 3, 6 - 2];
  const before = [-1, -2, -3, -6].map((own, index, all) => {
    const others = all.toSpliced(index, 1);
    return Math.abs(others.reduce((sum, one) => sum + one, 0) / 3 - own);
  });
  const sum = [...here, ...before].reduce((total, one) => total + Math.abs(one), 0);
  expect(first?.expected).toBe(23);
  expect(first?.error).toBeCloseTo(sum / (4 * perDay), 10);
  expect(first?.errorOfNoChange).toBeCloseTo((12 + 12) / (4 * perDay), 10);
});

test('of days that have nothing in common it says itself that it is no better than nothing', () => {
  const random = createRandom(12);
  let level = 200;
  const forecast = forecastPresent(
    counted(5 * perDay, () => {
      level += random.pick([-1, 1]);
      return level;
    }),
  );
  expect(forecast.status === 'known' && forecast.points.some(isBetterThanNoChange)).toBe(false);
});
