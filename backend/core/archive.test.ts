/** What leaves the desks for the hospital's archive, at an authority over a real store and a clock moved by hand. */

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { addChecksum, checksumText, emptyChecksum, rowChecksum } from '#contracts/wire/checksum.ts';
import type { Row } from '#contracts/wire/down.ts';
import { downForVersion1 } from '#contracts/wire/version-1.ts';
import { refuse } from '#domain/commands/definition.ts';
import type { VigilRecord } from '#domain/model/record.ts';
import { buildEncounter, buildPatient, buildTriageAssessment, testId } from '#domain/testing/builders.ts';
import { assignInput, encounter, openHospital, patient } from '../testing/hospital.ts';
import type { Change, Core } from './core.ts';

const DAY = 86_400_000;
const stationId = testId('8', 1);
const ended = (now: number): VigilRecord => ({ ...encounter, status: 'finished', departedAt: now });
const sumOf = (core: Core): string => {
  const rows: Row[] = [];
  for (let page = core.page(null); ; page = core.page(page.next)) {
    rows.push(...page.rows);
    if (!page.next) break;
  }
  return checksumText(rows.map(rowChecksum).reduce(addChecksum, emptyChecksum));
};
const heardBy = (core: Core): Change[] => {
  const changes: Change[] = [];
  core.subscribe((change) => changes.push(change));
  return changes;
};

test('K6 what ended seven days ago is archived and goes as ordinary removals, and the checksum agrees', () => {
  const { core, store, now, pass } = openHospital();
  core.commit([ended(now()), buildTriageAssessment({ encounterId: encounter.id })]);
  pass(7 * DAY - 1);
  expect(core.archiveOld()).toBe(0);
  pass(1);
  const changes = heardBy(core);
  expect(core.archiveOld()).toBe(3);
  const keys = [
    { kind: 'encounter', id: encounter.id },
    { kind: 'triageAssessment', id: testId('7', 1) },
    { kind: 'patient', id: patient.id },
  ];
  expect(changes).toEqual([
    { base: 2, rev: 3, rows: [], deletes: keys.map((key) => ({ ...key, rev: 3 })), settlements: new Map(), before: new Map() },
  ]);
  expect(keys.map(({ id }) => [store.isArchived(id), core.view.get('encounter', id)])).toEqual(keys.map(() => [true, undefined]));
  expect(core.changesSince(stationId, 2)?.deletes.length).toBe(3);
  expect(sumOf(core)).toBe(core.checksum('desk'));
  expect(core.archiveOld()).toBe(0);
  store.close();
});

test('K6 a command that names what was archived is refused in a word of its own; one sent before keeps its answer', () => {
  const { core, store, envelope, now, pass } = openHospital();
  const before = envelope('assignBed', assignInput);
  core.apply(stationId, before, 0);
  const { settlement } = core.apply(stationId, before, 0);
  core.commit([
    ended(now()),
    { ...core.view.get('bed', assignInput.bedId), status: 'available', encounterId: null } as VigilRecord,
  ]);
  pass(8 * DAY);
  core.archiveOld();
  expect(core.apply(stationId, before, 8 * DAY)).toEqual({ settlement, repeated: true });
  const after = core.apply(stationId, envelope('assignBed', assignInput), 0).settlement;
  expect(after.outcome).toEqual({
    status: 'refused',
    ...refuse('archived', 'hasLeftDesks'),
  });
  const unknown = envelope('assignBed', { ...assignInput, encounterId: randomUUID() });
  expect(core.apply(stationId, unknown, 0).settlement.outcome).toMatchObject({ code: 'notFound' });
  // Version 1 does not know the word.
  expect(downForVersion1({ type: 'poke', base: 1, rev: 2, puts: [], deletes: [], settled: [after] })).toMatchObject({
    settled: [{ outcome: { code: 'notFound', message: after.outcome.status === 'refused' && after.outcome.message } }],
  });
  store.close();
});

test('K6 much that is old goes in parts, a transaction each; one that the disk refuses leaves everything as it was', () => {
  const { core, store, now, pass } = openHospital();
  const people = Array.from({ length: 500 }, (_, index) => index + 10);
  core.commit(
    people.flatMap((n): VigilRecord[] => [
      buildPatient({ id: testId('c', n) }),
      buildEncounter({ id: testId('e', n), patientId: testId('c', n), status: 'leftWithoutBeingSeen', departedAt: now() }),
    ]),
  );
  pass(8 * DAY);
  const sum = core.checksum('desk');
  const { audit } = core;
  const kept = { ...audit };
  Object.assign(audit, {
    write: () => {
      throw new Error('the disk is full');
    },
  });
  expect(() => core.archiveOld()).toThrow('the disk is full');
  Object.assign(audit, kept);
  expect([core.checksum('desk'), core.rev(), store.isArchived(testId('e', 10))]).toEqual([sum, 2, false]);
  const changes = heardBy(core);
  const parts: number[] = [];
  for (let part = core.archiveOld(); part > 0; part = core.archiveOld()) parts.push(part);
  expect(parts).toEqual([200, 200, 200, 200, 200]);
  expect(changes.map(({ deletes }) => deletes.length)).toEqual(parts);
  expect(sumOf(core)).toBe(core.checksum('desk'));
  store.close();
});
