/** Changed fields, packed pages, a snapshot carried on, and the checksum that judges the copy. */
import { deflateRawSync } from 'node:zlib';
import { Packr } from 'msgpackr';
import { afterEach, expect, test } from 'vitest';
import { addChecksum, checksumText, emptyChecksum, rowChecksum } from '#contracts/wire/checksum.ts';
import { writeDown } from '#contracts/wire/codec.ts';
import type { Down, Row } from '#contracts/wire/down.ts';
import { type Patch, patchBetween } from '#contracts/wire/patch.ts';
import type { VigilRecord } from '#domain/model/record.ts';
import { buildBed, buildEncounter, buildPatient, ids, testId } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';
import { createDesks, snapshotId } from '../testing/desks.ts';
import { epochA, poke, rowsAt, settleTurn, type TestDesk } from '../testing/peer.ts';
import { readMessage } from './reading.ts';

const bed = buildBed({ id: ids.bed, status: 'available', encounterId: null, reservation: null });
const patient = buildPatient();
const encounter = buildEncounter({ bedId: null, status: 'triaged', departedAt: null });
const whole = rowsAt(9, bed, patient, encounter);

const { emptyDesk, wholeDesk: deskWith, endDesks } = createDesks();
afterEach(endDesks);
const wholeDesk = (): Promise<TestDesk> => deskWith(bed, patient, encounter);
const hello = (made: TestDesk, connection: number) => made.peer.links[connection]?.said[0];
const patchOf = (rev: number, pokeRev: number, before: VigilRecord, after: VigilRecord, from = 9): Patch =>
  patchBetween({ rev: from, record: before }, { rev, record: after }, pokeRev) as Patch;
const packed = (rows: unknown): Uint8Array => deflateRawSync(new Packr({ useRecords: true }).pack(rows));
const sumOf = (rows: readonly Row[]): string => checksumText(rows.map(rowChecksum).reduce(addChecksum, emptyChecksum));
const sayDown = (made: TestDesk, message: Down): void => made.peer.link().say(writeDown(message));
/** Lets the next heartbeat be answered with what the copy should be. */
const judge = async (made: TestDesk, rev: number, checksum: string): Promise<void> => {
  const link = made.peer.link();
  link.sum = { rev, checksum };
  made.clock.advance(1_000);
  await settleTurn(made.clock);
  link.sum = null;
};

test('S10 a commit that changed fields is taken as fields, over a restart too', async () => {
  const made = await wholeDesk();
  const cleaning = { ...bed, status: 'cleaning' as const, note: 'x' };
  sayDown(made, { ...poke(10, 11), patches: [patchOf(11, 11, bed, cleaning)] } as Down);
  await settleTurn(made.clock);
  sayDown(made, {
    ...poke(11, 14, { puts: rowsAt(13, buildBed({ id: testId('b', 2) })) }),
    patches: [patchOf(12, 14, cleaning, { ...cleaning, note: null }, 11)],
  } as Down);
  await settleTurn(made.clock);
  expect(made.window().record('bed', bed.id)).toEqual({ ...bed, status: 'cleaning', note: null });
  await made.restart();
  expect([made.window().record('bed', bed.id), hello(made, 1)]).toMatchObject([
    { status: 'cleaning', note: null },
    { streams: { facility: { cursor: 14 } } },
  ]);
});

test.each([
  ['a row of another rev', { patches: [patchOf(11, 11, bed, { ...bed, note: 'x' }, 8)] }],
  [
    'a row that is not held',
    { patches: [patchOf(11, 11, { ...bed, id: testId('b', 9) }, { ...bed, id: testId('b', 9), note: 'x' })] },
  ],
  ['a field that cannot be read', { patches: [['bed', bed.id, 9, { status: 'flying' }]] }],
])(
  'S10 S2 a patch of %s is never guessed: nothing of its poke is taken, and the copy is asked for from its cursor',
  async (_name, rest) => {
    const made = await wholeDesk();
    made.peer.link().say(poke(10, 11, { puts: rowsAt(11, { ...encounter, acuity: 1 }), ...rest }));
    await settleTurn(made.clock);
    expect([made.window().record('bed', bed.id), made.window().record('encounter', encounter.id), hello(made, 1)]).toMatchObject([
      bed,
      encounter,
      { streams: { facility: { cursor: 10 } } },
    ]);
  },
);

test('S11 a packed page is a page', async () => {
  const made = await emptyDesk();
  made.peer.link().say(made.peer.welcome({ snapshotId, total: 3 }, 10));
  made.peer
    .link()
    .say({ type: 'page', snapshotId, rows: [], packed: packed(whole.slice(0, 2)), next: { kind: 'bed', id: bed.id } });
  made.peer.link().say({ type: 'page', snapshotId, rows: whole.slice(2), packed: packed([]), next: null });
  await settleTurn(made.clock);
  expect([
    made.window().record('bed', bed.id),
    made.window().record('patient', patient.id),
    made.window().record('encounter', encounter.id),
    made.window().frame().copy.state,
  ]).toEqual([bed, patient, encounter, 'whole']);
});

