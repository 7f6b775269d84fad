/**
 * The long run of the simulation: `node test/fuzz/run.ts FROM MANY PROGRESS_FILE`. Each hundred seeds it notes where it stands,
 * so that a run that was ended goes on; of each failing seed it prints the smallest plan that still fails, with what happened.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { planOf } from './plan.ts';
import { readableTrace, shrink } from './shrink.ts';
import { simulate } from './simulate.ts';

type Progress = {
  from: number;
  next: number;
  failed: number[];
  events: number;
  applied: number;
  refused: number;
  seconds: number;
};

const NOTED_EVERY = 100;
const TRIES = 150;
const PRINTED_LINES = 80;

const [from = 1, many = 1] = process.argv.slice(2, 4).map(Number);
const file = process.argv[4];

const noted = (): Progress | undefined => {
  if (file === undefined) return undefined;
  try {
    const progress = JSON.parse(readFileSync(file, 'utf8')) as Progress;
    return progress.from === from ? progress : undefined;
  } catch {
    return undefined;
  }
};
const progress: Progress = noted() ?? { from, next: from, failed: [], events: 0, applied: 0, refused: 0, seconds: 0 };
const note = (): void => {
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(progress)}\n`);
};

if (progress.next > from) console.log(`goes on at seed ${progress.next}`);
for (let seed = progress.next; seed < from + many; seed += 1) {
  const began = performance.now();
  const outcome = await simulate(planOf(seed));
  progress.seconds += (performance.now() - began) / 1000;
  progress.events += outcome.events;
  progress.applied += outcome.commands.applied;
  progress.refused += outcome.commands.refused;
  if (outcome.findings.length > 0) {
    progress.failed.push(seed);
    const smallest = await shrink(planOf(seed), outcome, TRIES);
    console.log(`seed ${seed} FAILED`);
    for (const { rule, what } of outcome.findings) console.log(`  ${rule}: ${what}`);
    console.log('  the smallest plan that fails:');
    for (const { at, step } of smallest.plan.actions) console.log(`    ${at} ms ${JSON.stringify(step)}`);
    for (const line of readableTrace(smallest.outcome).slice(-PRINTED_LINES)) console.log(`    ${line}`);
  }
  progress.next = seed + 1;
  if (progress.next % NOTED_EVERY === 0) note();
}
note();
const seeds = progress.next - from;
console.log(
  JSON.stringify({
    seeds,
    from,
    failed: progress.failed,
    events: progress.events,
    applied: progress.applied,
    refused: progress.refused,
    secondsPerThousand: Math.round((progress.seconds / Math.max(1, seeds)) * 10_000) / 10,
  }),
);
process.exitCode = progress.failed.length > 0 ? 1 : 0;
