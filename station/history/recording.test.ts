import { expect, onTestFinished, test } from 'vitest';
import { recordSchema } from '#domain/model/record.ts';
import type { Instant } from '#domain/model/values.ts';
import { buildIncident, buildUnit, ids, testId, testNow } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';
import { rowKey } from '../sync/rows.ts';
import { newFixLog } from './fix-log.ts';
import type { NamedFixes, TimedRow } from './messages.ts';
import { MINUTES, PART_AT, RUN_AT, SECOND_PART, WIRE_AT } from './queries.ts';
import { answerSpan, createReading, type Reading } from './reading.ts';
import { historyPlace, liveThrough, openRecording, type Picture, pictureAt, played, toldFixes } from './testing/recorded.ts';

const nobody: NamedFixes = { units: [], sources: [], log: newFixLog() };
const HOUR = 3_600_000;

const begin = async () => {
  const { file, end } = historyPlace();
  const opened = await openRecording(file);
  onTestFinished(() => {
    opened.database.close();
    end();
  });
  return { ...opened, reading: createReading(opened.database.read) };
};
const text = (record: object): string => JSON.stringify(record);
const unitRow = (callsign: string): TimedRow['row'] => [rowKey('unit', ids.unit), text(buildUnit({ callsign })), null];
const callsignAt = (reading: Reading, at: Instant): string | undefined => {
  const [unit] = pictureAt(reading.at({ at })).rows.values();
  return unit?.kind === 'unit' ? unit.callsign : undefined;
};

/** Plays from one moment to another in parts of random length. */
const playedTo = (reading: Reading, from: Instant, to: Instant, random: ReturnType<typeof createRandom>): Picture => {
  let picture = pictureAt(reading.at({ at: from }));
  for (let at = from; at < to; ) {
    const part = reading.part({ from: at, to: Math.min(to, at + random.int(1, 600_000)) });
    picture = played(picture, part);
    if (part.to === at) throw new Error('The record ends too soon.');
    at = part.to;
  }
  return picture;
};

test.for([1, 2, 3, 4])(
  'a moment is the same picture whether it is asked for or played to from anywhere before it, seed %i',
  async (seed) => {
    const random = createRandom(seed);
    const { recording, reading } = await begin();
    const { runs } = liveThrough(recording, random, { runs: 3, seconds: 600 });
    for (const run of runs) {
      for (let tries = 0; tries < 4; tries += 1) {
        const to = random.int(run.from, run.to);
        const at = reading.at({ at: to });
        expect(at.recorded).toBe(true);
        expect(playedTo(reading, random.int(run.from, to), to, random)).toEqual(pictureAt(at));
      }
    }
  },
);

test('what is read is what was told, to the row and to the second', async () => {
  const { database, recording, reading } = await begin();
  const random = createRandom(1);
  const fixes = toldFixes(testNow + 61_000, [ids.unit], random);
  recording.take({ type: 'base', rows: [unitRow('A1')] });
  recording.take({ type: 'begin', at: testNow, fixes: nobody });
  recording.take({
    type: 'tick',
    at: testNow + 1_000,
    rows: [{ at: testNow + 500, row: unitRow('A2') }],
    fixes: nobody,
    marks: [],
  });
  recording.take({ type: 'tick', at: testNow + 61_000, rows: [], fixes, marks: [{ at: testNow + 60_500, kind: 'dispatched' }] });
  recording.write();
  expect(
    [testNow - 1, testNow, testNow + 499, testNow + 500, testNow + 61_000, testNow + 61_001].map((at) => callsignAt(reading, at)),
  ).toEqual([undefined, 'A1', 'A1', 'A2', 'A2', undefined]);
  const minute = Math.floor((testNow + 60_500) / 60_000) * 60_000;
  expect(answerSpan(database.read)).toEqual({
    state: 'found',
    from: testNow,
    to: testNow + 61_000,
    gaps: [],
    marks: [{ at: minute, kind: 'dispatched', count: 1 }],
  });
  expect(reading.part({ from: testNow, to: testNow + 600_000 })).toMatchObject({
    to: testNow + 61_000,
    changes: [`[{"at":${testNow + 500},"record":${text(buildUnit({ callsign: 'A2' }))}}]`],
    fixes: { units: [ids.unit], at: new Float64Array([testNow + 61_000]) },
  });
});

test('between two runs nothing was recorded, and what was known last is not shown as if it had been so', async () => {
  const { database, recording, reading } = await begin();
  recording.take({ type: 'base', rows: [unitRow('A1')] });
  recording.take({ type: 'begin', at: testNow, fixes: nobody });
  recording.take({ type: 'tick', at: testNow + 9_000, rows: [], fixes: nobody, marks: [] });
  // The hospital was heard last four seconds before that was known.
  recording.take({ type: 'end', at: testNow + 5_000 });
  recording.take({ type: 'base', rows: [unitRow('A1'), [rowKey('incident', ids.incident), text(buildIncident()), null]] });
  recording.take({ type: 'begin', at: testNow + 20_000, fixes: nobody });
  recording.write();
  expect(answerSpan(database.read)).toEqual({
    state: 'found',
    from: testNow,
    to: testNow + 20_000,
    gaps: [{ from: testNow + 5_000, to: testNow + 20_000 }],
    marks: [],
  });
  expect(reading.at({ at: testNow + 5_001 })).toMatchObject({ recorded: false, records: [] });
  expect([...pictureAt(reading.at({ at: testNow + 20_000 })).rows.keys()]).toEqual([
    rowKey('unit', ids.unit),
    rowKey('incident', ids.incident),
  ]);
  expect(reading.part({ from: testNow, to: testNow + 60_000 })).toMatchObject({ to: testNow + 5_000, changes: [] });
  expect(reading.part({ from: testNow + 6_000, to: testNow + 60_000 })).toMatchObject({ to: testNow + 6_000 });
});

