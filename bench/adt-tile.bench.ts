/**
 * From a message of the patient administration to the painted tile: 100 messages a second for a department of 400 beds, through the
 * real listener, backend, station and window. Messages leave by the clock, whether the ones before were answered or not; each that
 * changes what a tile is (a patient comes, leaves, the bed is clean again) is timed from its writing to the frame after which the
 * tile shows it. Beside it, in the same run and under the same load, the same for a command that another desk gives.
 */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright';
import { administrationSite } from '#backend/simulator/administration/message.ts';
import { drawName } from '#backend/simulator/names.ts';
import { type AdtLine, openLine } from '#backend/testing/adt-hospital.ts';
import { adtText, exactTime } from '#backend/testing/adt-messages.ts';
import { connectStation, helloOf } from '#backend/testing/station.ts';
import type { Bed } from '#domain/model/bed.ts';
import { createRandom } from '#domain/testing/random.ts';
import { withScene } from '#test/faults/scene.ts';
import { departmentOf } from '#test/system/adt-day.ts';
import { openDesk } from '#tools/desk.ts';
import { resolveElectron } from '#tools/electron-runtime/resolve.ts';
import { allLive } from './bench-desk.ts';
import { percentile, printFigure } from './figure.ts';
import { type PaintWatch, watchPaint } from './paint-watch.ts';

const BEDS = 400;
const RATE = 100;
const SECONDS = Number(process.env['VIGIL_ADT_TILE_SECONDS'] ?? 60);
const GOAL_MS = 250;
const COMMAND_EVERY_MS = 2_000;
const phases = ['A01', 'A08', 'A03', 'A20'] as const;
/** What a tile becomes by a phase; null when it stays what it is. */
const becomes = ['occupied', null, 'contaminated', 'available'] as const;

type Painted = { readonly bed: string; readonly status: string; readonly at: number };

/** In the page: notes when each tile was first painted in another status than before. */
const watchTiles = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const painted: Painted[] = [];
    const shown = new Map<string, string>();
    Object.assign(globalThis, { painted });
    const note = (tile: Element): void => {
      const bed = tile.getAttribute('data-bed') ?? '';
      const status = /bed--empty bed--([a-z]+)/.exec(tile.className)?.[1] ?? 'occupied';
      if (shown.get(bed) === status) return;
      shown.set(bed, status);
      (globalThis as unknown as PaintWatch).afterPaint(
        () => void painted.push({ bed, status, at: performance.timeOrigin + performance.now() }),
      );
    };
    for (const tile of document.querySelectorAll('[data-bed]')) note(tile);
    new MutationObserver((mutations) => {
      for (const { target } of mutations) {
        const tile = (target instanceof Element ? target : target.parentElement)?.closest('[data-bed]');
        if (tile) note(tile);
      }
    }).observe(document.body, { subtree: true, attributes: true, childList: true, characterData: true });
  });

const now = (): number => performance.timeOrigin + performance.now();

/** Sends what befalls bed after bed; when each message that changes a tile was written, by bed. */
const createFeed = (line: AdtLine, labels: readonly string[]) => {
  const random = createRandom(1);
  const turns = new Map<string, number>();
  const names = new Map<string, ReturnType<typeof drawName>>();
  const sent = new Map<string, { readonly status: string; readonly at: number }[]>(labels.map((label) => [label, []]));
  const answers: number[] = [];
  let messages = 0;
  return {
    sent,
    answers,
    count: () => messages,
    send: (label: string): void => {
      const turn = turns.get(label) ?? 0;
      turns.set(label, turn + 1);
      const phase = turn % phases.length;
      messages += 1;
      const visit = `${label}V${Math.floor(turn / phases.length)}`;
      if (phase === 0) names.set(label, drawName(random, 'female'));
      const { family = '', given = '' } = names.get(label) ?? {};
      const at = now();
      void line.answer().then(([code, , reason]) => {
        if (code !== 'AA') throw new Error(`${code}: ${reason}`);
        answers.push(now() - at);
      });
      line.tell(
        adtText({
          trigger: phases[phase] ?? 'A01',
          controlId: `T${messages}`,
          at,
          visit,
          mrn: visit,
          name: [family, phase === 0 ? given : `${given} Lu`],
          location: `ED^^${label}`,
          application: 'PAS',
          facility: 'SIM',
          timestamp: exactTime,
        }),
      );
      const status = becomes[phase];
      if (status) sent.get(label)?.push({ status, at });
    },
  };
};

/** Blocks a bed and frees it again from another desk, every so often, until it is told to stop; when each command left. */
const commandNow = async (port: number, bed: Bed, isOver: () => boolean): Promise<readonly { status: string; at: number }[]> => {
  const station = connectStation(port);
  station.send(helloOf(randomUUID()));
  await station.next('welcome');
  station.send({ type: 'signIn', as: 'chargeNurse' });
  const { grant } = await station.next('signedIn');
  const sent: { status: string; at: number }[] = [];
  for (let turn = 0; !isOver(); turn += 1) {
    const isBlocking = turn % 2 === 0;
    const input = isBlocking ? { bedId: bed.id, reason: 'Bench', until: null } : { bedId: bed.id };
    const name = isBlocking ? 'blockBed' : 'unblockBed';
    const envelope = { commandId: randomUUID(), name, input, issuedAt: Date.now(), issuedAtError: 1, grant };
    sent.push({ status: isBlocking ? 'blocked' : 'available', at: now() });
    station.send({ type: 'commands', commands: [{ envelope, ageMs: 0 }] });
    await delay(COMMAND_EVERY_MS + ((turn * 37) % 110));
  }
  await delay(1_000);
  station.close();
  return sent;
};

