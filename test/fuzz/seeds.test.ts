import { expect, test } from 'vitest';
import { planOf } from './plan.ts';
import { simulate } from './simulate.ts';

const SHARDS = 10;
const SEEDS_PER_SHARD = 50;

const failuresOf = async (from: number, many: number): Promise<readonly string[]> => {
  const failures: string[] = [];
  for (let seed = from; seed < from + many; seed += 1) {
    const { findings } = await simulate(planOf(seed));
    for (const { rule, what } of findings) failures.push(`seed ${seed}: ${rule}: ${what}`);
  }
  return failures;
};

test.each(Array.from({ length: SHARDS }, (_, shard) => 1 + shard * SEEDS_PER_SHARD))(
  `I1 I2 I3 I6: from seed %i on ${SEEDS_PER_SHARD} simulated outages lose nothing, do nothing twice and end alike everywhere`,
  { timeout: 120_000 },
  async (from) => {
    expect(await failuresOf(from, SEEDS_PER_SHARD)).toEqual([]);
  },
);

test('the same seed is the same run, event by event', async () => {
  const [one, other] = [await simulate(planOf(7)), await simulate(planOf(7))];
  const withoutMinted = (trace: readonly string[]): readonly string[] =>
    trace.map((line) => line.replace(/[\w-]{30,}|[\w+/=]{40,}/g, '…').slice(0, 120));
  expect(withoutMinted(other.trace)).toEqual(withoutMinted(one.trace));
  expect(other.events).toBe(one.events);
});
