/** Makes a failing plan smaller: leaves out what the failure does not need. */
import type { Action, Plan } from './plan.ts';
import { type Outcome, type Plant, simulate } from './simulate.ts';

/** A smaller plan that breaks the same rule, after at most `tries` runs, and what it gave. */
export const shrink = async (
  plan: Plan,
  outcome: Outcome,
  tries: number,
  plant: Plant = {},
): Promise<{ readonly plan: Plan; readonly outcome: Outcome }> => {
  const rule = outcome.findings[0]?.rule;
  let best = { plan, outcome };
  let left = tries;
  let size = Math.ceil(plan.actions.length / 2);
  while (size >= 1 && left > 0) {
    let smaller = false;
    for (let from = 0; from < best.plan.actions.length && left > 0; ) {
      const actions: readonly Action[] = [...best.plan.actions.slice(0, from), ...best.plan.actions.slice(from + size)];
      const tried = { ...best.plan, actions };
      left -= 1;
      const result = await simulate(tried, plant);
      if (result.findings.some((finding) => finding.rule === rule)) {
        best = { plan: tried, outcome: result };
        smaller = true;
      } else from += size;
    }
    if (size === 1 && !smaller) break;
    size = size === 1 ? 1 : Math.ceil(size / 2);
  }
  return best;
};

/** The trace without what goes on all the time. */
export const readableTrace = (outcome: Outcome): readonly string[] =>
  outcome.trace.filter(
    (line) => !line.includes('"type":"pulse"') && !line.includes('"type":"telemetry"') && !line.includes('"type":"signIn'),
  );
