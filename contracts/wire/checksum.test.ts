import { expect, test } from 'vitest';
import { buildBed, buildEncounter, buildIncident } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';
import { addChecksum, checksumSchema, checksumText, emptyChecksum, rowChecksum, subtractChecksum } from './checksum.ts';

const hash = (rev: number, record: object): string => checksumText(rowChecksum({ rev, record: record as never }));

test('C1 neither the order of fields nor what JSON leaves out changes the hash of a row', () => {
  const record = buildEncounter();
  const backwards = Object.fromEntries(Object.entries(record).reverse());
  const through = JSON.parse(JSON.stringify(record));
  expect(new Set([record, backwards, through, { ...record, more: undefined }].map((one) => hash(3, one))).size).toBe(1);
});

test('C1 the rev and every field, inner ones too, are in the hash', () => {
  const bed = buildBed({ note: 'a', reservation: null });
  const incident = buildIncident({ notes: [] });
  const others = [
    hash(2, bed),
    hash(1, bed),
    hash(1, { ...bed, note: 'b' }),
    hash(1, { ...bed, note: '' }),
    hash(1, { ...bed, note: null }),
    hash(1, { ...bed, label: bed.note, note: bed.label }),
    hash(1, { ...bed, reservation: { reason: 'x', until: 1 } }),
    hash(1, { ...bed, reservation: { reason: 'x', until: 2 } }),
    hash(1, incident),
    hash(1, { ...incident, position: [incident.position[1], incident.position[0]] }),
    hash(1, { ...incident, position: [0.1, 0.2] }),
    hash(1, { ...incident, notes: [[]] }),
    hash(1, { ...incident, notes: [{}] }),
    hash(1, { ...incident, notes: ['1', '2'] }),
    hash(1, { ...incident, notes: ['12'] }),
    hash(1, { ...incident, notes: [12] }),
  ];
  expect(new Set(others).size).toBe(others.length);
});

test('C1 C2 the hash of a row is for ever what it was: sums are kept in files', () => {
  const {
    caller: _1,
    dispatchNotifiedAt: _2,
    endReason: _3,
    mergedInto: _4,
    splitFrom: _5,
    events: _6,
    ...first
  } = buildIncident();
  const {
    flagNotes: _7,
    isolation: _8,
    waitingFor: _9,
    away: _10,
    admitTo: _11,
    disposition: _12,
    visitNumber: _13,
    moves: _14,
    changes: _15,
    ...visit
  } = buildEncounter();
  expect([hash(3, visit), hash(4, first)]).toEqual(['0ec381ddc3cef1b1', 'c89f2113bf889ca9']);
});

test('C1 a sum does not ask for the order, and what was added and taken away leaves nothing', () => {
  const random = createRandom(5);
  const rows = Array.from({ length: 300 }, (_, index) => rowChecksum({ rev: index + 1, record: buildBed({ id: random.id() }) }));
  const there = rows.reduce(addChecksum, emptyChecksum);
  expect([...rows].reverse().reduce(addChecksum, emptyChecksum)).toEqual(there);
  expect(rows.reduce(subtractChecksum, there)).toEqual(emptyChecksum);
  expect(checksumSchema.safeParse(checksumText(there)).success).toBe(true);
  expect(checksumText(emptyChecksum)).toBe('0'.repeat(16));
});

test('C1 200,000 rows that differ in one digit have 200,000 hashes', () => {
  const bed = buildBed();
  const seen = new Set<string>();
  for (let rev = 1; rev <= 100_000; rev += 1) {
    seen.add(hash(rev, bed));
    seen.add(hash(0, { ...bed, label: `B${rev}` }));
  }
  expect(seen.size).toBe(200_000);
});
