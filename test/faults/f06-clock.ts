/**
 * F6: the wall clock of the desk is set wrong, in either direction and by up to ten years, or the machine sleeps for a night.
 * A wrong clock changes nothing: no command expires by it, order stays, the time on the screen does not step. Sleep does count:
 * what may wait four hours and waited eight is a conflict for a person.
 */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { clockControl } from './disk/shims.ts';
import { endAndJudge, readDesk } from './invariants.ts';
import { type Findings, live, offline, settled, usable, withScene, work } from './scene.ts';
import { createWorker } from './work.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const steps = [HOUR, -HOUR, DAY, -DAY, 3_650 * DAY, -3_650 * DAY] as const;
const SLEEP = 8 * HOUR;

/** One clock: the six steps, and a night's sleep, in a circle. */
export const run = (seed: number): Promise<Findings> =>
  withScene(seed, async (scene) => {
    const { random } = scene;
    const step = [...steps, 'sleep' as const][(seed - 1) % (steps.length + 1)] ?? 'sleep';
    const clock = clockControl(join(scene.directory, 'clock'));
    const hospital = await scene.hospital();
    const worker = createWorker(random);
    const desk = scene.desk('desk', hospital.port, { environment: clock.environment });
    await live(desk);
    await usable(desk);
    const timeBefore = desk.frame()?.serverTime ?? 0;
    const isOffline = step === 'sleep' || random.chance(0.7);
    if (isOffline) {
      await hospital.crash();
      await offline(desk);
    }
    await work(desk, worker.register, 3);
    const blocked = worker.block();
    scene.expect((await desk.make(blocked)) === 'saved', 'a bed could not be blocked');
    await work(desk, worker.call, 3);

    if (step === 'sleep') clock.set(0, SLEEP);
    else clock.set(step, 0);
    // The machine's clocks are compared once a second.
    await delay(2_500);
    const passed = (desk.frame()?.serverTime ?? 0) - timeBefore;
    if (step === 'sleep')
      scene.expect(passed >= SLEEP && passed < SLEEP + 60_000, `the desk's time went on by ${passed} ms over a night`);
    else scene.expect(passed >= 0 && passed < 60_000, `I4: the desk's time stepped by ${passed} ms with the wall clock`);
    if (step !== 'sleep') await work(desk, worker.register, 2);
    // A restart under the wrong clock must not make anything older or younger.
    let last = desk;
    if (random.chance(0.5)) {
      await desk.crash();
      last = scene.desk('desk', hospital.port, { environment: clock.environment });
      await usable(last);
      if (step !== 'sleep') await work(last, worker.call, 2);
    }
    const running = isOffline ? await scene.hospital({ port: hospital.port }) : hospital;
    await live(last, 40_000);
    await settled(last);
    await endAndJudge(scene, running, [last], { conflicts: step === 'sleep' ? 'some' : 'none' });
    if (step !== 'sleep') return;
    const { conflicts } = await readDesk(last.directory, last.key);
    scene.expect(
      conflicts.length === 1 && conflicts[0] === blocked.commandId,
      `after a night ${conflicts.length} commands are conflicts; one should be: the bed that waited longer than four hours`,
    );
  });
