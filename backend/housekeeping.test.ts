import { expect, test } from 'vitest';
import { testNow } from '#domain/testing/builders.ts';
import { createFakeClock } from '#domain/testing/fake-clock.ts';
import { keepHouse } from './housekeeping.ts';

test('K6 what is old leaves in parts with pauses between, again each hour, and nothing waits after the stop', () => {
  const clock = createFakeClock(testNow);
  const deeds: string[] = [];
  const parts = [200, 30, 0, 5, 0];
  const deed = (what: string): void => void deeds.push(`${clock.now() - testNow} ${what}`);
  const stop = keepHouse(
    {
      archiveOld: () => {
        const left = parts.shift() ?? 0;
        deed(`archive ${left}`);
        return left;
      },
      forgetOld: () => {
        deed('forget');
        return undefined;
      },
    },
    clock,
    () => undefined,
  );
  clock.advance(3_600_300);
  expect(deeds).toEqual([
    '0 archive 200',
    '250 archive 30',
    '500 archive 0',
    '3600000 forget',
    '3600000 archive 5',
    '3600250 archive 0',
  ]);
  stop();
  expect(clock.waiting()).toBe(0);
});
