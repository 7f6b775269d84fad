/**
 * A hundred thousand ADT messages, and the memory of the hospital that took them: a process of its own with its store, its server
 * and its listener, on a clock that is moved. After every ten thousand eight days pass, so that the visits of before leave the desks
 * as they do after seven days; then garbage is collected and heap and resident memory are read. Prints one JSON line; exit code 1
 * when the heap grows. VIGIL_ADT_MESSAGES, and VIGIL_ADT_RATE messages a second at most.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Administration, startAdministration } from '#backend/simulator/administration/administration.ts';
import { administrationSite } from '#backend/simulator/administration/message.ts';
import { createRandom } from '#domain/testing/random.ts';
import type { FromHospital, ToHospital } from '#test/system/adt-hospital-process.ts';

const MESSAGES = Number(process.env.VIGIL_ADT_MESSAGES ?? 100_000);
const RATE = Number(process.env.VIGIL_ADT_RATE ?? Number.POSITIVE_INFINITY);
const PARTS = 10;
const BEDS = 400;
const BREATH_MS = 20_000;
const EIGHT_DAYS = 8 * 86_400_000;
/** Of its mean, in a part: what a heap may seem to grow by chance. */
const MOST_GROWTH = 0.01;

const directory = mkdtempSync(join(tmpdir(), 'vigil-adt-memory-'));
const site = join(directory, 'adt.json');
writeFileSync(site, administrationSite());
const child = fork(
  join(import.meta.dirname, '../system/adt-hospital-process.ts'),
  [join(directory, 'hospital.db'), site, `${BEDS}`],
  {
    execArgv: ['--expose-gc'],
  },
);
const heard = async (): Promise<FromHospital> => ((await once(child, 'message')) as [FromHospital])[0];
const ask = (message: ToHospital): Promise<FromHospital> => {
  const answer = heard();
  child.send(message);
  return answer;
};

/** Growth of the values from one to the next by the line of least squares. */
const slopeOf = (values: readonly number[]): number => {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const up = values.reduce((sum, one, index) => sum + (index - middle) * (one - mean), 0);
  return up / values.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
};

const send = async (administration: Administration, until: number): Promise<void> => {
  const from = administration.figures().messages;
  const startedAt = performance.now();
  for (let sent = from; sent < until; sent = administration.figures().messages) {
    administration.pass(BREATH_MS);
    await administration.answered();
    const ahead = ((sent - from) / RATE) * 1_000 - (performance.now() - startedAt);
    if (ahead > 0) await delay(ahead);
  }
  await administration.settle();
};

try {
  const { port, beds } = await heard();
  let passed = 0;
  const startedAt = performance.now();
  const administration = startAdministration({
    host: '127.0.0.1',
    port,
    beds,
    random: createRandom(1),
    now: () => Date.now() + passed,
    speed: 600,
    startHour: 6,
    lateShare: 0.03,
    repeatShare: 0.03,
    lines: 4,
  });
  const full: number[] = [];
  const heaps: number[] = [];
  const resident: number[] = [];
  const own: number[] = [];
  for (let part = 1; part <= PARTS; part += 1) {
    await send(administration, (MESSAGES / PARTS) * part);
    full.push((await ask({ passMs: 0 })).heapMegabytes);
    passed += EIGHT_DAYS;
    const { heapMegabytes, residentMegabytes, ownMegabytes, visits } = await ask({ passMs: EIGHT_DAYS });
    heaps.push(heapMegabytes);
    resident.push(residentMegabytes);
    own.push(ownMegabytes);
    console.error(
      `${administration.figures().messages} messages: heap ${heapMegabytes}, resident ${residentMegabytes}, ${visits} visits`,
    );
  }
  administration.stop();
  const { messages, answers, refused } = administration.figures();
  // The first part fills caches and compiles code.
  const settled = heaps.slice(1);
  const growth = slopeOf(settled);
  const mean = settled.reduce((sum, one) => sum + one, 0) / settled.length;
  const flat = growth <= mean * MOST_GROWTH;
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  const figures = { messages, seconds, answers, refused, full, heaps, resident, own, growth: Number(growth.toFixed(3)), flat };
  console.log(JSON.stringify({ soak: 'adt-memory', ...figures }));
  process.exitCode = flat && refused.length === 0 ? 0 : 1;
} finally {
  child.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
}
