/** Many commands in one transaction, and the checksum that moves with it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addChecksum, checksumText, emptyChecksum, rowChecksum } from '#contracts/wire/checksum.ts';
import type { Envelope } from '#domain/commands/envelope.ts';
import { recordKinds } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { shippedBoardSettings } from '#domain/rules/board-defaults.ts';
import { projectForDisplay } from '#domain/rules/projection.ts';
import { buildBed, buildFacility, buildPatient, testId } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';
import { createCommandTurn } from '../server/command-turn.ts';
import { systemTimers } from '../server/timers.ts';
import { openStore } from '../store/sqlite/open.ts';
import { assignInput, bed, encounter, openHospital } from '../testing/hospital.ts';
import { type Answer, type Change, type Core, createCore } from './core.ts';
import type { Store } from './store.ts';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-turn-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const stationId = testId('8', 1);
const otherStation = testId('8', 2);
const rowsOf = (core: Core) => recordKinds.flatMap((kind) => [...core.view.list(kind)]);
/** The checksum of what a desk holds (null), or a display of a site that shows this much. */
const summed = (store: Store, shows: 'initials' | 'nobody' | null): string =>
  checksumText(
    [...store.allRows()]
      .flatMap(({ rev, record }) => {
        const held = shows ? projectForDisplay(record, shows) : record;
        return held ? [rowChecksum({ rev, record: held })] : [];
      })
      .reduce(addChecksum, emptyChecksum),
  );

test('S15 commands of one turn are one commit, a rev each, in order, each decided on what those before it did', () => {
  const { core, envelope, store } = openHospital();
  const heard: Change[] = [];
  core.subscribe((change) => heard.push(change));
  const assign = envelope('assignBed', assignInput);
  const again = envelope('assignBed', assignInput);
  const answers = core.applyAll([
    { stationId, envelope: assign, ageMs: 0 },
    { stationId, envelope: assign, ageMs: 0 },
    { stationId: otherStation, envelope: again, ageMs: 0 },
  ]);
  expect(answers.map(({ settlement, repeated }) => [settlement.rev, settlement.outcome.status, repeated])).toEqual([
    [2, 'applied', false],
    [2, 'applied', true],
    [3, 'refused', false],
  ]);
  expect(
    heard.map(({ base, rev, rows, before, settlements }) => ({
      base,
      rev,
      rows: rows.map((row) => [row.rev, row.record.kind]),
      before: [...before.values()],
      settled: [...settlements].map(([station, list]) => [station, list.length]),
    })),
  ).toEqual([
    {
      base: 1,
      rev: 3,
      rows: [
        [2, 'bed'],
        [2, 'encounter'],
      ],
      before: [
        { rev: 1, record: bed },
        { rev: 1, record: encounter },
      ],
      settled: [
        [stationId, 1],
        [otherStation, 1],
      ],
    },
  ]);
  store.close();
});

test('S15 a turn that the disk refuses leaves memory, file, revs and checksum as they were, and is told to nobody', () => {
  const { core, envelope, store, now, grants } = openHospital();
  const heard: Change[] = [];
  let writes = 0;
  const failing = createCore({
    store: {
      ...store,
      putSettlement: (...given) => {
        writes += 1;
        if (writes === 2) throw new Error('disk');
        store.putSettlement(...given);
      },
    },
    clock: now,
    verifyGrant: grants.verify,
  });
  failing.subscribe((change) => heard.push(change));
  const before = { rows: rowsOf(failing), rev: failing.rev(), sum: failing.checksum('desk') };
  const asked = [envelope('assignBed', assignInput), envelope('assignBed', assignInput)].map((one) => ({
    stationId,
    envelope: one,
    ageMs: 0,
  }));
  expect(() => failing.applyAll(asked)).toThrow('disk');
  expect({ rows: rowsOf(failing), rev: failing.rev(), sum: failing.checksum('desk') }).toEqual(before);
  expect([heard, [...store.allRows()].map(({ rev }) => rev)]).toEqual([[], [1, 1, 1, 1, 1]]);
  expect(failing.applyAll(asked).map(({ settlement }) => settlement.rev)).toEqual([2, 3]);
  expect(core.epoch).toBe(failing.epoch);
  store.close();
});