test('S11 S3 bytes that are no page, inflate beyond the wire, or hold a bad row are refused, never thrown', () => {
  const page = (bytes: Uint8Array) => readMessage({ type: 'page', snapshotId, rows: [], packed: bytes, next: null });
  const refused = { ok: false, where: 'packed' };
  const bomb = deflateRawSync(Buffer.alloc(64 * 1024 * 1024));
  expect(bomb.byteLength).toBeLessThan(100_000);
  expect([
    page(bomb),
    page(new Uint8Array()),
    page(new Uint8Array([1, 2, 3])),
    page(packed({ rows: [] })),
    page(packed('text')),
    page(packed([{ rev: 1, record: { ...bed, status: 1 } }])),
    page(packed([{ rev: 0, record: bed }])),
  ]).toEqual(Array(7).fill(refused));
  const random = createRandom(9);
  const good = packed(whole);
  const raw = new Packr({ useRecords: true }).pack(whole);
  const before = Object.keys(Object.prototype);
  let survived = 0;
  for (let round = 0; round < 3_000; round += 1) {
    const spoilt = Buffer.from(round % 2 === 0 ? good : raw);
    for (let flips = random.int(1, 4); flips > 0; flips -= 1) spoilt[random.int(0, spoilt.length - 1)] = random.int(0, 255);
    if (page(round % 2 === 0 ? spoilt : deflateRawSync(spoilt)).ok) survived += 1;
  }
  expect(survived).toBeLessThan(3_000);
  expect(Object.keys(Object.prototype)).toEqual(before);
});

test('S16 S5 S7 a snapshot is carried on over a cut and a restart: removals meanwhile win, and the sweep knows what was named', async () => {
  const made = await wholeDesk();
  const second = testId('6', 78);
  const others = [2, 3, 4].map((index) => buildBed({ ...bed, id: testId('b', index), label: `B0${index}` }));
  const [two, three, four] = others as [(typeof others)[0], (typeof others)[0], (typeof others)[0]];
  made.peer.link().cut();
  made.clock.advance(1_000);
  made.peer.link().say(made.peer.welcome({ snapshotId: second, total: 4 }, 20));
  made.peer.link().say({ type: 'page', snapshotId: second, rows: rowsAt(15, bed, two), next: { kind: 'bed', id: two.id } });
  await settleTurn(made.clock);
  made.peer.link().cut();
  made.clock.advance(1_000);
  expect(hello(made, 2)).toMatchObject({ streams: { facility: { epoch: epochA, cursor: 20, snapshotId: second } } });
  made.peer.link().say(made.peer.welcome('resume', 22));
  made.peer.link().say(poke(20, 21, { deletes: [{ kind: 'bed', id: three.id, rev: 21 }] }));
  made.peer.link().say(poke(21, 22, { puts: rowsAt(22, { ...two, label: 'new' }) }));
  await settleTurn(made.clock);
  await made.restart();
  expect(made.window().frame().copy).toMatchObject({ state: 'loading', loaded: 2, total: 4 });
  // What an earlier copy held is still in sight: it is not known to be gone.
  expect(made.window().record('encounter', encounter.id)).toEqual(encounter);
  made.peer.link().say(made.peer.welcome('resume', 22));
  await settleTurn(made.clock);
  expect(made.peer.link().said.filter(({ type }) => type === 'page')).toEqual([
    { type: 'page', snapshotId: second, after: { kind: 'bed', id: two.id } },
  ]);
  made.peer.link().say({ type: 'page', snapshotId: second, rows: rowsAt(15, two, three, four), next: null });
  await settleTurn(made.clock);
  expect([bed, two, three, four, patient, encounter].map(({ kind, id }) => made.window().record(kind, id))).toEqual([
    bed,
    { ...two, label: 'new' },
    undefined,
    four,
    undefined,
    undefined,
  ]);
  await judge(made, 22, sumOf([...rowsAt(15, bed, four), ...rowsAt(22, { ...two, label: 'new' })]));
  expect(made.window().frame().troubles).toEqual([]);
});

test('S16 a page that is answered twice does not lead back', async () => {
  const made = await emptyDesk();
  const others = [2, 3].map((index) => buildBed({ ...bed, id: testId('b', index) }));
  const [two, three] = others as [(typeof others)[0], (typeof others)[0]];
  made.peer.link().say(made.peer.welcome({ snapshotId, total: 4 }, 10));
  const first = { type: 'page', snapshotId, rows: rowsAt(9, two), next: { kind: 'bed', id: two.id } };
  made.peer.link().say(first);
  made.peer.link().say({ type: 'page', snapshotId, rows: rowsAt(9, three), next: { kind: 'bed', id: three.id } });
  made.peer.link().say(first);
  await settleTurn(made.clock);
  expect(made.window().frame().copy).toMatchObject({ state: 'loading', loaded: 2, total: 4 });
  await made.restart();
  made.peer.link().say(made.peer.welcome('resume', 10));
  await settleTurn(made.clock);
  expect(made.peer.link().said.filter(({ type }) => type === 'page')).toEqual([
    { type: 'page', snapshotId, after: { kind: 'bed', id: three.id } },
  ]);
});

