/**
 * F8: a network that is slow, loses pieces, comes and goes each second, whose name is not found, or that answers in another
 * tongue. People go on working; when it is over everything is done once and in order.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { endAndJudge } from './invariants.ts';
import { type BadNetwork, startProxy } from './proxy.ts';
import { type Desk, type Findings, live, type Scene, settled, usable, withScene, work } from './scene.ts';
import { createWorker, type Worker } from './work.ts';

const FLAPS = 8;
const FLAP_MS = 1_000;
const BAD_FOR_MS = 6_000;
/** A lost piece is sent again after this long by TCP, and after twice that when it is lost once more. */
const RETRANSMISSION_MS = 200;

const workFor = async (desk: Desk, worker: Worker, ms: number): Promise<void> => {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    await work(desk, worker.next, 1);
    await delay(250);
  }
};

type Weather = {
  readonly name: string;
  readonly spoil: (proxy: BadNetwork, scene: Scene, desk: Desk, worker: Worker) => Promise<void>;
};

const slow = (roundTrip: number): Weather => ({
  name: `${roundTrip} ms there and back`,
  spoil: async (proxy, { random }, desk, worker) => {
    proxy.delay(() => (roundTrip / 2) * (0.5 + random.next()));
    await workFor(desk, worker, BAD_FOR_MS);
  },
});
const lossy = (part: number): Weather => ({
  name: `${part * 100} % lost`,
  spoil: async (proxy, { random }, desk, worker) => {
    proxy.delay(() => {
      let wait = 20;
      for (let again = RETRANSMISSION_MS; random.chance(part); again *= 2) wait += again;
      return wait;
    });
    await workFor(desk, worker, BAD_FOR_MS);
  },
});
const flapping: Weather = {
  name: 'coming and going each second',
  spoil: async (proxy, _scene, desk, worker) => {
    for (let flap = 0; flap < FLAPS; flap += 1) {
      proxy.refuse(flap % 2 === 0);
      if (flap % 2 === 0) proxy.cut();
      await workFor(desk, worker, FLAP_MS);
    }
    proxy.refuse(false);
  },
};
const weathers: readonly Weather[] = [
  slow(50),
  flapping,
  lossy(0.3),
  slow(500),
  lossy(0.01),
  slow(2_000),
  lossy(0.05),
  slow(5_000),
];

/** The desk cannot find or understand the hospital, works, and is then told the right address. */
const wrongAddress = async (scene: Scene, addressOf: (port: number) => string): Promise<void> => {
  const hospital = await scene.hospital();
  const worker = createWorker(scene.random);
  const first = scene.desk('desk', hospital.port);
  await live(first);
  await first.stop();
  const lost = scene.desk('desk', addressOf(hospital.port));
  await usable(lost);
  await workFor(lost, worker, 2_000);
  scene.expect(lost.frame()?.link.state === 'offline', `I4: without a hospital the desk says ${lost.frame()?.link.state}`);
  await lost.crash();
  const found = scene.desk('desk', hospital.port);
  await live(found);
  await settled(found);
  await endAndJudge(scene, hospital, [found]);
};

/** One weather, or one wrong address. */
export const run = (seed: number): Promise<Findings> =>
  withScene(seed, async (scene) => {
    const kind = (seed - 1) % (weathers.length + 2);
    const weather = weathers[kind];
    if (!weather)
      return wrongAddress(scene, (port) =>
        kind === weathers.length ? `http://hospital.invalid:${port}` : `https://127.0.0.1:${port}`,
      );
    const hospital = await scene.hospital();
    const proxy = await startProxy(hospital.port);
    scene.own(proxy.stop);
    const worker = createWorker(scene.random);
    const desk = scene.desk('desk', proxy.port);
    await live(desk);
    await usable(desk);
    await weather.spoil(proxy, scene, desk, worker);
    proxy.delay(() => 0);
    await live(desk, 40_000);
    await settled(desk);
    await endAndJudge(scene, hospital, [desk]);
  });
