/**
 * F12: a new version meets the database of an older one with a thousand unsent commands, and its process ends at any call to
 * the disk while it brings the schema up to date. Each step is done or not done; no command is lost and all are sent in the end.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createGrantAuthority } from '#backend/core/grants.ts';
import { developmentGrant } from '#backend/server/sign-in.ts';
import { openStore } from '#backend/store/sqlite/open.ts';
import type { Id } from '#domain/model/values.ts';
import { migrate, migrations } from '#station/store/migrate.ts';
import { openEncryptedDatabase } from '#station/store/open.ts';
import { databaseFile } from '#station/store/open-store.ts';
import { anyWrite, calls, diskControl } from './disk/shims.ts';
import { endAndJudge, readDesk } from './invariants.ts';
import { type Desk, type Findings, live, type Scene, settled, withScene } from './scene.ts';
import { createWorker, facility } from './work.ts';

const UNSENT = 1_000;
/** The first version that had an outbox; its columns never change. */
const FIRST_OUTBOX = 20;
const ADD = 'INSERT INTO outbox (command_id, envelope, boot_id, monotonic_at, wall_at) VALUES (?, ?, ?, ?, ?)';

/** Writes the database that a desk of an older version left, with its unsent commands; their ids in order. */
export const olderDesk = async (
  scene: Scene,
  options: { readonly directory: string; readonly key: Uint8Array; readonly version: number; readonly hospitalFile: string },
): Promise<readonly Id[]> => {
  const store = openStore(options.hospitalFile);
  const signingKey = store.meta('grantSigningKey') ?? '';
  store.close();
  const now = Date.now();
  const grant = createGrantAuthority(signingKey).issue(developmentGrant('demo', facility.id, now));
  const worker = createWorker(scene.random);
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  const database = await openEncryptedDatabase(join(options.directory, databaseFile), options.key);
  const made: Id[] = [];
  try {
    migrate(
      database,
      migrations.filter(({ version }) => version <= options.version),
    );
    database.transaction((handle) => {
      for (let count = 0; count < UNSENT; count += 1) {
        const { commandId, name, input } = worker.next();
        const envelope = { commandId, name, input, issuedAt: now - UNSENT + count, issuedAtError: 5, grant };
        handle.run(ADD, commandId, JSON.stringify(envelope), 'an earlier start', 0, now - UNSENT + count);
        made.push(commandId);
      }
    });
  } finally {
    database.close();
  }
  return made;
};

const versionOf = async (desk: Desk): Promise<number> => {
  const database = await openEncryptedDatabase(join(desk.directory, databaseFile), desk.key);
  try {
    return database.read.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
  } finally {
    database.close();
  }
};

/** One older version and one moment at which its upgrade ends. */
export const run = (seed: number): Promise<Findings> =>
  withScene(seed, async (scene) => {
    const { random } = scene;
    const versions = migrations.map(({ version }) => version);
    const older = random.pick(versions.filter((version) => version >= FIRST_OUTBOX && version < (versions.at(-1) ?? 0)));
    const hospital = await scene.hospital();
    const killed = scene.desk('desk', 1);
    await killed.crash();
    const made = await olderDesk(scene, {
      directory: killed.directory,
      key: killed.key,
      version: older,
      hospitalFile: hospital.file,
    });
    killed.saved.push(...made);
    const control = diskControl({ directory: killed.directory, control: scene.file('control') });
    const skip = (seed - 1) % 40;
    control.arm({ mode: random.pick(['endBefore', 'endAfter']), kinds: anyWrite | calls.sync, skip });
    const upgrading = scene.desk('desk', hospital.port, { environment: control.environment });
    const late = setTimeout(() => upgrading.child.kill('SIGKILL'), 3_000);
    await upgrading.exited;
    clearTimeout(late);
    const version = await versionOf(upgrading);
    scene.expect(version >= older && versions.includes(version), `a schema of version ${version} was left between two steps`);
    const left = await readDesk(upgrading.directory, upgrading.key);
    scene.expect(left.integrity === 'ok', `the file is damaged: ${left.integrity}`);
    scene.expect(
      left.outbox.length + left.answered.length === UNSENT,
      `I1: of ${UNSENT} commands ${left.outbox.length} are unsent and ${left.answered.length} answered`,
    );
    const after = scene.desk('desk', hospital.port);
    const answer = await Promise.race([after.started, after.exited]);
    scene.expect(
      typeof answer === 'object' && answer !== null && answer.type === 'ready',
      `the new version does not start: ${JSON.stringify(answer)}`,
    );
    await live(after);
    await settled(after);
    await endAndJudge(scene, hospital, [after]);
    scene.expect((await versionOf(after)) === versions.at(-1), 'the schema is not the newest');
  });
