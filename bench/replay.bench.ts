/**
 * Recording for replay at a fleet of 2,000 units that report once a second: what it costs the desk's own thread beside what taking
 * the same positions costs anyway, how large twelve hours are beside the same positions as JSON, and how long a moment and a minute
 * of them take to be read, beside reading and parsing the same rows from plain JSON text. VIGIL_BENCH_HOURS=2 simulates less.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Telemetry } from '#contracts/wire/down.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { type KeptFix, keepsFix } from '#domain/rules/replay-history.ts';
import { buildAssignment, buildIncident, buildUnit, testId, testNow } from '#domain/testing/builders.ts';
import { createRandom } from '#domain/testing/random.ts';
import { openHistory } from '#station/history/file.ts';
import { addFix, fixRow, newFixLog } from '#station/history/fix-log.ts';
import type { NamedFixes, RowText, TimedRow } from '#station/history/messages.ts';
import { createReading } from '#station/history/reading.ts';
import { createRecording } from '#station/history/recording.ts';
import { openMemoryStore } from '#station/store/open-store.ts';
import { createLatestValues } from '#station/sync/latest-values.ts';
import { rowKey } from '#station/sync/rows.ts';
import { median, percentile, printFigure } from './figure.ts';

const UNITS = 2_000;
/** Of a hundred units so many drive at a time. */
const DRIVING = 35;
/** Changes of rows a second: a mission of 75 minutes writes some 23, and 40 of a hundred units are on one. */
const CHANGES = 4;
const HOURS = Number(process.env['VIGIL_BENCH_HOURS'] ?? 12);
const SECONDS = HOURS * 3_600;
const MEASURED_SECONDS = 300;
const QUESTIONS = 30;

const random = createRandom(1);
const unitIds: readonly Id[] = Array.from({ length: UNITS }, (_, number) => testId('2', number));
type Moving = { position: [number, number]; heading: number; speed: number; untilSecond: number };
const fleet: readonly Moving[] = unitIds.map(() => ({
  position: [-56.2 + random.next() * 0.2, -34.95 + random.next() * 0.12],
  heading: 0,
  speed: 0,
  untilSecond: 0,
}));

/** Every unit one second on; some set out, some arrive, some turn. Metres to degrees at this latitude. */
const drive = (second: number): void => {
  for (const unit of fleet) {
    if (second >= unit.untilSecond) {
      unit.speed = random.chance(DRIVING / 100) ? 15 + random.next() * 60 : 0;
      unit.untilSecond = second + random.int(120, 900);
    }
    if (unit.speed > 0 && random.chance(0.05)) unit.heading = random.int(0, 359);
    const metres = unit.speed > 0 ? unit.speed / 3.6 : random.gaussian(0, 2);
    const angle = (unit.heading * Math.PI) / 180;
    unit.position[0] += (Math.sin(angle) * metres) / 91_000;
    unit.position[1] += (Math.cos(angle) * metres) / 111_195;
  }
};
const telemetryAt = (at: Instant): Telemetry => ({
  type: 'telemetry',
  readings: [],
  fixes: fleet.map(({ position: [longitude, latitude], heading, speed }, number) => ({
    unitId: unitIds[number] ?? '',
    position: [longitude, latitude],
    heading: speed > 0 ? heading : null,
    speed: Math.round(speed),
    observedAt: at - 200 - (number % 10) * 30,
    source: 'vehicle',
  })),
});

const rowOf = (
  record: Parameters<typeof JSON.stringify>[0] & { readonly kind: 'unit' | 'incident' | 'assignment'; readonly id: Id },
): RowText => [rowKey(record.kind, record.id), JSON.stringify(record), null];
const incidents = Math.round(UNITS * 0.4);
const incidentRow = (number: number): RowText =>
  rowOf(buildIncident({ id: testId('1', number), address: `Street ${random.int(1, 9_999)}`, notes: [] }));
const assignmentRow = (number: number): RowText =>
  rowOf(buildAssignment({ id: testId('3', number), incidentId: testId('1', number), etaAt: testNow + random.int(0, 900_000) }));
const unitRow = (number: number): RowText =>
  rowOf(buildUnit({ id: testId('2', number), callsign: `A${number}`, statusSince: testNow + random.int(0, 1_000_000) }));
const changedRow = (): RowText =>
  random.pick([
    () => unitRow(random.int(0, UNITS - 1)),
    () => incidentRow(random.int(0, incidents - 1)),
    () => assignmentRow(random.int(0, incidents - 1)),
  ])();

const directory = mkdtempSync(join(tmpdir(), 'vigil-bench-replay-'));
const file = join(directory, 'history.db');
const mark = { stationId: testId('6', 1), epoch: testId('a', 1), projection: 'desk' };
const { database } = await openHistory({ file, key: new Uint8Array(32).fill(1), mark });
const recording = createRecording(database);
recording.take({
  type: 'base',
  rows: [
    ...unitIds.map((_, number) => unitRow(number)),
    ...Array.from({ length: incidents }, (_, number) => [incidentRow(number), assignmentRow(number)]).flat(),
  ],
});

