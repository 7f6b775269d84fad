/**
 * F5: the desk's database is damaged while it does not run: flipped bits, a cut, a log that is gone or another one's, another
 * key. The desk notices at its start, puts the file aside (never away), says what was not sent, and is whole again within a
 * minute; or nothing that mattered was hit, and then nothing is lost.
 */
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDesk, readHospital } from './invariants.ts';
import { type Desk, type Findings, live, offline, type Scene, settled, usable, withScene, work } from './scene.ts';
import { createWorker } from './work.ts';

const REBUILT_WITHIN = 60_000;
const main = 'vigil.db';
const log = 'vigil.db-wal';

type Damage = { readonly name: string; readonly otherKey?: boolean; readonly make: (scene: Scene, directory: string) => void };

const flip = (scene: Scene, file: string): void => {
  const bytes = readFileSync(file);
  for (let count = scene.random.int(1, 64); count > 0; count -= 1) {
    const at = scene.random.int(0, bytes.length - 1);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << scene.random.int(0, 7));
  }
  writeFileSync(file, bytes);
};
const cut = (scene: Scene, file: string): void => truncateSync(file, scene.random.int(0, statSync(file).size - 1));

const damages: readonly Damage[] = [
  { name: 'bits of the database flipped', make: (scene, directory) => flip(scene, join(directory, main)) },
  { name: 'bits of the log flipped', make: (scene, directory) => flip(scene, join(directory, log)) },
  { name: 'the database cut short', make: (scene, directory) => cut(scene, join(directory, main)) },
  { name: 'the log cut short', make: (scene, directory) => cut(scene, join(directory, log)) },
  { name: 'the log gone', make: (_scene, directory) => rmSync(join(directory, log)) },
  { name: 'an older log in its place', make: (scene, directory) => copyFileSync(scene.file('older-log'), join(directory, log)) },
  { name: 'the database gone', make: (_scene, directory) => rmSync(join(directory, main)) },
  { name: 'another key', otherKey: true, make: () => undefined },
];

/** What the strip says of the store. */
const saidOfStore = (desk: Desk): string =>
  (desk.frame()?.troubles ?? [])
    .filter(({ code }) => code.startsWith('store'))
    .map(({ code, message }) => `${code}: ${message}`)
    .join(' ');

/** One damage. */
export const run = (seed: number): Promise<Findings> =>
  withScene(seed, async (scene) => {
    const { random } = scene;
    const damage = damages[(seed - 1) % damages.length] ?? damages[0];
    if (!damage) return;
    const hospital = await scene.hospital();
    const worker = createWorker(random);
    const before = scene.desk('desk', hospital.port);
    await live(before);
    await usable(before);
    await work(before, worker.next, random.int(1, 20));
    await settled(before);
    copyFileSync(join(before.directory, log), scene.file('older-log'));
    await before.stop();
    await hospital.crash();
    const working = scene.desk('desk', hospital.port);
    await offline(working);
    await usable(working);
    await work(working, worker.next, random.int(1, 40));
    await working.crash();
    const untouched = readHospital(hospital.file).settlements.length;
    damage.make(scene, working.directory);

    const sent = working.saved.slice(0, untouched);
    const unsent = working.saved.slice(untouched);
    const startedAt = performance.now();
    const running = await scene.hospital({ port: hospital.port });
    const after = scene.desk('desk', hospital.port, damage.otherKey ? { key: Buffer.alloc(32, 7) } : {});
    const answer = await Promise.race([after.started, after.exited]);
    scene.expect(
      typeof answer === 'object' && answer !== null && answer.type === 'ready',
      `${damage.name}: it did not start: ${JSON.stringify(answer)}`,
    );
    await live(after, REBUILT_WITHIN);
    scene.expect(
      performance.now() - startedAt <= REBUILT_WITHIN,
      `${damage.name}: rebuilt only after ${Math.round(performance.now() - startedAt)} ms`,
    );
    await settled(after);
    const said = saidOfStore(after);
    const kept = readdirSync(after.directory).filter((name) => name.includes('.quarantined-'));
    await after.stop();
    await running.stop();
    const done = new Set(readHospital(running.file).settlements.map(({ commandId }) => commandId));
    const lost = unsent.filter((commandId) => !done.has(commandId)).length;
    scene.expect(
      sent.every((commandId) => done.has(commandId)),
      `${damage.name}: what had been settled is gone`,
    );
    if (said.includes('storeQuarantined')) scene.expect(kept.length > 0, `${damage.name}: the bad file was not kept`);
    scene.expect(lost === 0 || said !== '', `I1: ${damage.name}: ${lost} unsent commands were lost without a word`);
    if (lost > 0 && said !== '')
      scene.expect(
        /\d+ command|One command|is not known/.test(said),
        `${damage.name}: it was not said how many were lost: ${said}`,
      );
    const key = damage.otherKey ? Buffer.alloc(32, 7) : after.key;
    scene.expect((await readDesk(after.directory, key)).integrity === 'ok', `${damage.name}: the new file is damaged`);
    scene.expect(existsSync(join(after.directory, main)), `${damage.name}: there is no new file`);
  });
