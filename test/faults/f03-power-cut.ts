/**
 * F3: the power fails. A real station works while every write and sync below its directory is recorded together with what it
 * says to its windows; then disks are built on which only what was synced is certain. On each of them the database opens, is
 * whole, holds every command that had been called saved by then, and its audit trail has no gap.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import type { Id } from '#domain/model/values.ts';
import { until } from '#test/system/station-process.ts';
import { arrivals, createDisk, readRecording } from './disk/disk-image.ts';
import { diskControl } from './disk/shims.ts';
import { readDesk } from './invariants.ts';
import { type Findings, live, type Scene, settled, withScene, work } from './scene.ts';
import { createWorker } from './work.ts';

const IMAGES = 100;
/** What the station says over its channel when a command is durable, as the channel writes it. */
const SAVED = /saved.{0,16}?commandId.{0,8}?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/gs;

/** Builds disks along a recording; a sentence for each that lost something. */
export const judgeRecording = async (scene: Scene, log: string, key: Uint8Array, images = IMAGES): Promise<Findings> => {
  const changes = readRecording(readFileSync(log));
  const { random } = scene;
  const image = scene.file('image');
  const disk = createDisk();
  const promised: Id[] = [];
  const findings: string[] = [];
  const often = Math.min(1, images / arrivals.length / Math.max(1, changes.filter(({ kind }) => kind !== 'M').length));
  let said = '';
  for (const [index, change] of changes.entries()) {
    disk.take(change);
    if (change.kind === 'M') {
      // One message may come in two writes.
      said = said.slice(-200) + change.bytes.toString('latin1');
      for (const [, commandId = ''] of said.matchAll(SAVED)) if (!promised.includes(commandId)) promised.push(commandId);
      continue;
    }
    if (promised.length === 0 || !random.chance(often)) continue;
    for (const arrival of arrivals) {
      disk.writeTo(image, random, arrival);
      const where = `change ${index} of ${changes.length}, ${arrival}`;
      try {
        const { outbox, answered, conflicts, integrity, audit } = await readDesk(image, key);
        const kept = new Set([...outbox, ...answered, ...conflicts]);
        const lost = promised.filter((commandId) => !kept.has(commandId)).length;
        if (integrity !== 'ok') findings.push(`${where}: the database is damaged: ${integrity}`);
        if (audit?.finding.broken) findings.push(`${where}: I7: ${audit.finding.broken.sentence}`);
        if (lost > 0) findings.push(`${where}: I1: ${lost} of ${promised.length} saved commands are gone`);
      } catch (error) {
        findings.push(`${where}: the database does not open: ${(error as Error).message}`);
      }
    }
  }
  if (promised.length === 0) findings.push('nothing was promised in the recording');
  return findings;
};

/** Records a station at work: online and offline, with a checkpoint now and then; the path of the recording and the desk's key. */
export const record = async (
  scene: Scene,
  environment: NodeJS.ProcessEnv = {},
  gestures = 60,
): Promise<{ readonly log: string; readonly key: Uint8Array }> => {
  const { random } = scene;
  const log = scene.file('changes');
  mkdirSync(scene.file('desk'), { recursive: true, mode: 0o700 });
  const control = diskControl({ directory: scene.file('desk'), control: scene.file('control'), log, quick: true });
  const hospital = await scene.hospital();
  const worker = createWorker(random);
  const desk = scene.desk('desk', hospital.port, { environment: { ...control.environment, ...environment } });
  await live(desk);
  await work(desk, worker.next, random.int(5, gestures));
  await settled(desk);
  await hospital.crash();
  await work(desk, worker.next, random.int(5, gestures));
  if (random.chance(0.5)) {
    await scene.hospital({ port: hospital.port });
    await until('live again', () => desk.frame()?.link.state === 'live', 30_000);
    await work(desk, worker.next, random.int(1, gestures));
    await settled(desk);
  }
  if (random.chance(0.5)) await desk.stop();
  else await desk.crash();
  return { log, key: desk.key };
};

/** One recording and the disks of a hundred moments of it. */
export const run = (seed: number): Promise<Findings> =>
  withScene(seed, async (scene) => {
    const { log, key } = await record(scene);
    for (const finding of await judgeRecording(scene, log, key)) scene.expect(false, finding);
  });
