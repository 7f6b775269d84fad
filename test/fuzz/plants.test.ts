import { describe, expect, test } from 'vitest';
import { planOf } from './plan.ts';
import { plants } from './plants.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';

const MOST_SEEDS = 60;

describe('the checks find what is planted', () => {
  test.each(Object.entries(plants))('%s', { timeout: 120_000 }, async (_name, { plant, rules }) => {
    for (let seed = 1; seed <= MOST_SEEDS; seed += 1) {
      const { findings } = await simulate(planOf(seed), plant);
      if (findings.length === 0) continue;
      expect(findings.map(({ rule }) => rule).filter((rule) => rules.includes(rule))).not.toEqual([]);
      return;
    }
    expect.fail(`nothing was found in ${MOST_SEEDS} seeds`);
  });

  test('a failing plan is made smaller and still fails', { timeout: 120_000 }, async () => {
    const plant = plants['the settlement is written after the effect']?.plant ?? {};
    const whole = planOf(1);
    const outcome = await simulate(whole, plant);
    const smaller = await shrink(whole, outcome, 80, plant);
    expect(smaller.plan.actions.length).toBeLessThan(whole.actions.length / 4);
    expect(smaller.outcome.findings[0]?.rule).toBe(outcome.findings[0]?.rule);
  });
});
