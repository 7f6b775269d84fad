/**
 * F18: a second Vigil on the same data, or another user of the machine. It is refused in a sentence, changes nothing, and the
 * first goes on.
 */
import { chmodSync } from 'node:fs';
import { endAndJudge } from './invariants.ts';
import { type Findings, live, settled, usable, withScene, work } from './scene.ts';
import { createWorker } from './work.ts';

const NOBODY = 65_534;

/** Odd seeds: a second instance. Even seeds: another user, where this process may start one. */
export const run = (seed: number): Promise<Findings> =>
  withScene(seed, async (scene) => {
    const { random } = scene;
    const otherUser = seed % 2 === 0 && process.getuid?.() === 0;
    const hospital = await scene.hospital();
    const worker = createWorker(random);
    const first = scene.desk('desk', hospital.port);
    await live(first);
    await usable(first);
    await work(first, worker.next, 3);
    if (otherUser && random.chance(0.5)) chmodSync(scene.directory, 0o755);
    const second = scene.desk('desk', hospital.port, otherUser ? { user: NOBODY } : {});
    const answer = await Promise.race([second.started, second.exited]);
    const refused = typeof answer === 'object' && answer !== null && answer.type === 'refused' ? answer : null;
    scene.expect(refused !== null, `the second was not refused but ${JSON.stringify(answer)}: ${second.stderr().slice(0, 300)}`);
    scene.expect((refused?.message.length ?? 0) > 10, 'the refusal has no sentence');
    if (refused && !otherUser) scene.expect(refused.code === 'locked', `the second instance was told ${refused.code}`);
    await work(first, worker.next, 5);
    await settled(first);
    await endAndJudge(scene, hospital, [first]);
  });
