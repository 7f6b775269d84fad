/**
 * F10: the hospital's process ends around the moment at which a command is done: before its transaction, within it, after the
 * commit and before the answer, after the answer and before the others are told, among the others, among the pages of a snapshot.
 * The disk and the sockets are counted from outside, so that the moment is exact. Nothing is lost and nothing is done twice.
 */
import { buildPatient, testId } from '#domain/testing/builders.ts';
import { calls, diskControl } from './disk/shims.ts';
import { endAndJudge } from './invariants.ts';
import { type Findings, live, settled, usable, withScene, work } from './scene.ts';
import { createWorker, department } from './work.ts';

const moments = [
  { name: 'before the transaction', mode: 'endBefore', kinds: calls.logWrite, skip: [0, 0] },
  { name: 'in the transaction', mode: 'endAfter', kinds: calls.logWrite, skip: [0, 6] },
  { name: 'after the commit, before the answer', mode: 'endAfter', kinds: calls.sync, skip: [0, 2] },
  { name: 'after the answer, before the others', mode: 'endAfter', kinds: calls.sync | calls.send, skip: [1, 1] },
  { name: 'among the others', mode: 'endBefore', kinds: calls.send, skip: [0, 6] },
  { name: 'among the pages of a snapshot', mode: 'endBefore', kinds: calls.send, skip: [2, 14] },
] as const;
const manyRows = Array.from({ length: 2_500 }, (_, index) => buildPatient({ id: testId('c', 1_000 + index), mrn: `N${index}` }));

/** One of the six moments, in a circle. */
export const run = (seed: number): Promise<Findings> =>
  withScene(seed, async (scene) => {
    const { random } = scene;
    const moment = moments[(seed - 1) % moments.length] ?? moments[0];
    const ofSnapshot = moment.name.includes('snapshot');
    const records = ofSnapshot ? [...department, ...manyRows] : department;
    const control = diskControl({ directory: scene.directory, control: scene.file('control') });
    const hospital = await scene.hospital({ environment: control.environment, records });
    const desks = [scene.desk('first', hospital.port), scene.desk('second', hospital.port)];
    for (const desk of desks) {
      await live(desk);
      await usable(desk, records.length);
    }
    const workers = desks.map((_, place) => createWorker(random.fork(`worker ${place}`), place));
    control.arm({ mode: moment.mode, kinds: moment.kinds, skip: random.int(moment.skip[0], moment.skip[1]) });
    if (ofSnapshot) desks.push(scene.desk('third', hospital.port));
    const late = setTimeout(() => hospital.child.kill('SIGKILL'), 5_000);
    for (const [place, worker] of workers.entries()) {
      const desk = desks[place];
      if (desk) await work(desk, worker.next, random.int(1, 12));
    }
    await hospital.exited;
    clearTimeout(late);
    for (const [place, worker] of workers.entries()) {
      const desk = desks[place];
      if (desk) await work(desk, worker.next, random.int(0, 5));
    }
    const again = await scene.hospital({ port: hospital.port, records });
    for (const desk of desks) {
      await live(desk, 40_000);
      await settled(desk);
    }
    await endAndJudge(scene, again, desks);
  });
