import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfferedCommand } from '#contracts/wire/up.ts';
import { refuse } from '#domain/commands/definition.ts';
import type { Envelope } from '#domain/commands/envelope.ts';
import { buildBed, testId } from '#domain/testing/builders.ts';
import { openStore } from '../store/sqlite/open.ts';
import { area, assignInput, bed, encounter, openHospital, type TestHospital } from '../testing/hospital.ts';
import { createCore } from './core.ts';
import { beginRecovery, openRecovery, type Recovery } from './recovery.ts';

const stationA = testId('8', 1);
const stationB = testId('8', 2);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const second = buildBed({ id: testId('b', 2), label: 'B2', order: 2, areaId: area.id });

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-recovery-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

type Restored = {
  readonly before: TestHospital;
  readonly acknowledge: (stationId: string, envelope: Envelope) => OfferedCommand;
  /** Restores the backup and begins again `later` milliseconds after. */
  readonly restore: (
    mode?: 'recover' | 'refuse',
    later?: number,
  ) => { readonly after: TestHospital; readonly recovery: Recovery };
};
const hospital = (name: string): Restored => {
  const path = join(directory, `${name}.db`);
  const first = openHospital(path);
  first.core.commit([second]);
  first.store.close();
  copyFileSync(path, `${path}.backup`);
  const before = openHospital(path);
  return {
    before,
    acknowledge: (stationId, envelope) => {
      const { settlement } = before.core.apply(stationId, envelope, 0);
      if (settlement.outcome.status !== 'applied') throw new Error(settlement.outcome.message);
      return { envelope, epoch: before.core.epoch, rev: settlement.rev, answeredAt: before.now() };
    },
    restore: (mode = 'recover', later = HOUR) => {
      before.store.close();
      copyFileSync(`${path}.backup`, path);
      const store = openStore(path);
      beginRecovery(store, mode, before.now() + later, 60_000);
      store.close();
      const after = openHospital(path);
      after.pass(later);
      const recovery = openRecovery(after.store, after.core, after.now);
      if (!recovery) throw new Error('There is no recovery.');
      return { after, recovery };
    },
  };
};
const block = (bedId: string) => ({ bedId, reason: 'Leak', until: null });

describe('after a restore', () => {
  test('R1 another history begins, and says which one the backup ended', () => {
    const { before, restore } = hospital('epoch');
    const { after, recovery } = restore();
    expect(after.core.epoch).not.toBe(before.core.epoch);
    expect([recovery.state(), recovery.from]).toEqual(['collecting', { epoch: before.core.epoch, rev: 2 }]);
    after.store.close();
  });

  test('R3 offers of all stations are applied in the order of the lost log, whoever offers first', () => {
    const { before, acknowledge, restore } = hospital('order');
    const assigned = acknowledge(stationA, before.envelope('assignBed', assignInput));
    const moved = acknowledge(stationB, before.envelope('assignBed', { ...assignInput, bedId: second.id }));
    const cleaned = acknowledge(stationA, before.envelope('cleanBed', { bedId: bed.id, stage: 'start', expectedMinutes: null }));
    const whole = [...before.core.view.list('bed'), ...before.core.view.list('encounter')];
    const { after, recovery } = restore();
    recovery.offer(stationA, [cleaned, assigned]);
    recovery.offer(stationB, [moved]);
    expect(after.core.rev()).toBe(2);
    expect(recovery.close()).toEqual({ applied: 3, refused: 0 });
    expect([...after.core.view.list('bed'), ...after.core.view.list('encounter')]).toEqual(whole);
    expect([recovery.state(), after.core.rev()]).toEqual(['closed', 5]);
    after.store.close();
  });

  test('R4 history is neither too old nor withdrawn, and is done once however often it is offered', () => {
    const { before, acknowledge, restore } = hospital('history');
    const offered = acknowledge(stationA, before.envelope('blockBed', block(bed.id)));
    const { after, recovery } = restore('recover', 7 * DAY);
    const { personId, grantId } = before.grants.verify(offered.envelope.grant) ?? { personId: '', grantId: '' };
    after.core.withdraw(personId);
    after.core.withdraw(grantId);
    recovery.offer(stationA, [offered]);
    recovery.offer(stationA, [offered]);
    expect(recovery.close()).toEqual({ applied: 1, refused: 0 });
    const rev = after.core.rev();
    const again = recovery.offer(stationA, [offered]);
    expect([again.map(({ outcome }) => outcome.status), after.core.rev()]).toEqual([['applied'], rev]);
    expect(after.core.apply(stationA, offered.envelope, 0).repeated).toBe(true);
    after.store.close();
  });

  test('R4 what the backup holds already is not done again', () => {
    const { before, restore } = hospital('held');
    const { after, recovery } = restore();
    const envelope = after.envelope('blockBed', block(bed.id));
    const { settlement } = after.core.apply(stationA, envelope, 0);
    recovery.offer(stationA, [{ envelope, epoch: before.core.epoch, rev: 1, answeredAt: 0 }]);
    recovery.close();
    expect([after.core.rev(), after.store.settlement(stationA, envelope.commandId)]).toEqual([3, settlement]);
    after.store.close();
  });

  test('R5 what cannot be done again is refused to its station, the others stand', () => {
    const { before, acknowledge, restore } = hospital('impossible');
    before.core.commit([{ ...bed, status: 'contaminated' }]);
    const cleaned = acknowledge(stationA, before.envelope('cleanBed', { bedId: bed.id, stage: 'start', expectedMinutes: null }));
    const blocked = acknowledge(stationA, before.envelope('blockBed', block(second.id)));
    const { after, recovery } = restore();
    recovery.offer(stationA, [cleaned, blocked]);
    expect(recovery.close()).toEqual({ applied: 1, refused: 1 });
    expect(after.store.settlement(stationA, cleaned.envelope.commandId)?.outcome).toMatchObject({
      status: 'refused',
      code: 'conflict',
    });
    after.store.close();
  });

  test('R6 a station that comes late is heard as it comes; after a crash in the window it is open still', () => {
    const { before, acknowledge, restore } = hospital('late');
    const offered = acknowledge(stationA, before.envelope('blockBed', block(bed.id)));
    const { after, recovery } = restore();
    recovery.offer(stationA, [offered]);
    const restarted = openRecovery(after.store, after.core, after.now);
    expect(restarted?.state()).toBe('collecting');
    after.pass(60_000);
    const late = openRecovery(after.store, after.core, after.now);
    expect(late?.state()).toBe('closed');
    expect(late?.offer(stationA, [offered])).toEqual([]);
    expect(after.core.view.get('bed', bed.id)?.status).toBe('blocked');
    after.store.close();
  });

  test('R7 an administrator who begins anew takes nothing of before', () => {
    const { before, acknowledge, restore } = hospital('refuse');
    const offered = acknowledge(stationA, before.envelope('blockBed', block(bed.id)));
    const { after, recovery } = restore('refuse');
    expect([recovery.state(), recovery.offer(stationA, [offered])]).toEqual(['refused', []]);
    expect([after.core.epoch === before.core.epoch, after.core.view.get('bed', bed.id)?.status]).toEqual([false, 'available']);
    after.store.close();
  });
});

