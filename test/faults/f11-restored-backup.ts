/**
 * F11: the hospital comes back from an older backup, made up to a week ago, or with an empty database. What the desks had been told was done since then is offered again and done
 * once, as history; what cannot be done again is shown to a person; the desks and the hospital end with the same rows.
 */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { newSigningKey } from '#backend/core/grants.ts';
import { until } from '#test/system/station-process.ts';
import { clockControl } from './disk/shims.ts';
import { readDesk, readHospital } from './invariants.ts';
import { type Findings, live, offline, settled, usable, withScene, work } from './scene.ts';
import { createWorker } from './work.ts';

const HOUR = 3_600_000;
/** How old the backup is, milliseconds; desks give back what they were told was done in the last seven days. */
const backups = [0, HOUR, 24 * HOUR, 7 * 24 * HOUR - HOUR, 'empty'] as const;

/** One restore, of each age in a circle: made with or without work before it, with or without work done while the hospital was gone. */
export const run = (seed: number): Promise<Findings> =>
  withScene(seed, async (scene) => {
    const { random } = scene;
    const backup = backups[(seed - 1) % backups.length] ?? 0;
    const clock = clockControl(join(scene.directory, 'clock'));
    // The key that signs grants outlives the database, as the paper for a restore asks.
    const environment = { ...clock.environment, VIGIL_GRANT_KEY: newSigningKey() };
    const hospital = await scene.hospital({ environment });
    const desks = ['first', 'second'].map((name) => scene.desk(name, hospital.port, { environment: clock.environment }));
    const workers = desks.map((_, place) => createWorker(random.fork(`worker ${place}`), place));
    const allWork = async (most: number): Promise<void> => {
      for (const [place, desk] of desks.entries()) {
        const worker = workers[place];
        if (worker) await work(desk, worker.next, random.int(0, most));
      }
    };
    for (const desk of desks) {
      await live(desk);
      await usable(desk);
    }
    await allWork(10);
    for (const desk of desks) await settled(desk);
    await hospital.stop();
    copyFileSync(hospital.file, scene.file('backup'));

    const later = await scene.hospital({ port: hospital.port, environment });
    for (const desk of desks) await live(desk, 40_000);
    await allWork(20);
    for (const desk of desks) await settled(desk);
    const promised = readHospital(hospital.file).settlements.length;
    await later.crash();
    for (const desk of desks) await offline(desk);
    if (backup !== 'empty') clock.set(0, backup);
    // Nobody stays signed in for longer than a shift without the hospital.
    if (random.chance(0.5) && (backup === 'empty' || backup <= HOUR)) await allWork(5);

    for (const suffix of ['', '-wal', '-shm']) rmSync(hospital.file + suffix, { force: true });
    if (backup !== 'empty') copyFileSync(scene.file('backup'), hospital.file);
    const restored = await scene.hospital({ port: hospital.port, environment, arguments: ['--recover', '--recover-for', '2'] });
    for (const desk of desks) await live(desk, 60_000);
    for (const desk of desks) await settled(desk);
    await until('both desks whole', () => desks.every((desk) => desk.frame()?.copy.state === 'whole'));
    const made = desks.reduce((sum, desk) => sum + desk.saved.length, 0);
    // What one desk recovered last reaches the other with the next second.
    await until('everything recovered', () => readHospital(hospital.file).settlements.length >= promised, 30_000);
    await delay(1_500);
    for (const desk of desks) await desk.stop();
    await restored.stop();

    const content = readHospital(hospital.file);
    scene.expect(content.rev > 1 || made === 0, 'nothing was recovered');
    scene.expect(content.integrity === 'ok', `the hospital's file is damaged: ${content.integrity}`);
    for (const desk of desks) {
      const kept = await readDesk(desk.directory, desk.key);
      const known = new Map(
        content.settlements.filter(({ stationId }) => stationId === kept.stationId).map((one) => [one.commandId, one]),
      );
      const shown = new Set(kept.conflicts);
      const lost = desk.saved.filter((commandId) => !known.has(commandId) && !shown.has(commandId));
      scene.expect(lost.length === 0, `I1: ${lost.length} of ${desk.saved.length} acknowledged commands were not recovered`);
      const unseen = [...known.values()].filter(({ status, commandId }) => status === 'refused' && !shown.has(commandId));
      scene.expect(unseen.length === 0, `I6: ${unseen.length} commands could not be done again and are not shown`);
      scene.expect(shown.size === 0, `${shown.size} commands became conflicts although nothing stood against them`);
      const differing = [...new Set([...kept.records.keys(), ...content.records.keys()])].filter(
        (key) => !isDeepStrictEqual(kept.records.get(key), content.records.get(key)),
      );
      scene.expect(
        differing.length === 0,
        `${differing.length} rows differ between desk and hospital (${differing.slice(0, 3).join(', ')}); the desk ends at ${kept.cursor}, the hospital at ${content.rev}`,
      );
    }
    const numbers = [...content.records.values()].flatMap((record) => (record.kind === 'incident' ? [record.number] : []));
    scene.expect(new Set(numbers).size === numbers.length, 'I2: two calls have one number');
  });
