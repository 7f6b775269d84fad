import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import type { Encounter } from '#domain/model/encounter.ts';
import { createRandom } from '#domain/testing/random.ts';
import { openLine } from '../testing/adt-hospital.ts';
import { adtText } from '../testing/adt-messages.ts';

const ROUNDS = Number(process.env['VIGIL_ADT_KILLS'] ?? 3);
const directory = mkdtempSync(join(tmpdir(), 'vigil-adt-killed-'));
const children = new Set<ChildProcess>();
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(directory, { recursive: true });
});

const site = join(directory, 'adt.json');
writeFileSync(site, JSON.stringify({ senders: [{ name: 'PAS', locations: { ED: { place: 'Waiting room' } } }] }));

const start = async () => {
  const args = [
    '--no-simulator',
    '--expose-state',
    '--data',
    join(directory, 'hospital.db'),
    '--adt-port',
    '0',
    '--adt-site',
    site,
  ];
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, ...(JSON.parse(line) as { listening: number; adt: number }) };
};

test('killed at any moment around a commit, the hospital has each message once when its sender repeats it', async () => {
  const random = createRandom(7);
  const at = Date.now();
  for (let round = 0; round < ROUNDS; round += 1) {
    const { child, adt } = await start();
    const line = openLine(adt);
    const message = adtText({ trigger: 'A01', controlId: `K${round}`, at, visit: `V${round}`, mrn: `M${round}`, location: 'ED' });
    line.tell(message);
    await delay(random.next() * 25);
    child.kill('SIGKILL');
    await once(child, 'exit');
    line.close();
    const again = await start();
    const second = openLine(again.adt);
    expect((await second.ask(message)).slice(0, 2)).toEqual(['AA', `K${round}`]);
    const state = (await (await fetch(`http://127.0.0.1:${again.listening}/state`)).json()) as {
      records: { encounter: readonly Encounter[] };
    };
    expect(state.records.encounter.map(({ visitNumber, moves }) => [visitNumber, moves.length]).sort()).toEqual(
      Array.from({ length: round + 1 }, (_, index) => [`V${index}`, 1]),
    );
    second.close();
    again.child.kill('SIGKILL');
    await once(again.child, 'exit');
  }
}, 60_000);