test('S15 what arrives in one turn from several stations is one transaction; one that cannot be written stops only its sender', async () => {
  const { core, envelope, store } = openHospital();
  let commits = 0;
  const poison = envelope('assignBed', { poison: true });
  const turn = createCommandTurn(
    {
      ...core,
      applyAll: (asked) => {
        if (asked.some((one) => one.envelope.commandId === poison.commandId)) throw new Error('disk');
        commits += 1;
        return core.applyAll(asked);
      },
    },
    systemTimers,
  );
  const offered = (station: string, ...envelopes: (typeof poison)[]) =>
    new Promise<{ readonly answers: readonly Answer[]; readonly failure: string | undefined }>((resolve) =>
      turn.offer(
        envelopes.map((one) => ({ stationId: station, envelope: one, ageMs: 0 })),
        undefined,
        (answers, failure) => resolve({ answers, failure: failure?.message }),
      ),
    );
  const statuses = ({ answers, failure }: { readonly answers: readonly Answer[]; readonly failure: string | undefined }) => [
    answers.map(({ settlement }) => settlement.outcome.status),
    failure,
  ];
  const good = () => envelope('assignBed', assignInput);
  expect((await Promise.all([offered(stationId, good()), offered(otherStation, good(), good())])).map(statuses)).toEqual([
    [['applied'], undefined],
    [['refused', 'refused'], undefined],
  ]);
  expect(commits).toBe(1);
  expect((await Promise.all([offered(stationId, good(), poison, good()), offered(otherStation, good())])).map(statuses)).toEqual([
    [['refused'], 'disk'],
    [['refused'], undefined],
  ]);
  turn.offer([{ stationId, envelope: good(), ageMs: 0 }], undefined, () => expect.unreachable());
  turn.stop();
  await new Promise((resolve) => setImmediate(resolve));
  store.close();
});

test('S15 of a thousand commands that arrive together two hundred are one transaction, in order, and one turn', () => {
  const { core, envelope, store } = openHospital();
  const due: (() => void)[] = [];
  const commits: number[] = [];
  const turn = createCommandTurn(
    {
      ...core,
      applyAll: (asked) => {
        commits.push(asked.length);
        return core.applyAll(asked);
      },
    },
    {
      ...systemTimers,
      after: (_, call) => {
        due.push(call);
        return () => undefined;
      },
    },
  );
  const made = Array.from({ length: 1_000 }, () => envelope('assignBed', assignInput));
  const revs: number[] = [];
  for (let from = 0; from < made.length; from += 100)
    turn.offer(
      made.slice(from, from + 100).map((one) => ({ stationId, envelope: one, ageMs: 0 })),
      made[from - 1]?.commandId,
      (answers) => revs.push(...answers.map(({ settlement }) => settlement.rev)),
    );
  for (let turns = 1; due.length > 0; turns += 1) {
    for (const call of due.splice(0)) call();
    expect(commits).toEqual(Array.from({ length: turns }, () => 200));
  }
  expect(revs).toEqual(made.map((_, index) => index + 2));
  store.close();
});

