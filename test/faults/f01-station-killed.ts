/**
 * F1: the station is ended at any moment: between two commands, within a write of the log, within a checkpoint, or while it
 * starts. What it said was saved is there when it comes back, within 10 s, and is done once.
 */
import { calls, diskControl, shimsMissing } from './disk/shims.ts';
import { endAndJudge } from './invariants.ts';
import { type Findings, live, settled, usable, withScene, workUntilGone } from './scene.ts';
import { createWorker } from './work.ts';

const moments = ['offline', 'online', 'inTheLog', 'inACheckpoint', 'whileItStarts'] as const;

/** One kill and what follows from it. */
export const run = (seed: number): Promise<Findings> =>
  withScene(seed, async (scene) => {
    const { random } = scene;
    const precise = shimsMissing() === null;
    const moment = random.pick(precise ? moments : moments.slice(0, 2));
    const hospital = await scene.hospital();
    const worker = createWorker(random);
    const control = precise ? diskControl({ directory: scene.directory, control: scene.file('control') }) : null;

    const first = scene.desk('desk', hospital.port);
    await live(first);
    await first.stop();
    const isOffline = moment === 'offline' || random.chance(0.5);
    if (isOffline) await hospital.stop();

    const killed = scene.desk('desk', hospital.port, control ? { environment: control.environment } : {});
    if (moment === 'whileItStarts') {
      control?.arm({
        mode: 'endBefore',
        kinds: calls.logWrite | calls.mainWrite | calls.sync | calls.create,
        skip: random.int(0, 12),
      });
      // A start on a whole file may write less than that.
      const late = setTimeout(() => killed.child.kill('SIGKILL'), 3_000);
      await killed.exited;
      clearTimeout(late);
    } else {
      await usable(killed);
      if (moment === 'inTheLog')
        control?.arm({
          mode: random.pick(['endBefore', 'endAfter']),
          kinds: calls.logWrite | calls.sync,
          skip: random.int(0, 60),
        });
      if (moment === 'inACheckpoint')
        control?.arm({ mode: random.pick(['endBefore', 'endAfter']), kinds: calls.mainWrite, skip: random.int(0, 30) });
      const timed = moment === 'offline' || moment === 'online';
      const timer = setTimeout(() => killed.child.kill('SIGKILL'), timed ? random.int(0, 500) : 8_000);
      await workUntilGone(killed, worker.next);
      clearTimeout(timer);
      await killed.exited;
    }

    const running = isOffline ? await scene.hospital({ port: hospital.port }) : hospital;
    const startedAt = performance.now();
    const after = scene.desk('desk', running.port);
    await usable(after);
    scene.expect(
      performance.now() - startedAt <= 10_000,
      `I9: usable only after ${Math.round(performance.now() - startedAt)} ms`,
    );
    await live(after);
    await settled(after);
    await endAndJudge(scene, running, [after]);
  });
