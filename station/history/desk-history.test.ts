import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ReplayAt, ReplayPart, ReplaySpan } from '#contracts/ipc/replay.ts';
import type { VigilRecord } from '#domain/model/record.ts';
import { buildIncident, buildPatient, buildUnit, ids, testId, testNow } from '#domain/testing/builders.ts';
import { poke, rowsAt, settleTurn, startDesk, type TestDesk } from '../testing/peer.ts';
import { historyFile } from './file.ts';
import { historyThreadSource, pictureAt, played } from './testing/recorded.ts';

const snapshotId = testId('6', 77);

/** A desk that records, whose copy is whole at rev 10 and holds these rows. */
const recordingDesk = async (...rows: readonly VigilRecord[]): Promise<TestDesk> => {
  const desk = await startDesk({ historyThread: historyThreadSource });
  onTestFinished(desk.end);
  await greet(desk, ...rows);
  return desk;
};
const greet = async ({ peer, clock }: TestDesk, ...rows: readonly VigilRecord[]): Promise<void> => {
  const link = peer.link();
  link.say(peer.welcome({ snapshotId, total: rows.length }, 10));
  link.say({ type: 'page', snapshotId, rows: rowsAt(9, ...rows), next: null });
  await settleTurn(clock);
  await pass({ clock }, 2_000);
};
/** Lets time pass second by second, as it does. */
const pass = async ({ clock }: Pick<TestDesk, 'clock'>, ms: number): Promise<void> => {
  for (let passed = 0; passed < ms; passed += 1_000) {
    clock.advance(1_000);
    await settleTurn(clock);
  }
};
/** A window's question; what the thread answers comes in real time. */
const ask = async <A>({ window }: TestDesk, name: string, input: object = {}): Promise<A> =>
  (await window().call(name, input)) as A;
const spanOf = (desk: TestDesk) => ask<Extract<ReplaySpan, { state: 'found' }>>(desk, 'replaySpan');
const momentOf = (desk: TestDesk, at: number) => ask<Extract<ReplayAt, { state: 'found' }>>(desk, 'replayAt', { at });
const partOf = (desk: TestDesk, from: number, to: number) =>
  ask<Extract<ReplayPart, { state: 'found' }>>(desk, 'replayPart', { from, to });
const told = ({ window }: TestDesk): readonly string[] =>
  window()
    .frame()
    .troubles.map(({ code, severity }) => `${severity} ${code}`);

const unit = (callsign: string) => buildUnit({ callsign });
const fixAt = (observedAt: number, longitude = -56.16) => ({
  unitId: ids.unit,
  position: [longitude, -34.89],
  heading: 90,
  speed: 40,
  observedAt,
});

test('a window looks back at the rows and positions of this desk as they were, and at nothing of a patient', async () => {
  const desk = await recordingDesk(unit('A1'), buildPatient());
  const { clock, peer } = desk;
  const before = clock.now();
  await pass(desk, 1_000);
  peer.link().say(poke(10, 11, { puts: rowsAt(11, unit('A2'), buildIncident()) }));
  peer.link().say({ type: 'telemetry', fixes: [fixAt(before)], readings: [] });
  await pass(desk, 20_000);
  peer.link().say({ type: 'telemetry', fixes: [fixAt(clock.now(), -56.17)], readings: [] });
  await pass(desk, 2_000);
  const span = await spanOf(desk);
  expect(span).toMatchObject({ state: 'found', gaps: [], marks: [{ kind: 'callReceived', count: 1 }] });
  expect(span.to).toBe(clock.now());
  const first = pictureAt(await momentOf(desk, before));
  expect([...first.rows.values()]).toEqual([unit('A1')]);
  const last = pictureAt(await momentOf(desk, clock.now()));
  expect([...last.rows.values()]).toEqual([unit('A2'), buildIncident()]);
  expect([...last.fixes.values()].map(({ position }) => position)).toEqual([[-56.17, -34.89]]);
  const part = await partOf(desk, before, clock.now());
  expect(part.fixes.longitude).toEqual(new Float64Array([-56.16, -56.17]));
  expect(played(first, part)).toEqual(last);
});

