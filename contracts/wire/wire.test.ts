import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { buildBed, buildCall, buildIncident, testId, testNow } from '#domain/testing/builders.ts';
import { createRandom, type Random } from '#domain/testing/random.ts';
import { readDown, shortPokeSchema, writeDown } from './codec.ts';
import { type Down, downSchema } from './down.ts';
import { wireErrorCodes } from './errors.ts';
import { joinGrantToken, splitGrantToken } from './grant-token.ts';
import { shortenId } from './short-id.ts';
import { type Up, upSchema } from './up.ts';
import { PROTOCOL_VERSION, spokenWith, versionsApart, WIRE_HASH } from './version.ts';
import { downForVersion1, upForVersion1 } from './version-1.ts';

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};

test('the wire is locked: a changed message needs a new hash and a line in the history of version.ts', () => {
  // Bytes have no JSON schema: where they stand, anything may.
  const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { unrepresentable: 'any' });
  const schemas = JSON.stringify(
    sorted({ up: schemaOf(upSchema), down: schemaOf(downSchema), shortPoke: schemaOf(shortPokeSchema) }),
  );
  expect(createHash('sha256').update(schemas).digest('hex')).toBe(WIRE_HASH);
  expect(PROTOCOL_VERSION).toBeGreaterThan(0);
});

const commandId = testId('6', 1);
const envelope = {
  commandId,
  name: 'assignBed',
  input: { anything: [1, null] },
  issuedAt: testNow,
  issuedAtError: 3.5,
  grant: 'a.b',
};
const ups = [
  {
    type: 'hello',
    protocol: 1,
    stationId: testId('8', 1),
    deviceToken: 'token',
    streams: { facility: { epoch: null, cursor: null } },
  },
  { type: 'commands', commands: [{ envelope, ageMs: 12.5 }] },
  { type: 'pulse', sequence: 0 },
  { type: 'page', snapshotId: testId('8', 2), after: { kind: 'bed', id: testId('b', 1) } },
  { type: 'signIn', as: 'display' },
] as const;
const row = { rev: 7, record: buildBed() };
const downs = [
  {
    type: 'welcome',
    protocol: 1,
    epoch: testId('8', 3),
    rev: 7,
    serverTime: testNow,
    facilityName: 'Test',
    grantKey: 'key',
    projection: 'desk',
    start: { mode: 'snapshot', snapshotId: testId('8', 2), total: 3 },
  },
  {
    type: 'poke',
    base: 6,
    rev: 7,
    puts: [row],
    deletes: [{ kind: 'alarm', id: testId('4', 1), rev: 7 }],
    settled: [
      { commandId, rev: 7, outcome: { status: 'applied' } },
      { commandId, rev: 0, outcome: { status: 'refused', code: 'conflict', message: 'B1 is occupied.' } },
    ],
  },
  { type: 'page', snapshotId: testId('8', 2), rows: [row], next: null },
  {
    type: 'telemetry',
    fixes: [{ unitId: testId('2', 1), position: [-56.1, -34.9], heading: null, speed: 30, observedAt: testNow }],
    readings: [],
  },
  { type: 'pulse', sequence: 4, serverTime: testNow },
  { type: 'signedIn', grant: 'a.b' },
  { type: 'refused', error: { code: 'busy', message: 'Later.' } },
] as const satisfies readonly Down[];

/** What came after version 1. */
const laterUps = [
  { type: 'diverged', epoch: testId('8', 3), rev: 7, held: '0123456789abcdef', expected: 'fedcba9876543210' },
  { type: 'ask', askId: 3, question: { about: 'message', sequence: 7 }, grant: 'a.b' },
] as const satisfies readonly Up[];
const laterDowns = [
  { type: 'page', snapshotId: testId('8', 2), rows: [], packed: new Uint8Array([1, 2, 3]), next: null },
  {
    type: 'poke',
    base: 6,
    rev: 8,
    puts: [],
    deletes: [],
    settled: [],
    patches: [['bed', shortenId(testId('b', 1)), 7, { note: null }, ['more'], 7]],
  },
  { type: 'pulse', sequence: 4, serverTime: testNow, sum: { rev: 7, checksum: '0123456789abcdef' } },
  { type: 'answer', askId: 3, answer: { about: 'refused', code: 'notFound', message: 'No.' } },
] as const satisfies readonly Down[];

