/** What is answered from the history. Everything is read from the file; what was taken last must have been written before. */
import {
  mostReplayGaps,
  mostReplayMarks,
  mostReplayRows,
  type ReplayFixes,
  type ReplayGap,
  unnamedSource,
} from '#contracts/ipc/replay.ts';
import { WIRE_HASH } from '#contracts/wire/version.ts';
import type { Instant } from '#domain/model/values.ts';
import { replayMarkKinds } from '#domain/rules/replay-history.ts';
import type { ReadHandle } from '../store/database.ts';
import { splitRowKey } from '../sync/rows.ts';
import { addFix, type FixLog, type FixRow, fixAt, newFixLog, readFix, unpackFixes } from './fix-log.ts';
import type { HistoryQuestions } from './messages.ts';
import { partAt, readMarks, readMinutes, readNames, readRuns, runAt, wireAt } from './queries.ts';
import { type RowChange, unpackChanges, unpackRows } from './row-text.ts';

type Answer<Q extends keyof HistoryQuestions> = HistoryQuestions[Q]['answer'];

const isForeign = (handle: ReadHandle, at: Instant): boolean => wireAt(handle, at) !== WIRE_HASH;

const gapsBetween = (runs: readonly { readonly from: Instant; readonly to: Instant }[]): readonly ReplayGap[] =>
  runs.flatMap(({ to }, index): ReplayGap[] => {
    const next = runs[index + 1];
    return next && next.from > to ? [{ from: to, to: next.from }] : [];
  });

/** From when to when something is kept, and what there is to look for. */
export const answerSpan = (handle: ReadHandle): Answer<'span'> => {
  const runs = readRuns(handle);
  const counted = readMarks(handle).flatMap((minute) =>
    replayMarkKinds.flatMap((kind) => (minute[kind] > 0 ? [{ at: minute.from, kind, count: minute[kind] }] : [])),
  );
  return {
    state: 'found',
    from: runs[0]?.from ?? null,
    to: runs.at(-1)?.to ?? null,
    gaps: gapsBetween(runs).slice(-mostReplayGaps),
    marks: counted.slice(-mostReplayMarks),
  };
};

const pagesOf = (texts: readonly string[]): readonly string[] => {
  const pages: string[] = [];
  for (let first = 0; first < texts.length; first += mostReplayRows)
    pages.push(`[${texts.slice(first, first + mostReplayRows).join(',')}]`);
  return pages;
};

const nothing = newFixLog();

/** The columns of a log, as they cross a port. */
const columnsOf = (handle: ReadHandle, log: FixLog): ReplayFixes => {
  const count = log.unit.length;
  const column = (): Float64Array<ArrayBuffer> => new Float64Array(count);
  const short = (): Float32Array<ArrayBuffer> => new Float32Array(count);
  const made = {
    units: [] as string[],
    sources: [] as string[],
    unit: new Uint16Array(count),
    source: new Uint16Array(count),
    at: column(),
    longitude: column(),
    latitude: column(),
    observedAt: column(),
    receivedAt: column(),
    heading: short(),
    speed: short(),
    accuracy: short(),
    skewMs: short(),
  };
  if (count === 0) return made;
  const placeIn = (table: 'unit' | 'source', list: string[]): ((number: number) => number) => {
    const names = readNames(handle, table);
    const places = new Map<number, number>();
    return (number) => {
      const known = places.get(number);
      if (known !== undefined) return known;
      const name = names.get(number);
      const place = name === undefined ? unnamedSource : list.push(name) - 1;
      places.set(number, place);
      return place;
    };
  };
  const [unitPlace, sourcePlace] = [placeIn('unit', made.units), placeIn('source', made.sources)];
  for (let index = 0; index < count; index += 1) {
    const row = fixAt(log, index);
    const read = readFix(row);
    made.unit[index] = unitPlace(row.unit);
    made.source[index] = sourcePlace(row.source);
    made.at[index] = row.at;
    made.longitude[index] = read.longitude;
    made.latitude[index] = read.latitude;
    made.observedAt[index] = read.observedAt;
    made.receivedAt[index] = read.receivedAt;
    made.heading[index] = read.heading;
    made.speed[index] = read.speed;
    made.accuracy[index] = read.accuracy;
    made.skewMs[index] = read.skewMs;
  }
  return made;
};

/** How everything stood at a moment. */
export const answerAt = (handle: ReadHandle, { at }: HistoryQuestions['at']['ask']): Answer<'at'> => {
  const run = runAt(handle, at);
  const part = run && partAt(handle, at);
  if (!part) return { state: 'found', at, recorded: false, records: [], fixes: columnsOf(handle, nothing) };
  const foreign = part.wire !== WIRE_HASH;
  const rows = unpackRows(part.rows, foreign);
  const newest = new Map<number, FixRow>();
  const takeFixes = (log: FixLog): void => {
    for (let index = 0; index < log.unit.length; index += 1) {
      const row = fixAt(log, index);
      if (row.at <= at) newest.set(row.unit, row);
    }
  };
  takeFixes(unpackFixes(part.fixes));
  for (const minute of readMinutes(handle, part.from, at)) {
    if (minute.from < part.from) continue;
    for (const { at: changedAt, key, text } of unpackChanges(minute.changes, foreign)) {
      if (changedAt > at) break;
      if (text === null) rows.delete(key);
      else rows.set(key, text);
    }
    takeFixes(unpackFixes(minute.fixes));
  }
  const log = newFixLog();
  for (const row of [...newest.values()].sort((one, other) => one.at - other.at)) addFix(log, row);
  return { state: 'found', at, recorded: true, records: pagesOf([...rows.values()]), fixes: columnsOf(handle, log) };
};

const changeText = ({ at, key, text }: RowChange): string =>
  text === null ? JSON.stringify({ at, removed: splitRowKey(key) }) : `{"at":${at},"record":${text}}`;

/** What changed after a moment up to another, or to where the record ends. */
export const answerPart = (handle: ReadHandle, asked: HistoryQuestions['part']['ask']): Answer<'part'> => {
  const { from } = asked;
  const to = Math.max(from, Math.min(asked.to, runAt(handle, from)?.to ?? from));
  const log = newFixLog();
  const texts: string[] = [];
  const isWithin = (at: Instant): boolean => at > from && at <= to;
  for (const minute of to > from ? readMinutes(handle, from, to) : []) {
    for (const change of unpackChanges(minute.changes, isForeign(handle, minute.from)))
      if (isWithin(change.at)) texts.push(changeText(change));
    const fixes = unpackFixes(minute.fixes);
    for (let index = 0; index < fixes.unit.length; index += 1)
      if (isWithin(fixes.at[index] ?? 0)) addFix(log, fixAt(fixes, index));
  }
  return { state: 'found', from, to, changes: pagesOf(texts), fixes: columnsOf(handle, log) };
};
