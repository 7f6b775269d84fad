/**
 * F19: a desk without a hospital for three days, with ten thousand commands, on real processes and an accelerated clock. The
 * commands are made within the first twelve hours, as long as a sign-in is good; then the desk waits, asleep now and then, until
 * the hospital is back. Prints one JSON line; exit code 1 when anything was found.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { clockControl, shimsMissing } from '#test/faults/disk/shims.ts';
import { endAndJudge } from '#test/faults/invariants.ts';
import { live, offline, type Scene, settled, usable, withScene, work } from '#test/faults/scene.ts';
import { createWorker } from '#test/faults/work.ts';
import type { StationProcess } from '#test/system/station-process.ts';

const COMMANDS = Number(process.env.VIGIL_SOAK_COMMANDS ?? 10_000);
const HOUR = 3_600_000;
const HOURS_AT_WORK = 11;
const HOURS_IN_ALL = 72;
const BATCHES = 22;
/** The station compares the machine's clocks once a second. */
const NOTICED_WITHIN = 1_300;
const MOST_GROWTH = 0.1;

const residentBytes = ({ child }: StationProcess): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
const since = (from: number): number => Math.round(performance.now() - from) / 1_000;

const figures: Record<string, number> = {};
const soak = async (scene: Scene): Promise<void> => {
  const clock = clockControl(scene.file('clock'));
  const hospital = await scene.hospital();
  const worker = createWorker(scene.random);
  const desk = scene.desk('desk', hospital.port, { environment: clock.environment });
  await live(desk);
  await usable(desk);
  await hospital.crash();
  await offline(desk);

  let passed = 0;
  const pass = async (ms: number): Promise<void> => {
    passed += ms;
    clock.set(0, passed);
    await delay(NOTICED_WITHIN);
  };
  const workFrom = performance.now();
  // Beds are left out: what waits longer than four hours is no longer done without asking.
  for (let batch = 0; batch < BATCHES; batch += 1) {
    await work(desk, batch % 2 === 0 ? worker.register : worker.call, Math.round(COMMANDS / BATCHES));
    await pass((HOURS_AT_WORK * HOUR) / BATCHES);
  }
  figures['commands'] = desk.saved.length;
  figures['secondsToMake'] = since(workFrom);
  const afterWork = residentBytes(desk);
  while (passed < HOURS_IN_ALL * HOUR) await pass(2 * HOUR);
  const afterWaiting = residentBytes(desk);
  figures['megabytesAfterWork'] = Math.round(afterWork / 2 ** 20);
  figures['megabytesAfterWaiting'] = Math.round(afterWaiting / 2 ** 20);
  scene.expect(
    afterWaiting <= afterWork * (1 + MOST_GROWTH),
    `memory grew from ${afterWork} to ${afterWaiting} bytes while nothing was done`,
  );
  figures['databaseMegabytes'] = Math.round(statSync(join(desk.directory, 'vigil.db')).size / 2 ** 20);

  await desk.crash();
  const startedAt = performance.now();
  const again = scene.desk('desk', hospital.port, { environment: clock.environment });
  await usable(again, undefined, 60_000);
  figures['secondsToBeUsable'] = since(startedAt);
  scene.expect(since(startedAt) <= 10, `I9: usable only after ${since(startedAt)} s`);
  // The hospital has lived through the same three days.
  const running = await scene.hospital({ port: hospital.port, environment: clock.environment });
  const returnedAt = performance.now();
  await live(again, 60_000);
  await settled(again, 120_000);
  figures['secondsToDrain'] = since(returnedAt);
  scene.expect(since(returnedAt) <= 60, `I9: settled only after ${since(returnedAt)} s`);
  await endAndJudge(scene, running, [again]);
};

const missing = shimsMissing();
if (missing === null) {
  const findings = await withScene(1, soak);
  console.log(JSON.stringify({ soak: 'offline-72h', ...figures, findings }));
  process.exit(findings.length === 0 ? 0 : 1);
}
console.log(`offline-72h left out: ${missing}`);