test('C3 a copy with another checksum than the hospital’s says so, is loaded anew from nothing, and is reported', async () => {
  const made = await wholeDesk();
  const right = sumOf(whole);
  await judge(made, 10, right);
  expect([made.peer.links.length, made.window().frame().troubles]).toEqual([1, []]);
  // At another rev there is nothing to compare.
  await judge(made, 11, 'f'.repeat(16));
  expect(made.peer.links.length).toBe(1);
  const { copy } = made.window().frame();
  await judge(made, 10, 'f'.repeat(16));
  expect(hello(made, 1)).toMatchObject({ streams: { facility: { cursor: null } } });
  expect(made.window().frame()).toMatchObject({
    copy: { state: 'loading', loaded: 0, total: 3 },
    alarms: null,
    troubles: [{ code: 'copyDiffers', severity: 'degraded' }],
  });
  expect(copy.state).toBe('whole');
  // It does not forget over a restart that it must not go on.
  await made.restart();
  expect(hello(made, 2)).toMatchObject({ streams: { facility: { cursor: null } } });
  made.peer.link().say(made.peer.welcome({ snapshotId: testId('6', 79), total: 1 }, 10));
  made.peer.link().say({ type: 'page', snapshotId: testId('6', 79), rows: rowsAt(4, { ...bed, note: 'right' }), next: null });
  await settleTurn(made.clock);
  expect(made.peer.link().said.filter(({ type }) => type === 'diverged')).toEqual([
    { type: 'diverged', epoch: epochA, rev: 10, held: right, expected: 'f'.repeat(16) },
  ]);
  // Rows that were wrong with a higher rev than the right ones do not survive.
  expect([made.window().record('bed', bed.id), made.window().record('patient', patient.id)]).toEqual([
    { ...bed, note: 'right' },
    undefined,
  ]);
  await judge(made, 10, sumOf(rowsAt(4, { ...bed, note: 'right' })));
  expect([made.peer.links.length, made.window().frame().copy.state]).toEqual([3, 'whole']);
});

test('C3 a copy that differs again and again is not loaded again and again without a pause', async () => {
  const made = await wholeDesk();
  let answered = 1;
  made.peer.link().sum = { rev: 10, checksum: 'f'.repeat(16) };
  for (let step = 0; step < 600; step += 1) {
    for (; answered < made.peer.links.length; answered += 1) {
      const link = made.peer.link();
      link.sum = { rev: 10, checksum: 'f'.repeat(16) };
      link.say(made.peer.welcome({ snapshotId, total: 3 }, 10));
      link.say({ type: 'page', snapshotId, rows: whole, next: null });
      made.clock.advance(0);
    }
    made.clock.advance(100);
  }
  expect(made.peer.links.length).toBeLessThan(12);
});

test('C2 rows that changed in the file behind the back of the desk are found at the next start', async () => {
  const made = await wholeDesk();
  made.database().transaction((handle) => handle.run("UPDATE record SET body = replace(body, 'available', 'cleaning')"));
  await made.restart();
  expect([
    made.window().frame().copy.state,
    made
      .window()
      .frame()
      .troubles.map(({ code }) => code),
    hello(made, 1),
  ]).toMatchObject(['loading', ['copyDiffers'], { streams: { facility: { cursor: null } } }]);
});

test('C2 after 300 random messages, restarts among them, the kept checksum is that of the kept rows', async () => {
  const random = createRandom(31);
  const made = await wholeDesk();
  const rows = new Map<string, Row>(whole.map((row) => [row.record.id, row]));
  for (let rev = 11; rev <= 310; rev += 1) {
    const id = testId('b', random.int(1, 12));
    const held = rows.get(id);
    const next = buildBed({ ...bed, id, note: `n${rev}` });
    if (held && random.chance(0.3)) {
      rows.delete(id);
      made.peer.link().say(poke(rev - 1, rev, { deletes: [{ kind: 'bed', id, rev }] }));
    } else if (held && random.chance(0.6)) {
      rows.set(id, { rev, record: next });
      sayDown(made, { ...poke(rev - 1, rev), patches: [patchOf(rev, rev, held.record, next, held.rev)] } as Down);
    } else {
      rows.set(id, { rev, record: next });
      made.peer.link().say(poke(rev - 1, rev, { puts: [{ rev, record: next }] }));
    }
    if (random.chance(0.3)) await settleTurn(made.clock);
    if (!random.chance(0.05)) continue;
    await settleTurn(made.clock);
    await made.restart();
    made.peer.link().say(made.peer.welcome('resume', rev));
  }
  await settleTurn(made.clock);
  await judge(made, 310, sumOf([...rows.values()]));
  expect([made.window().frame().troubles, made.peer.link().said.some(({ type }) => type === 'diverged')]).toEqual([[], false]);
  expect(made.database().read.get<{ value: string }>("SELECT value FROM meta WHERE name = 'checksum'")?.value).toContain(
    sumOf([...rows.values()]),
  );
});