/** How long the disk takes for a page that must be on it, asked fifty times a second meanwhile, milliseconds. */
const watchDisk = async (path: string, isOver: () => boolean): Promise<readonly number[]> => {
  const file = await open(path, 'w');
  const page = Buffer.alloc(4_096);
  const waits: number[] = [];
  while (!isOver()) {
    const asked = performance.now();
    await file.write(page);
    await file.datasync();
    waits.push(performance.now() - asked);
    await delay(20);
  }
  await file.close();
  return waits;
};

/** How long each change took until it was painted; throws when one never was. */
const waitsOf = (
  sent: readonly { status: string; at: number }[],
  painted: readonly Painted[],
  bed: string,
): readonly number[] => {
  const shown = painted.filter((one) => one.bed === bed);
  let next = 0;
  return sent.map(({ status, at }) => {
    while (next < shown.length && ((shown[next]?.status ?? '') !== status || (shown[next]?.at ?? 0) < at)) next += 1;
    const found = shown[next];
    if (!found) throw new Error(`${bed} was never painted ${status} after ${at}`);
    next += 1;
    return found.at - at;
  });
};

const findings = await withScene(1, async (scene) => {
  const site = scene.file('adt.json');
  writeFileSync(site, administrationSite());
  const records = departmentOf(BEDS);
  const hospital = await scene.hospital({ records, arguments: ['--adt-port', '0', '--adt-site', site] });
  const electron = await resolveElectron();
  const desk = await openDesk({
    electron,
    display: process.env['DISPLAY'],
    backend: `http://127.0.0.1:${hospital.port}`,
    data: scene.file('desk'),
  });
  scene.own(desk.close);
  await allLive(desk);
  const page = await desk.page('beds');
  // The desk of a charge nurse: what other boards draw is measured by their own benches.
  for (const other of desk.app.windows()) if (other !== page) await other.close();
  const beds = records.flatMap((record) => (record.kind === 'bed' ? [record] : []));
  const commanded = beds.at(-1) as Bed;
  const labels = beds.slice(0, -1).map(({ label }) => label);
  const line = openLine(hospital.adtPort ?? 0);
  scene.own(line.close);
  const feed = createFeed(line, labels);
  const letFlow = async (order: readonly string[]): Promise<void> => {
    const from = performance.now();
    for (const [index, label] of order.entries()) {
      const due = from + (index * 1_000) / RATE;
      if (due > performance.now()) await delay(due - performance.now());
      feed.send(label);
    }
  };
  // Every bed begins somewhere in its round, so that a second has all kinds of messages.
  await letFlow(labels.flatMap((label, index) => Array.from({ length: index % phases.length }, () => label)));
  await delay(2_000);
  for (const sent of feed.sent.values()) sent.length = 0;
  feed.answers.length = 0;
  await watchPaint(page);
  await watchTiles(page);
  let isOver = false;
  const disk = watchDisk(scene.file('disk'), () => isOver);
  const commands = commandNow(hospital.port, commanded, () => isOver);
  const from = feed.count();
  await letFlow(Array.from({ length: RATE * SECONDS }, (_, index) => labels[index % labels.length] as string));
  isOver = true;
  const given = await commands;
  const diskWaits = await disk;
  await delay(2_000);
  const painted = await page.evaluate(() => (globalThis as unknown as { painted: Painted[] }).painted);
  const messages = [...feed.sent].flatMap(([label, sent]) => waitsOf(sent, painted, label));
  const byCommand = waitsOf(given, painted, commanded.label);
  console.error(
    `adt-tile: ${feed.count() - from} messages in ${SECONDS} s, ${messages.length} tiles and ${byCommand.length} commands timed`,
  );
  const say = (name: string, value: number, reference: number, atMost: number): void =>
    printFigure({ name: `adt-to-tile/${name}`, unit: 'ms', value, reference, goal: { atMost } });
  console.error(
    `adt-tile: the disk alone p50 ${percentile(diskWaits, 0.5).toFixed(1)} ms, p99 ${percentile(diskWaits, 0.99).toFixed(1)} ms`,
  );
  say('answer-p99', percentile(feed.answers, 0.99), GOAL_MS, 1);
  say('p50', percentile(messages, 0.5), GOAL_MS, 1);
  say('p99', percentile(messages, 0.99), GOAL_MS, 1);
  say('p99-to-that-of-a-command', percentile(messages, 0.99), percentile(byCommand, 0.99), 1.5);
  await desk.close();
});
for (const finding of findings) console.error(finding);
process.exit(findings.length === 0 ? 0 : 1);
