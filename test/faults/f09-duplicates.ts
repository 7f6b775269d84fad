/**
 * F9: messages of commands arrive up to five times, late, behind up to fifty others and on later connections, and answers are
 * lost. Each command is done once, in the order in which it was made.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { endAndJudge } from './invariants.ts';
import { startRelay } from './message-relay.ts';
import { type Findings, live, settled, usable, withScene, work } from './scene.ts';
import { createWorker } from './work.ts';

/** One relay and sixty gestures at two desks. */
export const run = (seed: number): Promise<Findings> =>
  withScene(seed, async (scene) => {
    const { random } = scene;
    const hospital = await scene.hospital();
    const relay = await startRelay(hospital.port, random.fork('relay'));
    scene.own(relay.stop);
    const desks = [scene.desk('first', relay.port), scene.desk('second', relay.port)];
    const workers = desks.map((_, place) => createWorker(random.fork(`worker ${place}`), place));
    for (const desk of desks) await usable(desk, undefined, 30_000);
    for (let round = 0; round < 6; round += 1) {
      for (const [place, desk] of desks.entries())
        await work(desk, (workers[place] ?? createWorker(random)).next, random.int(1, 9));
      await delay(random.int(0, 300));
    }
    relay.behave();
    for (const desk of desks) {
      await live(desk, 40_000);
      await settled(desk);
    }
    // Copies that were held back go out with the next message that comes down.
    for (const [place, desk] of desks.entries()) await work(desk, (workers[place] ?? createWorker(random)).next, 1);
    await delay(300);
    for (const desk of desks) await settled(desk);
    scene.expect(relay.repeated() > 0, 'nothing was repeated');
    await endAndJudge(scene, hospital, desks);
  });
