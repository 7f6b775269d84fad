/**
 * F15: among the commands of a desk stands one that nobody can read or do. It is taken out of the way and shown to a person;
 * those before and behind it are done.
 */
import { join } from 'node:path';
import type { Envelope } from '#domain/commands/envelope.ts';
import { openEncryptedDatabase } from '#station/store/open.ts';
import { databaseFile } from '#station/store/open-store.ts';
import { endAndJudge, readDesk } from './invariants.ts';
import { type Findings, live, offline, settled, usable, withScene, work } from './scene.ts';
import { createWorker } from './work.ts';

const LAST = 'SELECT envelope, boot_id, monotonic_at, wall_at FROM outbox ORDER BY sequence DESC LIMIT 1';
const ADD = 'INSERT INTO outbox (command_id, envelope, boot_id, monotonic_at, wall_at) VALUES (?, ?, ?, ?, ?)';

type Poison = { readonly name: string; readonly spoil: (envelope: Envelope) => unknown };
const poisons: readonly Poison[] = [
  { name: 'a command of no known name', spoil: (envelope) => ({ ...envelope, name: 'launchRocket' }) },
  { name: 'an input of another form', spoil: (envelope) => ({ ...envelope, input: { bedId: 7, reason: [] } }) },
  { name: 'no input', spoil: ({ input: _, ...envelope }) => envelope },
  { name: 'a sign-in that is none', spoil: (envelope) => ({ ...envelope, grant: 'x.y' }) },
  { name: 'a sign-in too long for the wire', spoil: (envelope) => ({ ...envelope, grant: 'x'.repeat(5_000) }) },
  { name: 'a moment that is no moment', spoil: (envelope) => ({ ...envelope, issuedAt: -1.5 }) },
  { name: 'a moment that is a text', spoil: (envelope) => ({ ...envelope, issuedAt: 'now' }) },
  { name: 'more than a message may hold', spoil: (envelope) => ({ ...envelope, input: { text: 'x'.repeat(5_000_000) } }) },
  { name: 'far more than a message may hold', spoil: (envelope) => ({ ...envelope, input: { text: 'x'.repeat(12_000_000) } }) },
  { name: 'a name too long', spoil: (envelope) => ({ ...envelope, name: 'x'.repeat(70) }) },
  { name: 'nothing but a word', spoil: () => 'poison' },
];

/** One poison, in a circle. */
export const run = (seed: number): Promise<Findings> =>
  withScene(seed, async (scene) => {
    const { random } = scene;
    const poison = poisons[(seed - 1) % poisons.length] ?? poisons[0];
    if (!poison) return;
    const hospital = await scene.hospital();
    const worker = createWorker(random);
    const first = scene.desk('desk', hospital.port);
    await live(first);
    await usable(first);
    await hospital.crash();
    await offline(first);
    await work(first, worker.next, random.int(1, 20));
    await first.stop();
    const commandId = random.id();
    const database = await openEncryptedDatabase(join(first.directory, databaseFile), first.key);
    database.transaction((handle) => {
      const last = handle.get<{ envelope: string; boot_id: string; monotonic_at: number; wall_at: number }>(LAST);
      if (!last) throw new Error('There is nothing to spoil.');
      const spoilt = poison.spoil({ ...(JSON.parse(last.envelope) as Envelope), commandId });
      handle.run(ADD, commandId, JSON.stringify(spoilt), last.boot_id, last.monotonic_at, last.wall_at);
    });
    database.close();
    const desk = scene.desk('desk', hospital.port);
    const answer = await Promise.race([desk.started, desk.exited]);
    scene.expect(
      typeof answer === 'object' && answer !== null && answer.type === 'ready',
      `${poison.name}: the desk does not start: ${JSON.stringify(answer)}`,
    );
    await usable(desk);
    await work(desk, worker.next, random.int(1, 20));
    const running = await scene.hospital({ port: hospital.port });
    await live(desk, 40_000);
    await settled(desk);
    await endAndJudge(scene, running, [desk], { conflicts: 'some' });
    const { conflicts } = await readDesk(desk.directory, desk.key);
    scene.expect(
      conflicts.length === 1 && conflicts[0] === commandId,
      `${poison.name}: ${conflicts.length} commands are shown to a person; the poison ${conflicts.includes(commandId) ? 'is' : 'is not'} among them`,
    );
  });
