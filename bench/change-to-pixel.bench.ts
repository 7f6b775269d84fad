// A change at the backend until the bed board has painted it: 300 units and 100 monitors at 1 Hz, four windows. A second
// station blocks and unblocks a free bed; the bench's clock starts when that station is told that it is done (the poke that
// carries it leaves for all stations at once) and stops after the frame in which the bed's tile shows it.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright';
import { connectStation, helloOf } from '#backend/testing/station.ts';
import type { Row } from '#contracts/wire/down.ts';
import { allLive, withBench } from './bench-desk.ts';
import { percentile, printFigure } from './figure.ts';
import { type PaintWatch, watchPaint } from './paint-watch.ts';

const changes = 200;
const goalMs = 100;

/** In the page: notes when each tile's appearance was painted, by its bed and its state. */
const watchTiles = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const painted: Record<string, number> = {};
    Object.assign(globalThis, { painted });
    const note = (tile: Element): void => {
      const key = `${tile.getAttribute('data-bed-id')} ${tile.className.includes('bed--blocked')}`;
      if (painted[key] !== undefined) return;
      (globalThis as unknown as PaintWatch).afterPaint(() => {
        painted[key] ??= performance.timeOrigin + performance.now();
      });
    };
    new MutationObserver((mutations) => {
      for (const { target } of mutations) {
        const tile = (target instanceof Element ? target : target.parentElement)?.closest('[data-bed-id]');
        if (tile) note(tile);
      }
    }).observe(document.body, { subtree: true, attributes: true, childList: true, characterData: true });
  });

await withBench({ seed: 1, units: 300, devices: 100, beds: 120 }, async ({ backend, openDesk }) => {
  const desk = await openDesk();
  await allLive(desk);
  const page = await desk.page('beds');
  await delay(10_000);

  const station = connectStation(backend.port);
  station.send(helloOf(randomUUID()));
  const { start, rev } = await station.next('welcome');
  if (start.mode !== 'snapshot') throw new Error('a new station is given a snapshot');
  const rows: Row[] = [];
  for (let after: { kind: Row['record']['kind']; id: string } | null | undefined; after !== null; ) {
    station.send({ type: 'page', snapshotId: start.snapshotId, after: after ?? null });
    const answer = await station.next('page');
    rows.push(...answer.rows);
    after = answer.next;
  }
  station.send({ type: 'signIn', as: 'chargeNurse' });
  const { grant } = await station.next('signedIn');
  const free = rows.flatMap(({ record }) => (record.kind === 'bed' && record.status === 'available' ? [record.id] : []));
  if (free.length === 0) throw new Error(`no free bed at rev ${rev}`);

  await watchPaint(page);
  await watchTiles(page);
  const samples: number[] = [];
  for (let change = 0; change < changes; change += 1) {
    const bedId = free[0] as string;
    const isBlocking = change % 2 === 0;
    await page.evaluate(
      (key) => delete (globalThis as unknown as { painted: Record<string, number> }).painted[key],
      `${bedId} ${isBlocking}`,
    );
    const commandId = randomUUID();
    const input = isBlocking ? { bedId, reason: 'Bench', until: null } : { bedId };
    const envelope = {
      commandId,
      name: isBlocking ? 'blockBed' : 'unblockBed',
      input,
      issuedAt: Date.now(),
      issuedAtError: 1,
      grant,
    };
    station.send({ type: 'commands', commands: [{ envelope, ageMs: 0 }] });
    for (let told = false; !told; ) {
      const { settled } = await station.next('poke');
      told = settled.some((settlement) => settlement.commandId === commandId);
      const refused = settled.find(({ outcome }) => outcome.status === 'refused');
      if (refused) throw new Error(JSON.stringify(refused));
    }
    const changedAt = performance.timeOrigin + performance.now();
    const paintedAt = await page.waitForFunction(
      (key) => (globalThis as unknown as { painted: Record<string, number> }).painted[key],
      `${bedId} ${isBlocking}`,
      { timeout: 10_000, polling: 20 },
    );
    samples.push(Math.max(0, Number(await paintedAt.jsonValue()) - changedAt));
    // Not in step with the telemetry of each second.
    await delay(80 + ((change * 37) % 110));
  }
  station.close();
  await desk.close();
  for (const [name, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const) {
    printFigure({
      name: `change-to-pixel/${name}`,
      unit: 'ms',
      value: percentile(samples, share),
      reference: goalMs,
      goal: { atMost: 1 },
    });
  }
});