// The sampling of the desk's own thread, as station/history/desk-history.ts does it.
const memory = await openMemoryStore();
let now = testNow;
const latest = createLatestValues(memory.database, () => now);
const kept = new Map<Id, KeptFix>();
const numbers = new Map(unitIds.map((id, number) => [id, number]));
let [keptFixes, jsonBytes] = [0, 0];
const sampled = (units: readonly Id[]): NamedFixes => {
  const log = newFixLog();
  for (const unitId of units) {
    const fix = latest.fixes.get(unitId);
    if (!fix || !keepsFix(kept.get(unitId), fix.position, now)) continue;
    kept.set(unitId, { position: fix.position, at: now });
    addFix(log, fixRow(fix, numbers.get(unitId) ?? 0, 0, now));
  }
  return { units: unitIds, sources: ['vehicle'], log };
};

const [taking, sampling, writing]: [number[], number[], number[]] = [[], [], []];
recording.take({ type: 'begin', at: testNow, fixes: { units: [], sources: [], log: newFixLog() } });
for (let second = 1; second <= SECONDS; second += 1) {
  now = testNow + second * 1_000;
  drive(second);
  const message = telemetryAt(now);
  const started = performance.now();
  const { units } = latest.take(message);
  const taken = performance.now();
  const fixes = sampled(units);
  const done = performance.now();
  keptFixes += fixes.log.unit.length;
  const rows: TimedRow[] = Array.from({ length: CHANGES }, () => ({ at: now, row: changedRow() }));
  for (const { row } of rows) jsonBytes += row[1]?.length ?? 0;
  const told = performance.now();
  recording.take({ type: 'tick', at: now, rows, fixes, marks: [] });
  if (second > 60 && second <= 60 + MEASURED_SECONDS) {
    taking.push(taken - started);
    sampling.push(done - taken);
    writing.push(performance.now() - told);
  }
}
recording.write();
jsonBytes += keptFixes * JSON.stringify({ ...telemetryAt(now).fixes[0], receivedAt: now }).length;

/** The same rows as plain text, parsed: what no way of keeping them can go below by much. */
const floorOf = (texts: readonly string[]): number => {
  const startedAt = performance.now();
  for (const text of texts) JSON.parse(text);
  return performance.now() - startedAt;
};
const reading = createReading(database.read);
const times: Record<'at' | 'atFloor' | 'part' | 'partFloor', number[]> = { at: [], atFloor: [], part: [], partFloor: [] };
for (let asked = 0; asked < QUESTIONS; asked += 1) {
  const at = testNow + random.int(60_000, SECONDS * 1_000 - 60_000);
  const began = performance.now();
  const moment = reading.at({ at });
  times.at.push(performance.now() - began);
  const fixTexts = [JSON.stringify(telemetryAt(now).fixes)];
  times.atFloor.push(floorOf([...moment.records, ...fixTexts]));
  const partBegan = performance.now();
  const part = reading.part({ from: at, to: at + 60_000 });
  times.part.push(performance.now() - partBegan);
  const asJson = JSON.stringify(
    Array.from(part.fixes.at, (moment, index) => ({ ...telemetryAt(testNow).fixes[index % 10], at: moment })),
  );
  times.partFloor.push(floorOf([...part.changes, asJson]));
}
database.close();
memory.close();
const bytes = statSync(file).size;
rmSync(directory, { recursive: true, force: true });

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const goals = { own: { atMost: 1 }, size: { atMost: 0.15 }, at: { atMost: 6 }, part: { atMost: 4 } } as const;
printFigure({
  name: 'replay/own-thread-per-second',
  unit: 'ms',
  value: median(sampling),
  reference: median(taking),
  goal: goals.own,
});
printFigure({
  name: 'replay/thread-per-second',
  unit: 'ms',
  value: sum(writing) / writing.length,
  reference: 1_000,
  goal: { atMost: 0.01 },
});
printFigure({ name: `replay/file-of-${HOURS}-hours`, unit: 'bytes', value: bytes, reference: jsonBytes, goal: goals.size });
printFigure({
  name: 'replay/at-p95',
  unit: 'ms',
  value: percentile(times.at, 0.95),
  reference: median(times.atFloor),
  goal: goals.at,
});
printFigure({
  name: 'replay/part-p95',
  unit: 'ms',
  value: percentile(times.part, 0.95),
  reference: median(times.partFloor),
  goal: goals.part,
});
console.error(`${keptFixes} positions kept, ${(bytes / 1_048_576).toFixed(1)} MB`);