test('while the hospital is not heard, and while the desk does not run, nothing is recorded', async () => {
  const desk = await recordingDesk(unit('A1'));
  const { clock, peer } = desk;
  const heardAt = clock.now();
  peer.link().mute = true;
  await pass(desk, 30_000);
  peer.link().mute = false;
  await pass(desk, 20_000);
  if (!peer.link().said.some(({ type }) => type === 'hello')) throw new Error('The desk has not greeted again.');
  await greet(desk, unit('A2'));
  const [gap, ...others] = (await spanOf(desk)).gaps;
  expect(others).toEqual([]);
  expect((gap?.from ?? 0) - heardAt).toBeLessThanOrEqual(1_000);
  expect(gap?.to).toBeGreaterThanOrEqual(heardAt + 30_000);
  expect(await momentOf(desk, heardAt + 10_000)).toMatchObject({ recorded: false, records: [] });
  const ranUntil = clock.now();
  await desk.restart();
  clock.advance(60_000);
  // What was recorded can be looked at before the hospital answers.
  const kept = await spanOf(desk);
  expect(kept.from).toBeLessThanOrEqual(heardAt);
  expect(ranUntil - (kept.to ?? 0)).toBeLessThanOrEqual(15_000);
  expect([...pictureAt(await momentOf(desk, kept.to ?? 0)).rows.values()]).toEqual([unit('A2')]);
});

test('a file that cannot be read is thrown away and said once, and the desk is as it was', async () => {
  const desk = await recordingDesk(unit('A1'));
  await pass(desk, 20_000);
  await spanOf(desk);
  await desk.restart();
  writeFileSync(join(desk.directory, historyFile), Buffer.alloc(40_960, 7));
  await greet(desk, unit('A1'));
  const span = await spanOf(desk);
  await pass(desk, 1_000);
  expect(told(desk)).toEqual(['information historyAnew']);
  expect(span).toMatchObject({ state: 'found', gaps: [] });
  expect(desk.window().record('unit', ids.unit)).toEqual(unit('A1'));
  expect(desk.fatal).toEqual([]);
});

test('nothing is left of a scope that this device may not hold any more, nor of another history of the hospital', async () => {
  const desk = await recordingDesk(buildIncident({ address: 'Secret Street 1' }));
  const { clock, peer, directory } = desk;
  await pass(desk, 20_000);
  const named = await spanOf(desk);
  expect(named.from).not.toBeNull();
  peer.link().cut();
  await pass(desk, 5_000);
  const display = { ...peer.welcome({ snapshotId: testId('6', 78), total: 1 }, 12), projection: 'display' };
  peer.link().say(display);
  peer.link().say({ type: 'page', snapshotId: testId('6', 78), rows: rowsAt(12, buildIncident({ address: '' })), next: null });
  await settleTurn(clock);
  expect(existsSync(join(directory, historyFile))).toBe(false);
  await pass(desk, 3_000);
  const changedAt = clock.now();
  await pass(desk, 1_000);
  const span = await spanOf(desk);
  expect(span.from).toBeGreaterThan(named.to ?? 0);
  const rows = [...pictureAt(await momentOf(desk, changedAt)).rows.values()];
  expect(rows).toEqual([buildIncident({ address: '' })]);
});

test('a desk that keeps none says so', async () => {
  const desk = await startDesk();
  onTestFinished(desk.end);
  const unavailable = { state: 'unavailable', reason: 'notKept', message: 'This desk keeps no history for replay.' };
  expect(await ask(desk, 'replaySpan')).toEqual(unavailable);
  expect(await ask(desk, 'replayAt', { at: testNow })).toEqual(unavailable);
  expect(await ask(desk, 'replayPart', { from: testNow, to: testNow })).toEqual(unavailable);
});
