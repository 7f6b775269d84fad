/** A history in a file of its own, and a desk's life to write into it, with a book beside it that says what was so at every moment. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ReplayFix, type ReplayPart, readReplayChanges, readReplayFix, readReplayRecords } from '#contracts/ipc/replay.ts';
import type { VigilRecord } from '#domain/model/record.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { buildIncident, buildUnit, testId, testNow } from '#domain/testing/builders.ts';
import type { Random } from '#domain/testing/random.ts';
import { rowKey } from '../../sync/rows.ts';
import { openHistory } from '../file.ts';
import { addFix, fixRow, newFixLog } from '../fix-log.ts';
import type { HistoryMark, HistoryQuestions, NamedFixes, TimedRow } from '../messages.ts';
import { createRecording, type Recording } from '../recording.ts';

/** The source of the history's thread. */
export const historyThreadSource = new URL('../worker.ts', import.meta.url);

export const testMark: HistoryMark = { stationId: testId('6', 1), epoch: testId('a', 1), projection: 'desk' };
export const testKey = (): Uint8Array => new Uint8Array(32).fill(7);

/** A directory with the path of a history in it; the end removes it. */
export const historyPlace = (): { readonly directory: string; readonly file: string; readonly end: () => void } => {
  const directory = mkdtempSync(join(tmpdir(), 'vigil-history-'));
  return { directory, file: join(directory, 'history.db'), end: () => rmSync(directory, { recursive: true, force: true }) };
};

/** Opens a history and a recording into it. */
export const openRecording = async (file: string, mark: HistoryMark = testMark) => {
  const { database, anew } = await openHistory({ file, key: testKey(), mark });
  return { database, anew, recording: createRecording(database) };
};

/** A picture of a moment: rows and positions by id. */
export type Picture = { readonly rows: ReadonlyMap<string, VigilRecord>; readonly fixes: ReadonlyMap<Id, ReplayFix> };
type Columns = Extract<ReplayPart, { state: 'found' }>['fixes'];

const fixesIn = (columns: Columns): readonly ReplayFix[] =>
  [...columns.at].flatMap((_, index) => readReplayFix(columns, index) ?? []);
/** The picture that an answer of a moment shows. */
export const pictureAt = ({ records, fixes }: HistoryQuestions['at']['answer']): Picture => ({
  rows: new Map(records.flatMap(readReplayRecords).map((record) => [rowKey(record.kind, record.id), record])),
  fixes: new Map(fixesIn(fixes).map((fix) => [fix.unitId, fix])),
});

/** The picture after a part was played on one. */
export const played = (picture: Picture, { changes, fixes }: HistoryQuestions['part']['answer']): Picture => {
  const rows = new Map(picture.rows);
  for (const change of changes.flatMap(readReplayChanges)) {
    if ('record' in change) rows.set(rowKey(change.record.kind, change.record.id), change.record);
    else rows.delete(rowKey(change.removed.kind, change.removed.id));
  }
  return { rows, fixes: new Map([...picture.fixes, ...fixesIn(fixes).map((fix) => [fix.unitId, fix] as const)]) };
};

/** Positions that came at `at`, as they are told; what is read again is the same, for nothing in them is finer than what is kept. */
export const toldFixes = (at: Instant, unitIds: readonly Id[], random: Random): NamedFixes => {
  const log = newFixLog();
  for (const [index, unitId] of unitIds.entries()) {
    const source = random.int(-1, 1);
    const receivedAt = at - random.pick([0, 0, 0, 90_000]);
    const said = {
      unitId,
      position: [(-5_600_000 - random.int(0, 9_999)) / 100_000, (-3_480_000 - random.int(0, 9_999)) / 100_000] as [
        number,
        number,
      ],
      heading: random.pick([null, 0, 359]),
      speed: random.pick([null, 0, 88]),
      observedAt: receivedAt - random.int(-3, 90) * 100,
      receivedAt,
      ...(random.chance(0.3) && { accuracy: random.int(0, 50) }),
      ...(random.chance(0.1) && { skewMs: random.int(1, 9_000_000) }),
    };
    addFix(log, fixRow(said, index, source, at));
  }
  return { units: unitIds, sources: ['vehicle', 'crew phone'], log };
};

const nobody: NamedFixes = { units: [], sources: [], log: newFixLog() };

/** Lives through some runs of a desk with a few units and incidents that come, change and go, and records them. */
export const liveThrough = (
  recording: Recording,
  random: Random,
  options: { readonly runs: number; readonly seconds: number },
) => {
  const unitIds = Array.from({ length: 6 }, (_, number) => testId('2', number));
  const incidentIds = Array.from({ length: 8 }, (_, number) => testId('1', number));
  const rows = new Map<string, TimedRow['row']>();
  const change = (): TimedRow['row'] => {
    const isUnit = random.chance(0.5);
    const id = random.pick(isUnit ? unitIds : incidentIds);
    const record = isUnit
      ? buildUnit({ id, callsign: `A${random.int(1, 99)}` })
      : buildIncident({ id, address: `Street ${random.int(1, 99)}` });
    const key = rowKey(record.kind, id);
    const gone = random.chance(0.2);
    const until = !isUnit && random.chance(0.3) ? now + random.int(0, 1_200_000) : null;
    const row: TimedRow['row'] = [key, gone ? null : JSON.stringify(record), gone ? null : until];
    if (gone) rows.delete(key);
    else rows.set(key, row);
    return row;
  };
  let now = testNow + random.int(0, 900_000);
  const runs: { from: Instant; to: Instant }[] = [];
  for (let run = 0; run < options.runs; run += 1) {
    for (let some = 0; some < 5; some += 1) change();
    for (const [key, , until] of [...rows.values()]) if (until !== null && until <= now) rows.delete(key);
    recording.take({ type: 'base', rows: [...rows.values()] });
    recording.take({ type: 'begin', at: now, fixes: toldFixes(now, unitIds, random) });
    const from = now;
    for (let second = 0; second < options.seconds; second += 1) {
      now += random.pick([400, 1_000, 1_000, 5_000]);
      const at = now - random.int(0, 300);
      const changes = Array.from({ length: random.chance(0.2) ? random.int(1, 3) : 0 }, () => ({ at, row: change() }));
      const fixes = random.chance(0.2) ? toldFixes(at, unitIds.slice(0, random.int(1, 6)), random) : nobody;
      recording.take({
        type: 'tick',
        at: now,
        rows: changes,
        fixes,
        marks: changes.length > 1 ? [{ at, kind: 'emergency' }] : [],
      });
    }
    const silent = random.int(0, 5_000);
    recording.take({ type: 'end', at: now - silent });
    runs.push({ from, to: Math.max(from, now - silent) });
    now += random.pick([1_000, 8_000, 400_000, 2_000_000]);
  }
  return { runs, end: now };
};
