import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Health, healthSchema } from '#contracts/ipc/health.ts';
import { auditDigest } from '#domain/rules/audit-chain.ts';
import { buildBed, buildEncounter, buildPatient, ids, testId } from '#domain/testing/builders.ts';
import { createFakeClock } from '#domain/testing/fake-clock.ts';
import { sha256 } from '../audit/trail.ts';
import { openMemoryStore } from '../store/open-store.ts';
import { readAudit } from '../store/queries/audit.ts';
import { rowsAt, settleTurn, startDesk, type TestDesk, valuesOf } from '../testing/peer.ts';
import { copyChecksum } from './copy-checksum.ts';
import { createLinkHistory } from './link-history.ts';

let desk: TestDesk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(() => desk.end());

const snapshotId = testId('6', 77);
const patient = buildPatient({ name: { family: 'Quetzalcanary', given: 'Zebulon' } });
const bed = buildBed({ status: 'available', encounterId: null, reservation: null });
const encounter = buildEncounter({ patientId: patient.id, complaint: 'Canarycomplaint' });

/** What the health feed said last. */
const healthOf = (): Health => healthSchema.parse(valuesOf(desk.window(), 'health').at(-1));
/** A desk with a whole copy and a live link. */
const connect = async (): Promise<void> => {
  const link = desk.peer.link();
  link.say(desk.peer.welcome({ snapshotId, total: 3 }, 10));
  link.say({ type: 'page', snapshotId, rows: rowsAt(9, bed, patient, encounter), next: null });
  await settleTurn(desk.clock);
  desk.clock.advance(1_000);
  await settleTurn(desk.clock);
};
const states = (): readonly string[] => healthOf().link.spans.map(({ state }) => state);

test('H1 the link history follows the states, says how long each stood, and begins nothing while Vigil did not run', async () => {
  await connect();
  desk.clock.advance(10_000);
  desk.peer.link().mute = true;
  desk.clock.advance(6_000);
  expect(states().slice(-3)).toEqual(['live', 'late', 'stale']);
  desk.clock.advance(15_000);
  expect(states().at(-1)).toBe('offline');
  const before = healthOf().link.spans;
  for (const [index, { from }] of before.entries()) if (index > 0) expect(from).toBe(before[index - 1]?.until);

  await desk.restart();
  desk.clock.advance(1_000);
  const after = healthOf().link.spans;
  expect(after.slice(0, before.length).map(({ state, from }) => ({ state, from }))).toEqual(
    before.map(({ state, from }) => ({ state, from })),
  );
});

test('H1 a machine that slept leaves a gap, not a live link', async () => {
  const clock = createFakeClock(1_000_000);
  const store = await openMemoryStore();
  const history = createLinkHistory(store.database, clock.now);
  const live = (seconds: number): void => {
    for (let second = 0; second < seconds; second += 1) {
      clock.advance(1_000);
      history.note('live');
    }
  };
  live(5);
  clock.advance(8 * 3_600_000);
  live(3);
  history.keep();
  const expected = [
    { state: 'live', from: 1_001_000, until: 1_005_000 },
    { state: 'live', from: 29_806_000, until: 29_808_000 },
  ];
  expect(history.spans()).toEqual(expected);
  expect(createLinkHistory(store.database, clock.now).spans()).toEqual(expected);
  // Under a clock that was wrong and is right now, the future is forgotten.
  expect(createLinkHistory(store.database, () => 20_000_000).spans()).toEqual(expected.slice(0, 1));
  store.close();
});

test('H1 the history of a link that flaps is bounded, and so is the time it goes back', async () => {
  const clock = createFakeClock(1_000_000);
  const store = await openMemoryStore();
  const history = createLinkHistory(store.database, clock.now);
  for (let second = 0; second < 2_000; second += 1) {
    clock.advance(1_000);
    history.note(second % 2 === 0 ? 'live' : 'offline');
    if (second % 15 === 0) history.keep();
  }
  history.keep();
  expect(history.spans()).toHaveLength(400);
  expect(createLinkHistory(store.database, clock.now).spans()).toEqual(history.spans());
  clock.advance(25 * 3_600_000);
  history.note('live');
  expect(history.spans()).toHaveLength(1);
  store.close();
});

