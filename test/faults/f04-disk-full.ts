/**
 * F4: the disk is full, read-only or failing from the k-th write on, and later it is not. Meanwhile a gesture is either saved or
 * NOT SAVED, reading goes on, the process lives; afterwards the same process saves again, and what was NOT SAVED can be given again
 * under its own id.
 */
import { until } from '#test/system/station-process.ts';
import { anyWrite, calls, diskControl, diskErrors } from './disk/shims.ts';
import { endAndJudge } from './invariants.ts';
import { type Findings, live, settled, usable, withScene, work } from './scene.ts';
import { createWorker, type Gesture } from './work.ts';

const LARGEST_K = 200;
const GESTURES_WHILE_FAILING = 6;

/** One k, from 1 on: seed 1 fails the first write, seed 200 the two-hundredth, and so on in a circle. */
export const run = (seed: number): Promise<Findings> =>
  withScene(seed, async (scene) => {
    const { random } = scene;
    const skip = (seed - 1) % LARGEST_K;
    const error = random.pick(Object.values(diskErrors));
    const hospital = await scene.hospital();
    const worker = createWorker(random);
    const first = scene.desk('desk', hospital.port);
    await live(first);
    await first.stop();
    const control = diskControl({ directory: first.directory, control: scene.file('control') });
    const desk = scene.desk('desk', hospital.port, { environment: control.environment });
    await live(desk);
    await usable(desk);
    if (random.chance(0.5)) {
      await hospital.crash();
      await until('offline', () => desk.frame()?.link.state === 'offline');
    }
    control.arm({ mode: 'failFrom', kinds: anyWrite | (random.chance(0.5) ? calls.sync : 0), skip, error });

    const notSaved: Gesture[] = [];
    // A call and a registration stand alone: one that is not saved spoils none behind it.
    const next = random.chance(0.5) ? worker.call : worker.register;
    for (let made = 0; made < 2 * LARGEST_K && notSaved.length < GESTURES_WHILE_FAILING; made += 1) {
      const gesture = next();
      const answer = await desk.make(gesture);
      scene.expect(answer !== 'refused', `a gesture was refused while the disk failed`);
      if (answer === 'notSaved') notSaved.push(gesture);
    }
    scene.expect(control.hits() > 0, 'the disk never failed');
    scene.expect(notSaved.length > 0, 'I10: nothing was said to be NOT SAVED while the disk failed');
    await until(
      'the strip says NOT SAVED',
      () => desk.frame()?.troubles.some(({ severity }) => severity === 'notSaved') === true,
      3_000,
    );
    const sequence = desk.frame()?.sequence ?? 0;
    await until('the window is still told the time', () => (desk.frame()?.sequence ?? 0) > sequence, 3_000);
    scene.expect(desk.records.size > 0, 'I10: the window was left without rows');

    control.free();
    for (const gesture of notSaved)
      scene.expect((await desk.make(gesture)) === 'saved', 'I10: not saved although the disk was free again');
    await until(
      'the strip is clear again',
      () => desk.frame()?.troubles.every(({ severity }) => severity !== 'notSaved') === true,
      3_000,
    );
    await work(desk, worker.next, 3);
    const running =
      hospital.child.exitCode === null && hospital.child.signalCode === null
        ? hospital
        : await scene.hospital({ port: hospital.port });
    await live(desk, 40_000);
    await settled(desk);
    await endAndJudge(scene, running, [desk]);
  });
