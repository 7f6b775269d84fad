// Memory of all console processes with four boards (PSS, station and Node child included) against four empty windows of the
// same Electron; and its growth over the run at ×60. `VIGIL_BENCH_MINUTES` says how long, 10 by default.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { treeMemory } from '#tools/memory.ts';
import { allLive, withBench } from './bench-desk.ts';
import { openEmptyDesk } from './empty-desk.ts';
import { median, printFigure } from './figure.ts';

const minutes = Number(process.env['VIGIL_BENCH_MINUTES'] ?? 10);
const megabytes = (pid: number): number => treeMemory(pid).reduce((sum, { pss }) => sum + pss, 0) / 2 ** 20;

const sampled = async (pid: number, count: number): Promise<number> => {
  const samples: number[] = [];
  for (let taken = 0; taken < count; taken += 1) {
    await delay(1_000);
    samples.push(megabytes(pid));
  }
  return median(samples);
};

await withBench({ seed: 1, speed: 60 }, async ({ electron, directory, openDesk }) => {
  const empty = await openEmptyDesk(electron, 4, join(directory, 'empty'));
  await delay(5_000);
  const reference = await sampled(empty.pid, 5);
  await empty.close();

  const desk = await openDesk();
  await allLive(desk);
  await delay(20_000);
  const early = await sampled(desk.mainPid, 10);
  printFigure({ name: 'memory/four-boards', unit: 'MB', value: early, reference, goal: { atMost: 1.6 } });
  await delay(minutes * 60_000);
  const late = await sampled(desk.mainPid, 10);
  printFigure({
    name: `memory/after-${minutes}-minutes-at-60x`,
    unit: 'MB',
    value: late,
    reference: early,
    goal: { atMost: 1.1 },
  });
  await desk.close();
});