test('every message comes out as it went in', () => {
  const allDowns: readonly Down[] = [...downs, ...laterDowns];
  expect(allDowns.map((message) => readDown(structuredClone(writeDown(message))))).toEqual(
    allDowns.map((message) => ({ ok: true, message })),
  );
  expect(laterUps.map((message) => upSchema.parse(structuredClone(message)))).toEqual(laterUps);
  expect(ups.map((message) => upSchema.parse(structuredClone(message)))).toEqual(ups);
  expect(downs.map((message) => downSchema.parse(structuredClone(message)))).toEqual(downs);
});

describe('malformed messages are refused', () => {
  const [hello, commands] = ups;
  const poke = downs[1];
  test.each([
    ['nothing', upSchema, undefined],
    ['a text', upSchema, 'hello'],
    ['no type', upSchema, {}],
    ['an unknown type', upSchema, { type: 'shutdown' }],
    ['an id that is none', upSchema, { ...hello, stationId: '1 OR 1=1' }],
    ['a negative cursor', upSchema, { ...hello, streams: { facility: { epoch: null, cursor: -1 } } }],
    ['no commands', upSchema, { ...commands, commands: [] }],
    ['too many commands', upSchema, { ...commands, commands: Array.from({ length: 101 }, () => ({ envelope, ageMs: 0 })) }],
    ['a negative age', upSchema, { ...commands, commands: [{ envelope, ageMs: -1 }] }],
    ['an age that is no number', upSchema, { ...commands, commands: [{ envelope, ageMs: Number.NaN }] }],
    ['a grant too long', upSchema, { ...commands, commands: [{ envelope: { ...envelope, grant: 'x'.repeat(4097) }, ageMs: 0 }] }],
    ['a role that is none', upSchema, { type: 'signIn', as: 'administrator' }],
    ['a row without a revision', downSchema, { ...poke, puts: [{ record: buildBed() }] }],
    ['a record of no kind', downSchema, { ...poke, puts: [{ rev: 7, record: { ...buildBed(), kind: 'cupboard' } }] }],
    ['a fractional revision', downSchema, { ...poke, rev: 7.5 }],
    ['an error code that is none', downSchema, { type: 'refused', error: { code: 'oops', message: '' } }],
  ])('%s', (_name, schema, message) => {
    expect(schema.safeParse(message).success).toBe(false);
  });
});

test('V1 a field that is not known is dropped, wherever it stands', () => {
  const [hello, commands] = ups;
  expect([
    upSchema.parse({ ...hello, admin: true, streams: { facility: { epoch: null, cursor: null, later: 1 }, other: {} } }),
    upSchema.parse({ type: 'commands', commands: [{ envelope: { ...envelope, later: 1 }, ageMs: 12.5, later: 1 }] }),
    downSchema.parse({ ...downs[1], puts: [{ ...row, record: { ...row.record, patientName: 'x' } }] }),
    downSchema.parse({ type: 'refused', error: { code: 'busy', message: 'Later.', later: [] } }),
  ]).toEqual([hello, commands, downs[1], { type: 'refused', error: { code: 'busy', message: 'Later.' } }]);
});

const laterOfBed = new Set(['space', 'single', 'cleaner', 'dirtySince', 'cell', 'retired']);
/** A message as version 1 has it, where nothing but a bed says more today. */
const first = <T>(message: T): T =>
  JSON.parse(JSON.stringify(message, (key, value) => (laterOfBed.has(key) ? undefined : value)));

test('V1 what came after version 1 is not said to it, and neither is a message of a kind it does not know', () => {
  const spread = { slotMs: 0, periodMs: 100 };
  const head = { sequence: 9, hash: 'b'.repeat(64) };
  const heads = { hospital: head, station: { ...head, at: testNow, signature: 'c' } };
  const [welcome, pokeDown, , telemetry, pulse, , refused] = downs;
  expect(ups.map((message) => upForVersion1(upSchema.parse(message)))).toEqual(ups);
  expect(upForVersion1({ ...ups[1], commands: [...ups[1].commands], audit: head })).toEqual(ups[1]);
  expect(downs.map((message) => downForVersion1(downSchema.parse(message)))).toEqual(first(downs));
  expect(
    [
      { ...welcome, spread },
      { ...pokeDown, more: true, audit: heads },
      { ...telemetry, ages: { fixes: [1], readings: [] } },
      {
        ...telemetry,
        fixes: telemetry.fixes.map((fix) => ({ ...fix, source: 'vehicle', skewMs: 3_600_000, accuracy: 8 })),
      },
      { ...pulse, spread },
      { ...refused, error: { ...refused.error, retryAfterMs: 1 } },
      { type: 'alarms', rows: [] },
      laterDowns.at(-1),
    ].map((message) => downForVersion1(downSchema.parse(message))),
  ).toEqual(first([welcome, pokeDown, telemetry, telemetry, pulse, refused, null, null]));
  expect(laterUps.map(upForVersion1)).toEqual([null, null]);
});

