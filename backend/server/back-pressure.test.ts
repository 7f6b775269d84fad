/** One connection over a socket whose slowness the test decides. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Down } from '#contracts/wire/down.ts';
import { buildAlarm, buildIncident, buildUnit, testId } from '#domain/testing/builders.ts';
import { createFakeClock } from '#domain/testing/fake-clock.ts';
import { facility, openHospital } from '../testing/hospital.ts';
import { serveHospital } from '../testing/served.ts';
import { helloOf } from '../testing/station.ts';
import { createAdmission } from './admission.ts';
import { developmentTokens } from './device-tokens.ts';
import { createParting } from './parts.ts';
import { createStations } from './stations.ts';
import { createTelemetryLane } from './telemetry-lane.ts';
import { createTimers } from './timers.ts';

const MB = 1024 * 1024;

const slowly = (cursor: number | null = 1) => {
  const { core, grants, store } = openHospital();
  const clock = createFakeClock(0);
  const timers = { monotonicNow: clock.now, after: clock.after, every: clock.every };
  const stations = createStations({
    core,
    clock: clock.now,
    timers,
    grants,
    tokens: developmentTokens,
    telemetry: createTelemetryLane(timers),
  });
  const said: Down[] = [];
  const network = { unsent: 0 };
  const ends: (() => void)[] = [];
  const heard: { up: (message: unknown, oversized: boolean) => void } = { up: () => undefined };
  stations.accept({
    send: (message) => void said.push(message),
    sendLossy: () => undefined,
    onMessage: (listen) => {
      heard.up = listen;
    },
    onClose: (listen) => void ends.push(listen),
    close: () => undefined,
    unsentBytes: () => network.unsent,
    writable: () => true,
  });
  heard.up(helloOf(randomUUID(), cursor === null ? null : { epoch: core.epoch, cursor }), false);
  const [welcome] = said.splice(0);
  return {
    core,
    clock,
    network,
    said,
    pulse: (sequence: number) => heard.up({ type: 'pulse', sequence }, false),
    takeLastPage: () => {
      if (welcome?.type !== 'welcome' || welcome.start.mode !== 'snapshot') throw new Error('No snapshot was begun.');
      heard.up({ type: 'page', snapshotId: welcome.start.snapshotId, after: null }, false);
      said.length = 0;
    },
    end: () => {
      for (const end of ends) end();
      stations.stop();
      expect(clock.waiting()).toBe(0);
      store.close();
    },
  };
};
const unit = (count: number) => buildUnit({ id: testId('c', count) });
const alarm = (count: number, more: object = {}) => buildAlarm({ id: testId('4', count), ...more });

test('B1 a slow connection gets no poke and no answered heartbeat until one poke has told it everything', () => {
  const { core, clock, network, said, pulse, end } = slowly();
  network.unsent = 2 * MB;
  core.commit([unit(1)]);
  pulse(1);
  core.commit([unit(2)]);
  pulse(2);
  expect(said).toEqual([]);
  network.unsent = 0;
  clock.advance(1_000);
  expect(said).toMatchObject([
    { type: 'poke', base: 1, rev: 3, puts: [{ rev: 2 }, { rev: 3 }] },
    { type: 'pulse', sequence: 2, serverTime: 1_000 },
  ]);
  end();
});

test('B1 something unsent for 2 s is slow, however little it is', () => {
  const { core, clock, network, said, end } = slowly();
  network.unsent = 100;
  core.commit([unit(1)]);
  clock.advance(3_000);
  core.commit([unit(2)]);
  expect(said.map(({ type }) => type)).toEqual(['poke']);
  network.unsent = 0;
  clock.advance(1_000);
  expect(said).toMatchObject([{ rev: 2 }, { type: 'poke', base: 2, rev: 3 }]);
  end();
});

test('B2 to a slow connection alarms go ahead, the newest of each, within their own bound', () => {
  const { core, clock, network, said, end } = slowly();
  network.unsent = 1.1 * MB;
  core.commit([alarm(1), unit(1)]);
  network.unsent = 2 * MB;
  for (let count = 0; count < 1_000; count += 1) core.commit([alarm(2, { label: `no. ${count}` })]);
  expect(said).toEqual([{ type: 'alarms', rows: [{ rev: 2, record: alarm(1) }] }]);
  network.unsent = 1.1 * MB;
  clock.advance(1_000);
  expect(said.slice(1)).toEqual([{ type: 'alarms', rows: [{ rev: 1_002, record: alarm(2, { label: 'no. 999' }) }] }]);
  end();
});

test('B2 while a snapshot is taken alarms go ahead of their poke, and no more once the last page was said', () => {
  const { core, said, takeLastPage, end } = slowly(null);
  core.commit([alarm(1), unit(1)]);
  core.commit([unit(2)]);
  expect(said).toMatchObject([
    { type: 'alarms', rows: [{ rev: 2, record: alarm(1) }] },
    { type: 'poke', base: 1, rev: 2, puts: [{ record: alarm(1) }, { record: unit(1) }] },
    { type: 'poke', base: 2, rev: 3 },
  ]);
  takeLastPage();
  core.commit([alarm(2)]);
  expect(said.map(({ type }) => type)).toEqual(['poke']);
  end();
});

test('B2 B3 a long poke travels in parts of one base and rev, its alarms before it', () => {
  const { core, network, clock, said, end } = slowly();
  const note = { at: 0, by: { personId: facility.id, name: 'A' }, text: 'x'.repeat(4_000) };
  const long = (index: number) =>
    buildIncident({ id: testId('5', index), number: `2611-${index}`, notes: Array.from({ length: 20 }, () => note) });
  network.unsent = 2 * MB;
  core.commit([...Array.from({ length: 8 }, (_, index) => long(index)), alarm(1)]);
  network.unsent = 0;
  clock.advance(1_000);
  const [ahead, ...parts] = said;
  expect(ahead).toEqual({ type: 'alarms', rows: [{ rev: 2, record: alarm(1) }] });
  const pokes = parts.flatMap((part) => (part.type === 'poke' ? [part] : []));
  expect(pokes.map(({ base, rev, more }) => [base, rev, more ?? false])).toEqual([
    [1, 2, true],
    [1, 2, true],
    [1, 2, false],
  ]);
  expect(pokes.reduce((sum, { puts }) => sum + puts.length, 0)).toBe(9);
  for (const part of parts) expect(JSON.stringify(part).length).toBeLessThan(257 * 1024);
  end();
});

test('B3 a poke below the size of a part is not cut', () => {
  const poke = { type: 'poke' as const, base: 1, rev: 2, puts: [{ rev: 2, record: unit(1) }], deletes: [], settled: [] };
  expect(createParting().partsOf(poke)).toEqual([poke]);
});

test('B4 an error in what a timer calls is logged and does not end the timer', async () => {
  const lines: string[] = [];
  let calls = 0;
  const stop = createTimers((line) => void lines.push(line)).every(1, () => {
    calls += 1;
    throw new Error('disk');
  });
  await expect.poll(() => calls).toBeGreaterThan(2);
  stop();
  expect(lines[0]).toContain('a timer failed: Error: disk');
});

test('L8 of many hellos in a second 20 are taken; each other has a moment of its own to come back', () => {
  const clock = createFakeClock(0);
  const admission = createAdmission({ monotonicNow: clock.now });
  const answers = Array.from({ length: 25 }, () => admission.hello());
  expect(answers).toEqual([...Array(20).fill(0), 1_100, 1_200, 1_300, 1_400, 1_500]);
  clock.advance(1_100);
  expect(admission.hello()).toBe(0);
});

test('L7 a slot is given back with its connection, and every desk hears of another period with its next heartbeat', () => {
  const admission = createAdmission({ monotonicNow: () => 0 });
  const [first, second, third] = [admission.enter(), admission.enter(), admission.enter()];
  expect([first, second, third].map((place) => place.spread())).toEqual(
    [0, 100, 200].map((slotMs) => ({ slotMs, periodMs: 300 })),
  );
  second.leave();
  expect([third.spread(), admission.enter().spread().slotMs]).toEqual([{ slotMs: 200, periodMs: 300 }, 100]);
});

test('L8 40 real stations that come at once are welcomed 20 a second, and the others are told when', async () => {
  const { hospital, connect, end } = await serveHospital();
  const from = { epoch: hospital.core.epoch, cursor: 1 };
  const stations = Array.from({ length: 40 }, connect);
  const answers = await Promise.all(
    stations.map(async (station) => {
      station.send(helloOf(randomUUID(), from));
      return await Promise.race([
        station.next('welcome').then(() => 0),
        station.next('refused').then(({ error }) => error.retryAfterMs ?? -1),
      ]).catch(() => -1);
    }),
  );
  const waits = answers.filter((wait) => wait > 0).sort((one, other) => one - other);
  expect([answers.filter((wait) => wait === 0).length, waits.length, answers.includes(-1)]).toEqual([20, 20, false]);
  expect(Math.min(...waits.slice(1).map((wait, index) => wait - (waits[index] ?? 0)))).toBeGreaterThan(50);
  await end();
});
