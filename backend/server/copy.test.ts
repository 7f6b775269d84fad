/** What the backend sends of rows: fields to a whole copy, packed pages, checksums; over real sockets. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addChecksum, checksumText, emptyChecksum, rowChecksum } from '#contracts/wire/checksum.ts';
import type { Row } from '#contracts/wire/down.ts';
import { shortenId } from '#contracts/wire/short-id.ts';
import type { SnapshotKey } from '#contracts/wire/up.ts';
import type { Id } from '#domain/model/values.ts';
import { buildEncounter, buildTriageAssessment, testId } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';
import { assignInput, bed, encounter, type TestHospital } from '../testing/hospital.ts';
import { type ServedHospital, serveHospital } from '../testing/served.ts';
import { helloOf, type TestStation } from '../testing/station.ts';
import { developmentTokens } from './device-tokens.ts';
import { createPagePacker } from './page-packer.ts';

let hospital: TestHospital;
let connectBare: ServedHospital['connect'];
let end: ServedHospital['end'];
beforeEach(async () => {
  ({ hospital, connect: connectBare, end } = await serveHospital());
});
afterEach(() => end());

const connect = async (token = developmentTokens.desk, hello: unknown = helloOf(randomUUID(), null, token)) => {
  const station = connectBare();
  station.send(hello);
  return { station, welcome: await station.next('welcome') };
};
/** Takes all pages from a key on, or as many as asked for. */
const takePages = async (station: TestStation, snapshotId: Id, from: SnapshotKey | null = null, most = 1_000) => {
  const rows: Row[] = [];
  let after = from;
  for (let count = 0; count < most; count += 1) {
    station.send({ type: 'page', snapshotId, after });
    const page = await station.next('page');
    rows.push(...page.rows);
    after = page.next;
    if (!after) break;
  }
  return { rows, after };
};
const snapshotOf = (welcome: Awaited<ReturnType<typeof connect>>['welcome']): Id =>
  welcome.start.mode === 'snapshot' ? welcome.start.snapshotId : '';
const wholeCopy = async (token?: string) => {
  const { station, welcome } = await connect(token);
  await takePages(station, snapshotOf(welcome));
  return station;
};
const sumOf = (rows: Iterable<Row>): string => checksumText([...rows].map(rowChecksum).reduce(addChecksum, emptyChecksum));
const manyEncounters = (count: number) => {
  const random = createRandom(4);
  return Array.from({ length: count }, (_, index) =>
    buildEncounter({
      id: random.id(),
      patientId: random.id(),
      complaint: `Chest pain ${index}`,
      nextStep: `ECG ${random.int(1, 99)}`,
    }),
  );
};

test('S10 a copy that is whole gets changed fields; one that is not gets whole rows', async () => {
  const [ready, loading] = [await wholeCopy(), (await connect()).station];
  hospital.core.commit([{ ...bed, note: 'x' }]);
  const poke = { type: 'poke', base: 1, rev: 2, puts: [], deletes: [], settled: [] };
  expect(await ready.next('poke')).toEqual({ ...poke, patches: [['bed', shortenId(bed.id), 1, { note: 'x' }]] });
  expect(await loading.next('poke')).toEqual({ ...poke, puts: [{ rev: 2, record: { ...bed, note: 'x' } }] });
});

test('S10 the patch of a display names no field that a display may not hold', async () => {
  const display = await wholeCopy(developmentTokens.display);
  hospital.core.commit([{ ...encounter, complaint: 'Chest pain', acuity: 1 }]);
  expect((await display.next('poke')).patches).toEqual([['encounter', shortenId(encounter.id), 1, { acuity: 1 }]]);
  hospital.core.commit([{ ...encounter, complaint: 'Headache', acuity: 1 }]);
  expect((await display.next('poke')).patches).toEqual([['encounter', shortenId(encounter.id), 2, {}]]);
});

