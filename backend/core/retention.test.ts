/** What the backend remembers, for how long, and what a station that was away gets; on a clock moved by hand. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { addChecksum, checksumText, emptyChecksum, rowChecksum } from '#contracts/wire/checksum.ts';
import type { Row } from '#contracts/wire/down.ts';
import type { SnapshotKey } from '#contracts/wire/up.ts';
import type { Envelope } from '#domain/commands/envelope.ts';
import { buildBed, testId } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';
import { bed, openHospital } from '../testing/hospital.ts';
import type { Answer, Core } from './core.ts';

const DAY = 86_400_000;
const stationId = testId('8', 1);
const block = (commandId: string, envelope: Envelope): Envelope => ({ ...envelope, commandId });

test('S13 settlements outlive tombstones: after 31 days away there is a snapshot, and a command sent again is still known', () => {
  const { core, envelope, pass } = openHospital();
  const command = envelope('blockBed', { bedId: bed.id, reason: 'equipment', until: null });
  const first = core.apply(stationId, command, 0);
  core.commit([], [{ kind: 'bed', id: bed.id }]);
  pass(31 * DAY);
  core.forgetOld();
  expect([core.changesSince(stationId, 2), core.apply(stationId, command, 31 * DAY)]).toEqual([
    undefined,
    { settlement: first.settlement, repeated: true },
  ]);
});

test('S13 a command older than the memory of settlements is refused as tooOld, whichever clock says so', () => {
  const { core, envelope, pass } = openHospital();
  const command = envelope('blockBed', { bedId: bed.id, reason: 'equipment', until: null });
  core.apply(stationId, command, 0);
  core.commit([{ ...bed, status: 'available' }]);
  pass(91 * DAY);
  core.forgetOld();
  // The station has lost its measure of the age; the moment of the gesture still tells.
  expect(
    [0, 91 * DAY].map((ageMs) => core.apply(stationId, block(randomUUID(), command), ageMs).settlement.outcome),
  ).toMatchObject([
    { status: 'refused', code: 'tooOld' },
    { status: 'refused', code: 'tooOld' },
  ]);
  expect(core.apply(stationId, command, 0).settlement.outcome).toMatchObject({ status: 'refused', code: 'tooOld' });
  expect(core.view.get('bed', bed.id)?.status).toBe('available');
});

/** A copy as a station keeps it: resumed where it can be, taken whole where it must be. */
type Copy = { cursor: number | null; readonly rows: Map<string, Row>; snapshots: number };
const catchUp = (core: Core, copy: Copy): void => {
  const missed = copy.cursor === null ? undefined : core.changesSince(stationId, copy.cursor);
  if (missed) {
    for (const row of missed.rows) copy.rows.set(`${row.record.kind}/${row.record.id}`, row);
    for (const { kind, id } of missed.deletes) copy.rows.delete(`${kind}/${id}`);
  } else {
    copy.rows.clear();
    copy.snapshots += 1;
    for (let after: SnapshotKey | null = null, page = core.page(after); ; page = core.page(after)) {
      for (const row of page.rows) copy.rows.set(`${row.record.kind}/${row.record.id}`, row);
      after = page.next;
      if (!after) break;
    }
  }
  copy.cursor = core.rev();
};
const sumOf = (copy: Copy): string => checksumText([...copy.rows.values()].map(rowChecksum).reduce(addChecksum, emptyChecksum));

test('S12 S13 C2 for 40 seeds of a hundred random weeks: every copy that catches up agrees, no command is done twice', () => {
  const totals = { snapshots: 0, resumes: 0, repeated: 0, tooOld: 0 };
  for (let seed = 1; seed <= 40; seed += 1) {
    const random = createRandom(seed);
    const { core, store, envelope, now, pass } = openHospital();
    const beds = Array.from({ length: 12 }, (_, index) => buildBed({ ...bed, id: testId('b', index + 1) }));
    const copy: Copy = { cursor: null, rows: new Map(), snapshots: 0 };
    const sent: { readonly command: Envelope; answer: Answer; readonly at: number }[] = [];
    for (let step = 0; step < 100; step += 1) {
      const picked = random.pick(beds);
      const deed = random.int(1, 4);
      if (deed <= 2) core.commit([{ ...picked, note: `step ${step}`, status: 'available' }]);
      else if (deed === 3 && core.view.get('bed', picked.id)) core.commit([], [{ kind: 'bed', id: picked.id }]);
      else {
        const command = envelope('blockBed', { bedId: picked.id, reason: 'equipment', until: null });
        sent.push({ command, answer: core.apply(stationId, command, 0), at: now() });
      }
      pass(random.int(0, 14) * DAY);
      if (random.chance(0.3)) core.forgetOld();
      if (random.chance(0.2)) {
        const before = copy.snapshots;
        catchUp(core, copy);
        totals[copy.snapshots > before ? 'snapshots' : 'resumes'] += 1;
        expect(sumOf(copy)).toBe(core.checksum('desk'));
      }
      const again = sent.length > 0 && random.chance(0.2) ? random.pick(sent) : undefined;
      if (again) {
        const { settlement, repeated } = core.apply(stationId, again.command, now() - again.at);
        if (repeated) expect(settlement).toEqual(again.answer.settlement);
        else {
          expect(settlement.outcome).toMatchObject({ status: 'refused', code: 'tooOld' });
          again.answer = { settlement, repeated };
        }
        totals[repeated ? 'repeated' : 'tooOld'] += 1;
      }
    }
    store.close();
  }
  expect(Math.min(...Object.values(totals))).toBeGreaterThan(40);
});