test('V1 records are said to version 1 with the fields, kinds and words that it knows', () => {
  const {
    caller: _1,
    dispatchNotifiedAt: _2,
    endReason: _3,
    mergedInto: _4,
    splitFrom: _5,
    events: _6,
    ...incident
  } = buildIncident();
  const held = { encounterId: null, reason: 'M21', until: testNow };
  const reserved = buildBed({ status: 'reserved', reservation: { ...held, assignmentId: testId('3', 1) } });
  const rows = [buildCall(), buildIncident({ status: 'merged', priority: 5 }), buildBed(), reserved].map((record) => ({
    rev: 3,
    record,
  }));
  const kept = first([{ ...incident, status: 'cancelled', priority: 4 }, buildBed(), { ...reserved, reservation: held }]).map(
    (record) => ({ rev: 3, record }),
  );
  const keys = [
    { kind: 'message' as const, id: testId('6', 1), rev: 3 },
    { kind: 'bed' as const, id: testId('b', 1), rev: 3 },
  ];
  expect([
    downForVersion1({ type: 'page', snapshotId: testId('8', 2), rows, next: null }),
    downForVersion1({ type: 'poke', base: 2, rev: 3, puts: rows, deletes: keys, settled: [] }),
  ]).toEqual([
    { type: 'page', snapshotId: testId('8', 2), rows: kept, next: null },
    { type: 'poke', base: 2, rev: 3, puts: kept, deletes: [keys[1]], settled: [] },
  ]);
});

test('V2 two sides one version apart speak the older one; further apart they are told which to update', () => {
  const around = [-2, -1, 0, 1, 2].map((step) => PROTOCOL_VERSION + step);
  expect(around.map(spokenWith)).toEqual([null, PROTOCOL_VERSION - 1, PROTOCOL_VERSION, PROTOCOL_VERSION, null]);
  expect([versionsApart(4, 2), versionsApart(2, 4)]).toEqual([
    'The hospital speaks version 4, this desk 2. Update this desk.',
    "The hospital speaks version 2, this desk 4. Update the hospital's server.",
  ]);
});

/** Breaks one value somewhere inside a message. */
const damaged = (random: Random, value: unknown): unknown => {
  const junk = [
    null,
    undefined,
    -1,
    1e308,
    Number.NaN,
    '',
    'x'.repeat(10_000),
    [],
    {},
    true,
    [[[[]]]],
    { __proto__: { type: 'hello' } },
    Symbol('s'),
    () => 1,
    10n,
  ];
  if (typeof value !== 'object' || value === null || random.chance(0.2)) return random.pick(junk);
  const copy: unknown[] | Record<string, unknown> = Array.isArray(value) ? [...value] : { ...value };
  const keys = Object.keys(copy);
  if (keys.length === 0 || random.chance(0.1))
    return Object.assign(copy, { [random.pick(['__proto__', 'constructor', 'extra', '0'])]: random.pick(junk) });
  const key = random.pick(keys) as keyof typeof copy;
  if (random.chance(0.1)) delete copy[key];
  else Object.assign(copy, { [key]: damaged(random, copy[key]) });
  return copy;
};

test('10,000 damaged messages are answered, never thrown', () => {
  const random = createRandom(20_261_120);
  let [refused, dropped] = [0, 0];
  for (let index = 0; index < 10_000; index += 1) {
    const up = random.chance(0.5);
    const whole = random.pick<unknown>(up ? ups : downs);
    const result = (up ? upSchema : downSchema).safeParse(damaged(random, whole));
    if (!result.success) refused += 1;
    else if (isDeepStrictEqual(result.data, whole)) dropped += 1;
  }
  // Some damage lands where anything may stand, such as the input of a command.
  expect(refused + dropped).toBeGreaterThan(9_000);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('every wire error says whether to try again', () => {
  expect([...new Set(Object.values(wireErrorCodes))].sort()).toEqual(['ambiguous', 'permanent', 'transient']);
});

test('a grant token has two parts or is none', () => {
  expect(['', 'a', 'a.b.c', '.b', 'a.', 'a.b c', '<a>.b'].map(splitGrantToken)).toEqual(
    Array.from({ length: 7 }, () => undefined),
  );
  const parts = { signed: 'eyJh', signature: 'A'.repeat(86) };
  expect(splitGrantToken(joinGrantToken(parts))).toEqual(parts);
});