test('S15 S10 commands of one message are one poke: each row once, from what the copy holds to what stands', async () => {
  const station = await wholeCopy();
  const commands = ['assignBed', 'unassignBed', 'assignBed'].map((name) => ({
    envelope: hospital.envelope(name, assignInput),
    ageMs: 0,
  }));
  station.send({ type: 'commands', commands });
  const poke = await station.next('poke');
  expect([poke.base, poke.rev, poke.settled.map(({ rev }) => rev), poke.puts.length + (poke.patches?.length ?? 0)]).toEqual([
    1,
    4,
    [2, 3, 4],
    2,
  ]);
  expect(poke.patches?.every(([, , from]) => from === 1)).toBe(true);
});

test('S11 pages hold all rows, at most 256 KB each before they are packed, and travel in less than 0.39 of it', async () => {
  const encounters = manyEncounters(1_500);
  hospital.core.commit(encounters);
  const { station, welcome } = await connect();
  const { rows } = await takePages(station, snapshotOf(welcome));
  expect(rows.length).toBe(1_505);
  const first = hospital.core.page(null).rows;
  const raw = JSON.stringify(first.map(({ record }) => record)).length;
  expect(raw).toBeGreaterThan(200 * 1024);
  expect(raw).toBeLessThan(260 * 1024);
  expect(createPagePacker()(first).byteLength / raw).toBeLessThan(0.39);
});

test('S16 a snapshot goes on behind its last key on another connection, with what changed meanwhile before it', async () => {
  hospital.core.commit(manyEncounters(1_500));
  const stationId = randomUUID();
  const first = await connect(undefined, helloOf(stationId));
  const snapshotId = snapshotOf(first.welcome);
  const begun = await takePages(first.station, snapshotId, null, 1);
  first.station.close();
  const changed = begun.rows.find(({ record }) => record.kind === 'encounter')?.record;
  if (changed?.kind !== 'encounter') throw new Error('no encounter');
  hospital.core.commit([{ ...changed, acuity: 1 }], [{ kind: 'bed', id: bed.id }]);
  const hello = {
    ...(helloOf(stationId) as object),
    streams: { facility: { epoch: hospital.core.epoch, cursor: first.welcome.rev, snapshotId } },
  };
  const second = await connect(undefined, hello);
  expect(second.welcome.start).toEqual({ mode: 'resume' });
  expect(await second.station.next('poke')).toMatchObject({
    puts: [{ record: { id: changed.id, acuity: 1 } }],
    deletes: [{ kind: 'bed', id: bed.id }],
  });
  // Not whole yet: rows still travel whole, and nothing is said of the checksum.
  hospital.core.commit([{ ...changed, acuity: 2 }]);
  expect((await second.station.next('poke')).puts.length).toBe(1);
  second.station.send({ type: 'pulse', sequence: 1 });
  expect('sum' in (await second.station.next('pulse'))).toBe(false);
  const rest = await takePages(second.station, snapshotId, begun.after);
  const copy = new Map([...begun.rows, ...rest.rows].map((row) => [`${row.record.kind}/${row.record.id}`, row]));
  copy.delete(`bed/${bed.id}`);
  copy.set(`encounter/${changed.id}`, { rev: hospital.core.rev(), record: { ...changed, acuity: 2 } });
  second.station.send({ type: 'pulse', sequence: 2 });
  expect((await second.station.next('pulse')).sum).toEqual({ rev: hospital.core.rev(), checksum: sumOf(copy.values()) });
});

test('C3 heartbeats say the checksum of what each projection holds, and a report is kept', async () => {
  hospital.core.commit([buildTriageAssessment({ encounterId: encounter.id })]);
  for (const token of [developmentTokens.desk, developmentTokens.display]) {
    const { station, welcome } = await connect(token);
    const { rows } = await takePages(station, snapshotOf(welcome));
    station.send({ type: 'pulse', sequence: 1 });
    expect((await station.next('pulse')).sum).toEqual({ rev: 2, checksum: sumOf(rows) });
  }
  const stationId = testId('8', 5);
  const { station } = await connect(undefined, helloOf(stationId));
  const report = { epoch: hospital.core.epoch, rev: 2, held: '0'.repeat(16), expected: 'f'.repeat(16) };
  station.send({ type: 'diverged', ...report });
  station.send({ type: 'pulse', sequence: 1 });
  await station.next('pulse');
  expect(hospital.store.divergences(10)).toEqual([{ ...report, stationId, at: hospital.now() }]);
});