describe('who may act no more', () => {
  test('O16 a withdrawn sign-in, or person, is refused whatever it made before and has not been settled', () => {
    const { core, envelope, grants, store } = openHospital();
    const offline = envelope('assignBed', assignInput);
    const grant = grants.verify(offline.grant);
    core.withdraw(grant?.grantId ?? '');
    expect(core.apply(stationA, offline, 60_000).settlement.outcome).toEqual({
      status: 'refused',
      ...refuse('grantInvalid', 'signInWithdrawn', { name: 'Ines Okafor' }),
    });
    expect(core.apply(stationA, envelope('assignBed', assignInput), 0).settlement.outcome).toEqual({ status: 'applied' });
    core.withdraw(grant?.personId ?? '');
    expect(core.apply(stationA, envelope('blockBed', block(bed.id)), 0).settlement.outcome).toMatchObject({
      code: 'grantInvalid',
    });
    store.close();
  });

  test('O17 a command that would write a record nobody can read is refused alone', () => {
    const { envelope, store, grants, now } = openHospital();
    // As an older version may have left it.
    store.transact(() => store.putRow({ rev: 1, record: { ...bed, label: 'far too long for a label' } }));
    const core = createCore({ store, clock: now, verifyGrant: grants.verify });
    const [first, next] = core.applyAll(
      [envelope('assignBed', assignInput), envelope('recordTriage', {})].map((one) => ({
        stationId: stationA,
        envelope: one,
        ageMs: 0,
      })),
    );
    expect([first?.settlement.outcome, next?.settlement.rev]).toMatchObject([{ status: 'refused', code: 'malformed' }, 3]);
    expect(core.view.get('encounter', encounter.id)).toEqual(encounter);
    store.close();
  });

  test('M1 a command on a merged visit is done on the one that stays, and its settlement says so', () => {
    const { core, envelope, store } = openHospital();
    const stays = { ...encounter, id: testId('e', 9) };
    core.commit([stays, { ...encounter, status: 'finished', departedAt: 1, mergedInto: stays.id }]);
    const { settlement } = core.apply(stationA, envelope('assignBed', assignInput), 0);
    expect([settlement.outcome, core.view.get('bed', bed.id)?.encounterId]).toEqual([
      {
        status: 'applied',
        note: 'The visit had been merged: this was done on the visit that stays, of M000001.',
      },
      stays.id,
    ]);
    store.close();
  });
});
