/**
 * F13: an older Vigil meets the database of a newer one. It refuses in a sentence, changes no byte and removes nothing; the
 * newer one finds all it had left.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEncryptedDatabase } from '#station/store/open.ts';
import { databaseFile } from '#station/store/open-store.ts';
import { endAndJudge } from './invariants.ts';
import { type Desk, type Findings, live, offline, settled, usable, withScene, work } from './scene.ts';
import { createWorker } from './work.ts';

const setVersion = async (desk: Desk, change: (version: number) => number): Promise<number> => {
  const database = await openEncryptedDatabase(join(desk.directory, databaseFile), desk.key);
  try {
    const before = database.read.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
    database.transaction((handle) => handle.exec(`PRAGMA user_version = ${change(before)}`));
    return before;
  } finally {
    database.close();
  }
};

/** One desk that was newer than the Vigil that is started on it. */
export const run = (seed: number): Promise<Findings> =>
  withScene(seed, async (scene) => {
    const { random } = scene;
    const hospital = await scene.hospital();
    const worker = createWorker(random);
    const newer = scene.desk('desk', hospital.port);
    await live(newer);
    await usable(newer);
    await hospital.crash();
    await offline(newer);
    await work(newer, worker.next, random.int(1, 30));
    await newer.stop();
    const version = await setVersion(newer, (before) => before + random.int(1, 100));
    const content = (): string => readFileSync(join(newer.directory, databaseFile), 'base64');
    const before = content();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const older = scene.desk('desk', hospital.port);
      const answer = await Promise.race([older.started, older.exited]);
      const refused = typeof answer === 'object' && answer !== null && answer.type === 'refused' ? answer : null;
      scene.expect(refused?.code === 'future', `the older version was not refused but ${JSON.stringify(answer)}`);
      scene.expect(/newer/.test(refused?.message ?? ''), `the refusal does not say what to do: ${refused?.message}`);
      await older.stop();
      scene.expect(content() === before, 'the database was changed');
      scene.expect(
        readdirSync(newer.directory).every((name) => !name.includes('quarantined')),
        'the database was put aside',
      );
    }
    await setVersion(newer, () => version);
    const running = await scene.hospital({ port: hospital.port });
    const again = scene.desk('desk', hospital.port);
    await live(again);
    await settled(again);
    await endAndJudge(scene, running, [again]);
  });