test('O21 what was made after a command is not decided before it: lost, overtaken by a copy, or not written', async () => {
  const { core, envelope, store } = openHospital();
  const [first, second, third] = ['first', 'second', 'third'].map((reason) =>
    envelope('blockBed', { bedId: bed.id, reason, until: null }),
  ) as [Envelope, Envelope, Envelope];
  let refused: Id | null = null;
  const turn = createCommandTurn(
    {
      ...core,
      applyAll: (asked) => {
        if (asked.some((one) => one.envelope.commandId === refused)) throw new Error('disk');
        return core.applyAll(asked);
      },
    },
    systemTimers,
  );
  const said = (one: Envelope, after?: Envelope, station = stationId) =>
    new Promise<string>((resolve) =>
      turn.offer([{ stationId: station, envelope: one, ageMs: 0 }], after?.commandId, ([answer], failure) =>
        resolve(failure?.message ?? (answer ? `${answer.repeated ? 'again ' : ''}${answer.settlement.rev}` : 'not yet')),
      ),
    );
  expect(await said(second, first)).toBe('not yet');
  expect(await Promise.all([said(third, second), said(second, first)])).toEqual(['not yet', 'not yet']);
  refused = first.commandId;
  expect(await Promise.all([said(first), said(second, first), said(third, second)])).toEqual(['disk', 'not yet', 'not yet']);
  expect(core.rev()).toBe(1);
  refused = null;
  expect(await Promise.all([said(third, second), said(first), said(second, first)])).toEqual(['not yet', '2', '3']);
  expect(await Promise.all([said(second, first), said(third, second), said(first)])).toEqual(['again 3', '4', 'again 2']);
  // Another station's command of that id is another command.
  expect(await said(second, first, otherStation)).toBe('not yet');
  expect(await said(second, undefined, otherStation)).toBe('5');
  store.close();
});

test('C2 after each of 500 random commits the checksum is that of the rows, for a desk and for a display', () => {
  const random = createRandom(11);
  const { core, store } = openHospital();
  for (let step = 0; step < 500; step += 1) {
    const record = buildBed({ ...bed, id: testId('b', random.int(1, 20)), note: `n${random.int(0, 5)}` });
    const patient = { ...encounter, acuity: random.pick([1, 2, 3] as const) };
    core.commit(
      random.chance(0.7) ? [record, patient] : [],
      random.chance(0.5) ? [{ kind: 'bed', id: testId('b', random.int(1, 20)) }] : [],
    );
    if (step % 25 === 0)
      expect([core.checksum('desk'), core.checksum('display')]).toEqual([summed(store, null), summed(store, 'initials')]);
  }
  expect([core.checksum('desk'), core.checksum('display')]).toEqual([summed(store, null), summed(store, 'initials')]);
  store.close();
});

test('C2 the checksum is committed with the rows: rows that changed behind its back are found when the store is opened', () => {
  const path = join(directory, 'behind.db');
  const opened = openHospital(path);
  opened.core.commit([bed]);
  opened.store.close();
  const kept = openHospital(path);
  expect(kept.core.rowsAsCommitted).toBe(true);
  kept.store.close();
  const behind = openStore(path);
  behind.transact(() => behind.putRow({ rev: 2, record: { ...bed, status: 'cleaning' } }));
  behind.close();
  const changed = openHospital(path);
  expect(changed.core.rowsAsCommitted).toBe(false);
  changed.store.close();
});

test('C2 a site that shows nobody on its displays is summed without initials at once, so that a display that holds some differs', () => {
  const { core, store } = openHospital();
  const patient = buildPatient({ id: testId('c', 900), initials: 'QZ' });
  core.commit([patient]);
  const before = core.checksum('display');
  expect(before).toBe(summed(store, 'initials'));
  const shows = (displays: 'initials' | 'nobody') =>
    core.commit([buildFacility({ board: { ...shippedBoardSettings, wall: { displays, desks: 'initials' } } })]);
  shows('nobody');
  expect([core.checksum('desk'), core.checksum('display')]).toEqual([summed(store, null), summed(store, 'nobody')]);
  expect(summed(store, 'nobody')).not.toBe(summed(store, 'initials'));
  core.commit([{ ...patient, ageYears: 44 }]);
  shows('initials');
  expect(core.checksum('display')).toBe(summed(store, 'initials'));
  store.close();
});
