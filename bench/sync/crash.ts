/**
 * A desk's real process ended again and again in the midst of work, every other time without a hospital in reach. What a window
 * was told is saved is looked for afterwards on the disks of both sides, and all else is judged as after every fault.
 */
import type { Id } from '#domain/model/values.ts';
import { judge, readHospital } from '#test/faults/invariants.ts';
import { type Desk, live, type Scene, settled, usable, withScene, workUntilGone } from '#test/faults/scene.ts';
import { beds, createWorker, type Gesture } from '#test/faults/work.ts';
import { percentile } from '../figure.ts';
import { type Measured, now, report } from './exchange.ts';
import { killCount } from './workload.ts';

const seed = Date.now() % 1_000_000;
/** Nobody listens there. */
const nowhere = 'http://127.0.0.1:1';

/**
 * What somebody does at a desk that was just started: beds are blocked and unblocked in turn, beginning with what the desk shows,
 * so that one lost or swapped is refused; and now and then a call, which the hospital numbers, so that one done twice leaves a gap.
 */
const worker = ({ random }: Scene, desk: Desk): (() => Gesture) => {
  const blocked = new Set<Id>();
  for (const { record } of desk.records.values())
    if (record.kind === 'bed' && record.status === 'blocked') blocked.add(record.id);
  const { call } = createWorker(random);
  return () => {
    if (random.chance(0.02)) return call();
    const { id: bedId } = random.pick(beds);
    const commandId = random.id();
    if (blocked.delete(bedId)) return { commandId, name: 'unblockBed', input: { bedId } };
    blocked.add(bedId);
    return { commandId, name: 'blockBed', input: { bedId, reason: 'equipment', until: null } };
  };
};

const measured: Measured[] = [];
const began = now();
const findings = await withScene(seed, async (scene) => {
  const hospital = await scene.hospital();
  const first = scene.desk('desk', hospital.port);
  await live(first);
  await first.stop();

  const [untilUsable, untilDrained]: [number[], number[]] = [[], []];
  /** Starts the desk again; with a hospital in reach it must get rid of what it had saved before. */
  const startAgain = async (reachable: boolean): Promise<Desk> => {
    const from = now();
    const desk = scene.desk('desk', reachable ? hospital.port : nowhere);
    await usable(desk);
    const usableAt = now();
    untilUsable.push(usableAt - from);
    if (!reachable) return desk;
    await settled(desk);
    untilDrained.push(now() - usableAt);
    return desk;
  };
  for (let count = 0; count < killCount; count += 1) {
    const desk = await startAgain(count % 2 === 1);
    const ending = setTimeout(() => desk.child.kill('SIGKILL'), scene.random.int(0, 500));
    await workUntilGone(desk, worker(scene, desk));
    clearTimeout(ending);
    await desk.exited;
  }
  const last = await startAgain(true);
  await last.stop();
  await hospital.stop();

  const { settlements, rev } = readHospital(hospital.file);
  const known = new Set(settlements.map(({ commandId }) => commandId));
  measured.push({
    kills: killCount,
    saved: last.saved.length,
    lost: last.saved.filter((commandId) => !known.has(commandId)).length,
    // The department took the first step of the log, and each command takes one.
    twice: rev - 1 - settlements.length,
    usableP50: percentile(untilUsable, 0.5),
    usableWorst: Math.max(...untilUsable),
    drainedP50: percentile(untilDrained, 0.5),
    drainedWorst: Math.max(...untilDrained),
  });
  await judge(scene, [last], { quiet: true, hospitalFile: hospital.file });
});
if (findings.length > 0) throw new Error(`Seed ${seed}: ${findings.join('; ')}`);
const [figures] = measured;
if (!figures) throw new Error('Nothing was measured.');
report({ ...figures, secondsPerKill: (now() - began) / 1_000 / killCount });
process.disconnect?.();
