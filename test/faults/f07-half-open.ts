/**
 * F7: a connection that nobody ended and that carries nothing any more, in one direction or both. The desk says STALE within 5 s
 * of the last thing it heard and is connected again within 3 s after the hole has closed; what was done meanwhile is done once.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '#test/system/station-process.ts';
import { endAndJudge } from './invariants.ts';
import { startProxy } from './proxy.ts';
import { type Findings, live, settled, usable, withScene, work } from './scene.ts';
import { createWorker } from './work.ts';

const STALE_WITHIN = 5_000;
const BACK_WITHIN = 3_000;
/** A heartbeat may have been answered just before; a frame comes each quarter of a second at the latest. */
const TELLING = 500;
const holes = [['up'], ['down'], ['up', 'down']] as const;

/** One hole, of one of the three kinds, for up to 20 s. */
export const run = (seed: number): Promise<Findings> =>
  withScene(seed, async (scene) => {
    const { random } = scene;
    const hole = holes[(seed - 1) % holes.length] ?? holes[0];
    const hospital = await scene.hospital();
    const proxy = await startProxy(hospital.port);
    scene.own(proxy.stop);
    const worker = createWorker(random);
    const desk = scene.desk('desk', proxy.port);
    await live(desk);
    await usable(desk);
    await work(desk, worker.next, 5);
    await delay(random.int(0, 1_500));

    proxy.swallow(hole);
    const openedAt = performance.now();
    await work(desk, worker.next, 5);
    await until('STALE or worse', () => ['stale', 'offline'].includes(desk.frame()?.link.state ?? ''), 20_000);
    const staleAfter = performance.now() - openedAt;
    scene.expect(
      staleAfter <= STALE_WITHIN + TELLING,
      `I4: ${hole.join(' and ')} swallowed, STALE only after ${Math.round(staleAfter)} ms`,
    );
    await work(desk, worker.next, 5);
    await delay(random.int(0, 14_000));

    proxy.heal();
    const healedAt = performance.now();
    await until('live again', () => desk.frame()?.link.state === 'live', 40_000);
    const backAfter = performance.now() - healedAt;
    scene.expect(
      backAfter <= BACK_WITHIN,
      `${hole.join(' and ')} swallowed, connected again only ${Math.round(backAfter)} ms after it was over`,
    );
    await settled(desk);
    await endAndJudge(scene, hospital, [desk]);
  });
