/**
 * Plays faults many times and keeps the score in docs/faults.json. The score of a fault begins anew with each commit that
 * touched what it proves; its seeds go on, so that no two campaigns play the same runs.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { catalogue, type Fault } from './catalogue.ts';

type Score = {
  readonly fault: string;
  /** The last commit that touched sync, store, outbox or wire when these runs were played. */
  readonly commit: string;
  readonly runs: number;
  readonly failures: number;
  readonly lastSeed: number;
  readonly secondsPerRun: number;
};

const root = join(import.meta.dirname, '../..');
const scoreFile = join(root, 'docs/faults.json');
const proved = ['station', 'backend/core', 'backend/store', 'backend/server', 'contracts/wire', 'domain/commands'];

const provedCommit = (): string =>
  execFileSync('git', ['log', '-1', '--format=%h', '--', ...proved.map((path) => join(root, path))], {
    cwd: root,
    encoding: 'utf8',
  }).trim();

const readScores = (): readonly Score[] => {
  try {
    return JSON.parse(readFileSync(scoreFile, 'utf8')) as readonly Score[];
  } catch {
    return [];
  }
};
const keepScore = (score: Score): void => {
  const others = readScores().filter(({ fault }) => fault !== score.fault);
  const order = catalogue.map(({ fault }) => fault);
  const all = [...others, score].sort((one, other) => order.indexOf(one.fault) - order.indexOf(other.fault));
  writeFileSync(scoreFile, `[\n${all.map((each) => `  ${JSON.stringify(each)}`).join(',\n')}\n]\n`);
};
/** The score so far on this commit; of another one only the seeds count. */
const scoreOf = (fault: string, commit: string): Score => {
  const known = readScores().find((score) => score.fault === fault);
  if (known?.commit === commit) return known;
  return { fault, commit, runs: 0, failures: 0, lastSeed: known?.lastSeed ?? 0, secondsPerRun: known?.secondsPerRun ?? 5 };
};

type Limits = { readonly runs: number; readonly until: number; readonly seed: number | null };

const total = { played: 0 };

/** Plays one fault until its runs or the time are used up; the number of runs that found something. */
const play = async ({ fault, what, missing, load }: Fault, limits: Limits): Promise<number> => {
  const lacking = missing();
  if (lacking !== null) {
    console.log(`${fault} left out: ${lacking}`);
    return 0;
  }
  const commit = provedCommit();
  const { run } = await load();
  let score = scoreOf(fault, commit);
  let failed = 0;
  let played = 0;
  const startedAt = performance.now();
  while (played < limits.runs && performance.now() < limits.until) {
    const seed = limits.seed === null ? score.lastSeed + 1 : limits.seed + played;
    const from = performance.now();
    const findings = await run(seed);
    const seconds = (performance.now() - from) / 1_000;
    played += 1;
    total.played += 1;
    if (findings.length > 0) failed += 1;
    for (const finding of findings) console.error(`${fault} --seed ${seed}: ${finding}`);
    const runs = score.runs + 1;
    score = {
      fault,
      commit,
      runs,
      failures: score.failures + (findings.length > 0 ? 1 : 0),
      lastSeed: limits.seed === null ? seed : score.lastSeed,
      secondsPerRun: Math.round(((score.secondsPerRun * score.runs + seconds) / runs) * 100) / 100,
    };
    if (limits.seed === null) keepScore(score);
  }
  const each = played === 0 ? 0 : (performance.now() - startedAt) / 1_000 / played;
  console.log(`${fault} ${what}: ${played} runs, ${failed} failed, ${each.toFixed(1)} s each`);
  return failed;
};

/** Seconds that a fault still needs for its full count on this commit. */
const secondsMissing = ({ fault, runs }: Fault): number => {
  const score = scoreOf(fault, provedCommit());
  return Math.max(0, runs.full - score.runs) * score.secondsPerRun;
};

/** Divides the time by what is missing, the shortest need first, so that what is left over goes to the others. */
const playAll = async (minutes: number): Promise<number> => {
  const end = performance.now() + minutes * 60_000;
  const order = catalogue
    .filter(({ missing }) => missing() === null)
    .map((fault) => ({ fault, needs: secondsMissing(fault) }))
    .filter(({ needs }) => needs > 0)
    .sort((one, other) => one.needs - other.needs);
  let failed = 0;
  for (const [index, { fault }] of order.entries()) {
    const share = (end - performance.now()) / (order.length - index);
    const missing = fault.runs.full - scoreOf(fault.fault, provedCommit()).runs;
    failed += await play(fault, { runs: missing, until: performance.now() + share, seed: null });
  }
  return failed;
};

const usage = 'faults F1 [--runs N] [--seed S] | --all --minutes M | --continuous';
const whole = (given: string | undefined, fallback: number): number => {
  if (given === undefined) return fallback;
  if (!/^\d+$/.test(given)) throw new Error(`"${given}" is not a whole number. ${usage}`);
  return Number(given);
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string' },
    seed: { type: 'string' },
    minutes: { type: 'string' },
    all: { type: 'boolean', default: false },
    continuous: { type: 'boolean', default: false },
  },
});
const chosen = positionals.map((name) => {
  const found = catalogue.find(({ fault }) => fault === name);
  if (!found) throw new Error(`There is no fault ${name}: ${catalogue.map(({ fault }) => fault).join(', ')}. ${usage}`);
  return found;
});
let failures = 0;
if (values.all) failures = await playAll(whole(values.minutes, 120));
else {
  const seed = values.seed === undefined ? null : whole(values.seed, 1);
  if (chosen.length === 0 && !values.continuous) throw new Error(usage);
  for (const fault of values.continuous ? catalogue : chosen) {
    const runs = values.continuous ? fault.runs.continuous : whole(values.runs, 1);
    failures += await play(fault, { runs, until: Number.POSITIVE_INFINITY, seed });
  }
}
console.log(`${total.played - failures} passed, ${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