test('what has ended for an hour leaves the picture with the next quarter', async () => {
  const { recording, reading } = await begin();
  const quarter = Math.ceil((testNow + 1) / 900_000) * 900_000;
  const ended: TimedRow['row'] = [rowKey('incident', ids.incident), text(buildIncident({ status: 'closed' })), quarter - 60_000];
  recording.take({ type: 'base', rows: [unitRow('A1'), ended] });
  recording.take({ type: 'begin', at: testNow, fixes: nobody });
  recording.take({ type: 'tick', at: quarter + 1_000, rows: [], fixes: nobody, marks: [] });
  recording.write();
  const keysAt = (at: Instant) => [...pictureAt(reading.at({ at })).rows.keys()];
  expect([keysAt(quarter - 1).length, keysAt(quarter)]).toEqual([2, [rowKey('unit', ids.unit)]]);
  expect(reading.part({ from: quarter - 1, to: quarter })).toMatchObject({
    changes: [text([{ at: quarter, removed: { kind: 'incident', id: ids.incident } }])],
  });
});

test('twelve hours are kept and the oldest quarters go, with room given back', async () => {
  const { database, recording, reading } = await begin();
  recording.take({ type: 'base', rows: [unitRow('A1')] });
  recording.take({ type: 'begin', at: testNow, fixes: nobody });
  const end = testNow + 20 * HOUR;
  for (let at = testNow + 60_000; at <= end; at += 60_000)
    recording.take({
      type: 'tick',
      at,
      rows: [{ at, row: unitRow(`A${(at / 60_000) % 97}`) }],
      fixes: nobody,
      marks: [{ at, kind: 'divert' }],
    });
  const span = answerSpan(database.read);
  expect(span).toMatchObject({ to: end, gaps: [] });
  expect(end - (span.from ?? 0)).toBeGreaterThanOrEqual(12 * HOUR);
  expect(end - (span.from ?? 0)).toBeLessThan(12.5 * HOUR);
  expect(span.marks[0]?.at).toBeGreaterThanOrEqual(span.from ?? 0);
  expect(reading.at({ at: (span.from ?? 0) - 1 }).recorded).toBe(false);
  expect(callsignAt(reading, span.from ?? 0)).toBeDefined();
  const rows = ['run', 'part', 'minute'].map(
    (table) => database.read.get<{ count: number }>(`SELECT count(*) AS count FROM ${table}`)?.count,
  );
  expect(rows).toEqual([1, expect.closeTo(49, -0.4), expect.closeTo(721 + 7, -1.4)]);
});

test('what a clock that ran ahead wrote after now is forgotten when another process begins', async () => {
  const { file, end } = historyPlace();
  onTestFinished(end);
  const first = await openRecording(file);
  first.recording.take({ type: 'base', rows: [unitRow('A1')] });
  first.recording.take({ type: 'begin', at: testNow + HOUR, fixes: nobody });
  first.recording.take({ type: 'end', at: testNow + HOUR });
  first.recording.take({ type: 'base', rows: [unitRow('A1')] });
  first.recording.take({ type: 'begin', at: testNow + 2 * HOUR, fixes: nobody });
  first.database.close();
  const { database, recording, anew } = await openRecording(file);
  const reading = createReading(database.read);
  onTestFinished(database.close);
  recording.take({ type: 'base', rows: [unitRow('A2')] });
  recording.take({ type: 'begin', at: testNow + HOUR + 1, fixes: nobody });
  expect(anew).toBeNull();
  expect(answerSpan(database.read)).toMatchObject({
    to: testNow + HOUR + 1,
    gaps: [{ from: testNow + HOUR, to: testNow + HOUR + 1 }],
  });
  expect(callsignAt(reading, testNow + HOUR + 1)).toBe('A2');
});

test('rows that another version wrote are read as this one reads rows, and those that it cannot read are left out', async () => {
  const { database, recording, reading } = await begin();
  const { emergencySince: _, ...old } = buildUnit();
  recording.take({
    type: 'base',
    rows: [
      [rowKey('unit', ids.unit), text(old), null],
      [rowKey('unit', testId('2', 9)), '{"kind":"unit"}', null],
    ],
  });
  recording.take({ type: 'begin', at: testNow, fixes: nobody });
  database.transaction((handle) => handle.run("UPDATE part SET wire = 'older'"));
  const rows = [...pictureAt(reading.at({ at: testNow })).rows.values()];
  expect(rows).toEqual([recordSchema.parse(old)]);
});

test('no question looks at more than it must', async () => {
  const { database } = await begin();
  const planOf = (sql: string): readonly string[] =>
    database.read
      .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...Array.from(sql.matchAll(/\?/g), () => testNow))
      .map(({ detail }) => detail)
      .filter((detail) => detail.startsWith('SEARCH') || detail.startsWith('SCAN') || detail.startsWith('USE TEMP'));
  const before = 'USING INTEGER PRIMARY KEY (rowid<?)';
  expect([RUN_AT, PART_AT, WIRE_AT, MINUTES].map(planOf)).toEqual([
    [`SEARCH run ${before}`],
    [`SEARCH part ${before}`],
    [`SEARCH part ${before}`],
    ['SEARCH minute USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)', `SEARCH minute ${before}`],
  ]);
  // In the order of the key, of which two are taken.
  expect(planOf(SECOND_PART)).toEqual(['SCAN part']);
});
