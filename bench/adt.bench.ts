// ADT with a durable answer, 400 beds: messages a second over one connection that waits for each answer, against single commits of
// the same disk with synchronous=FULL in the same run; over one that does not wait; and over eight that do. The sender is in the
// same process. VIGIL_ADT_SOAK=100000 sends that many more and watches memory.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { type AdtHospital, type AdtLine, adtHospital, openLine } from '#backend/testing/adt-hospital.ts';
import { adtText } from '#backend/testing/adt-messages.ts';
import { buildBed, buildDevice, testId } from '#domain/testing/builders.ts';
import { median, percentile, printFigure } from './figure.ts';

const BEDS = 400;
const ROUNDS = 7;
const ROUND_MESSAGES = 500;
const soak = Number(process.env['VIGIL_ADT_SOAK'] ?? 0);
const directory = mkdtempSync(join(tmpdir(), 'vigil-bench-adt-'));

/** Commits a second of one small row. */
const singleCommits = (): number => {
  const database = new BetterSqlite(join(directory, 'reference.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE one (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const insert = database.prepare('INSERT INTO one (body) VALUES (?)');
  const commits = 600;
  const started = performance.now();
  for (let count = 0; count < commits; count += 1) insert.run('x'.repeat(200));
  const rate = commits / ((performance.now() - started) / 1_000);
  database.close();
  rmSync(join(directory, 'reference.db'));
  return rate;
};

/** Patients of one feed, who come, are described and leave; the bed is cleaned before another comes. */
const createFeed = (name: string, beds: readonly string[]) => {
  let count = 0;
  let at = Date.UTC(2026, 10, 20, 6);
  return (): string => {
    const turn = Math.floor(count / 4);
    const trigger = (['A01', 'A08', 'A03', 'A20'] as const)[count % 4] ?? 'A01';
    count += 1;
    at += 1_000;
    const visit = `${name}${turn}`;
    return adtText({
      trigger,
      controlId: `${name}-${count}`,
      at,
      visit,
      mrn: visit,
      location: `ED^^${beds[turn % beds.length]}`,
    });
  };
};

const tell = async (line: AdtLine, feed: () => string, messages: number): Promise<readonly number[]> => {
  const waits: number[] = [];
  for (const message of Array.from({ length: messages }, feed)) {
    const asked = performance.now();
    const [code, , reason] = await line.ask(message);
    if (code !== 'AA') throw new Error(`${code}: ${reason}`);
    waits.push(performance.now() - asked);
  }
  return waits;
};

/** Sends without waiting, so many on their way; messages a second. */
const tellWithoutWaiting = async (line: AdtLine, feed: () => string, messages: number): Promise<number> => {
  const told = Array.from({ length: messages }, feed);
  const started = performance.now();
  for (const [index, message] of told.entries()) {
    line.tell(message);
    if (index >= 100) await line.answer();
  }
  for (let count = 0; count < Math.min(100, messages); count += 1) await line.answer();
  return messages / ((performance.now() - started) / 1_000);
};

const measure = async (here: AdtHospital): Promise<void> => {
  const labels = Array.from({ length: BEDS }, (_, index) => `X${index}`);
  here.core.together((write) =>
    write(
      labels.flatMap((label, index) => [
        buildBed({ id: testId('b', index + 100), label }),
        ...(index < 200
          ? [buildDevice({ id: testId('d', index + 100), bedId: testId('b', index + 100), encounterId: null })]
          : []),
      ]),
    ),
  );
  const lines = Array.from({ length: 8 }, () => openLine(here.port));
  const feeds = lines.map((_, index) => createFeed(`F${index}`, labels.slice(index * 50, index * 50 + 50)));
  const [line, feed] = [lines[0] as AdtLine, feeds[0] as () => string];
  await tell(line, feed, 2_000);
  const waits: number[] = [];
  const rounds: { readonly rate: number; readonly reference: number }[] = [];
  let before = singleCommits();
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    waits.push(...(await tell(line, feed, ROUND_MESSAGES)));
    const rate = ROUND_MESSAGES / ((performance.now() - started) / 1_000);
    // Before and after, so that a disk that changes its mind does not make the ratio.
    const after = singleCommits();
    rounds.push({ rate, reference: (before + after) / 2 });
    before = after;
  }
  const ratios = rounds.map((one) => one.rate / one.reference);
  const rate = median(rounds.map((one) => one.rate));
  printFigure({
    name: 'adt: one connection, durable',
    unit: 'messages/s',
    value: rate,
    reference: rate / median(ratios),
    goal: { atLeast: 0.4 },
  });
  console.error(
    `adt: one connection p50 ${percentile(waits, 0.5).toFixed(2)} ms, p99 ${percentile(waits, 0.99).toFixed(2)} ms, ratios ${ratios.map((one) => one.toFixed(2)).join(' ')}`,
  );
  const unwaited: number[] = [];
  for (let round = 0; round < 5; round += 1) unwaited.push(await tellWithoutWaiting(line, feed, 800));
  printFigure({
    name: 'adt: one connection that does not wait, durable',
    unit: 'messages/s',
    value: median(unwaited),
    reference: rate,
    goal: { atLeast: 1.2 },
  });
  const together = performance.now();
  await Promise.all(lines.map((one, index) => tell(one, feeds[index] as () => string, 900)));
  const many = 7_200 / ((performance.now() - together) / 1_000);
  printFigure({
    name: 'adt: eight connections, durable',
    unit: 'messages/s',
    value: many,
    reference: 1_000,
    goal: { atLeast: 1 },
  });
  if (soak > 0) {
    const memory = (): number => {
      globalThis.gc?.();
      return process.memoryUsage().heapUsed / 1_048_576;
    };
    const heaps: number[] = [];
    for (let part = 0; part < 10; part += 1) {
      await Promise.all(lines.map((one, index) => tell(one, feeds[index] as () => string, Math.ceil(soak / 80))));
      // What has left goes from memory as it does after seven days.
      here.pass(8 * 86_400_000);
      while (here.core.archiveOld() > 0);
      heaps.push(memory());
    }
    console.error(`adt: heap after each tenth of ${soak} messages, MB: ${heaps.map((one) => one.toFixed(0)).join(' ')}`);
    printFigure({
      name: 'adt: memory over the soak',
      unit: 'MB',
      value: heaps.at(-1) ?? 0,
      reference: heaps[1] ?? 1,
      goal: { atMost: 1.1 },
    });
  }
  for (const one of lines) one.close();
};

const site = join(directory, 'adt.json');
writeFileSync(
  site,
  JSON.stringify({ senders: [{ name: 'PAS', housekeeping: 'adt', locations: { ED: { bedsByLabel: true } } }] }),
);
const here = await adtHospital(join(directory, 'hospital.db'), { site });
try {
  await measure(here);
} finally {
  await here.end();
  rmSync(directory, { recursive: true, force: true });
}