test('H2 the support bundle and the health feed hold no name, number or sentence of a patient', async () => {
  await connect();
  expect(await desk.window().submit('blockBed', { bedId: bed.id, reason: 'Quetzalcanary waits', until: null })).toMatchObject({
    status: 'saved',
  });
  await desk.window().call('report', { code: 'boardFailed', message: 'cannot draw Quetzalcanary' });
  await desk.window().call('report', { code: 'Quetzalcanary is no code', message: 'x' });
  desk.clock.advance(2_000);
  await settleTurn(desk.clock);
  const bundle = (await desk.window().call('supportBundle', { versions: { vigil: '0.1.0', bad: 'Quetzalcanary here' } })) as {
    readonly fileName: string;
    readonly text: string;
  };
  expect(bundle.fileName).toMatch(/^vigil-support-[\d-]+\.txt$/);
  for (const text of [bundle.text, JSON.stringify(healthOf())])
    for (const canary of ['Quetzalcanary', 'Zebulon', 'Canarycomplaint', patient.id, encounter.id])
      expect(text).not.toContain(canary);
  expect(bundle.text).toContain('blockBed: 1');
  expect(bundle.text).toContain('main.vigil: 0.1.0');
  expect(bundle.text).toContain('desk:boardFailed degraded 1 times');
});

test('A1 a support bundle that is made is a row of the trail, with the digest of its text and none of it', async () => {
  await connect();
  const { text } = (await desk.window().call('supportBundle', { versions: {} })) as { readonly text: string };
  const last = [...readAudit(desk.database().read)].at(-1);
  expect(last).toMatchObject({
    actor: ids.person,
    action: 'export',
    subjects: [],
    outcome: 'supportBundle',
    digest: auditDigest(sha256, text),
  });
});

test('H3 K7 K8 what is not measured is absent from the report, and what is measured is there', async () => {
  await connect();
  desk.clock.advance(3_000);
  const health = healthOf();
  expect(health.pack).toBe(undefined);
  expect(health.copy.checksum).toEqual({ state: 'notCompared', rev: null, at: null });
  expect([health.store.lastCheck, health.retention?.map(({ what, days, most }) => [what, days, most])]).toEqual([
    { at: health.startedAt, ok: true },
    [
      ['readings', 1, 200_000],
      ['answered', 7, null],
      ['conflicts', 7, null],
      ['linkHistory', 1, null],
      ['audit', 90, null],
    ],
  ]);
  expect(health.versions).toMatchObject({ node: process.versions.node, schema: '90' });
  expect(health.store).toMatchObject({ place: 'file', quarantined: null });
  expect(health.store.bytes).toBeGreaterThan(4_096);
  expect(health.link.roundTrip?.count).toBeGreaterThan(1);
  expect(health.outbox).toMatchObject({ count: 0, oldestAgeMs: null, lastSettledAt: null, conflicts: 0 });
  expect(health.log.map(({ line }) => line)).toContain('link live');
});

test('C3 the report says whether the copy was found to be that of the hospital, at which rev, or another', () => {
  const agreedAt = { sum: '0123456789abcdef', agreedAt: 12 };
  const differing = { epoch: testId('a', 901), rev: 14, held: '0123456789abcdef', expected: 'fedcba9876543210' };
  expect([
    copyChecksum({ checksum: () => agreedAt, divergence: () => null }),
    copyChecksum({ checksum: () => agreedAt, divergence: () => differing }),
  ]).toEqual([
    { state: 'agrees', rev: 12, at: null },
    { state: 'differs', rev: 14, at: null },
  ]);
});
