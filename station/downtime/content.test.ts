import { expect, test } from 'vitest';
import { packInTurns, packOf } from './content.ts';
import { largeDepartment } from './testing/large-department.ts';

test('D1 a large pack leaves the loop its turns while it is made, and says what stood when it was asked for', async () => {
  const source = largeDepartment({ beds: 400, units: 2_000, alarms: 200 });
  const whole = packOf(source);
  // Each look at this clock takes a millisecond, so each row does.
  let now = 0;
  let turns = 0;
  const fixes = new Map(source.fixes);
  let isPending = false;
  const made = packInTurns(
    { ...source, fixes, isPending: (kind, id) => isPending || source.isPending(kind, id) },
    {
      monotonicNow: () => (now += 1),
      after: (_ms, call) => {
        turns += 1;
        queueMicrotask(call);
        return () => undefined;
      },
    },
  );
  // What happens meanwhile belongs to the next pack.
  fixes.clear();
  isPending = true;
  expect(await made).toEqual(whole);
  expect(turns).toBeGreaterThan(300);
});
