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
import { addFix, type FixLog, fixAt, newFixLog, openFixes, type PackedFixes, readFix } from './fix-log.ts';
import type { HistoryQuestions } from './messages.ts';
import { type NameTable, partAt, readMarks, readMinutes, readNames, readRuns, runAt, wireAt } from './queries.ts';
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

/** What numbers stand for; asked of the file again only when one comes that is new. */
const createNames = (handle: ReadHandle, table: NameTable) => {
  let names = readNames(handle, table);
  return (number: number): string | undefined => {
    if (number >= 0 && !names.has(number)) names = readNames(handle, table);
    return names.get(number);
  };
};
type Names = ReturnType<typeof createNames>;

/** The columns of a log as they cross a port, oldest first. */
const columnsOf = (log: FixLog, unitName: Names, sourceName: Names): ReplayFixes => {
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
  const placeIn = (list: string[], nameOf: Names): ((number: number) => number) => {
    const places = new Map<number, number>();
    return (number) => {
      const known = places.get(number);
      if (known !== undefined) return known;
      const name = nameOf(number);
      const place = name === undefined ? unnamedSource : list.push(name) - 1;
      places.set(number, place);
      return place;
    };
  };
  const [unitPlace, sourcePlace] = [placeIn(made.units, unitName), placeIn(made.sources, sourceName)];
  const order = log.at.map((_, index) => index).sort((one, other) => (log.at[one] ?? 0) - (log.at[other] ?? 0));
  for (const [place, index] of order.entries()) {
    const row = fixAt(log, index);
    const read = readFix(row);
    made.unit[place] = unitPlace(row.unit);
    made.source[place] = sourcePlace(row.source);
    made.at[place] = row.at;
    made.longitude[place] = read.longitude;
    made.latitude[place] = read.latitude;
    made.observedAt[place] = read.observedAt;
    made.receivedAt[place] = read.receivedAt;
    made.heading[place] = read.heading;
    made.speed[place] = read.speed;
    made.accuracy[place] = read.accuracy;
    made.skewMs[place] = read.skewMs;
  }
  return made;
};

/** Adds the newest position of each unit at `at` that is not found yet. */
const addNewest = (found: Set<number>, log: FixLog, packed: PackedFixes, at: Instant): void => {
  const { unit } = packed;
  const mine: number[] = [];
  for (let index = 0; index < unit.length; index += 1) {
    const number = unit[index] ?? -1;
    if ((packed.at[index] ?? 0) > at || found.has(number)) continue;
    if (mine.length > 0 && unit[mine.at(-1) ?? -1] === number) mine.pop();
    mine.push(index);
  }
  // Most units reported within the last minutes: of the older ones nothing more is read.
  if (mine.length === 0) return;
  const columns = packed.columns();
  for (const index of mine) {
    found.add(unit[index] ?? -1);
    addFix(log, fixAt(columns, index));
  }
};

const changeText = ({ at, key, text }: RowChange): string =>
  text === null ? JSON.stringify({ at, removed: splitRowKey(key) }) : `{"at":${at},"record":${text}}`;

export type Reading = {
  readonly at: (asked: HistoryQuestions['at']['ask']) => Answer<'at'>;
  readonly part: (asked: HistoryQuestions['part']['ask']) => Answer<'part'>;
};

/** Reads a history. */
export const createReading = (handle: ReadHandle): Reading => {
  const [unitName, sourceName] = [createNames(handle, 'unit'), createNames(handle, 'source')];
  const crossing = (log: FixLog): ReplayFixes => columnsOf(log, unitName, sourceName);
  return {
    at: ({ at }) => {
      const run = runAt(handle, at);
      const part = run && partAt(handle, at);
      if (!part) return { state: 'found', at, recorded: false, records: [], fixes: crossing(newFixLog()) };
      const foreign = part.wire !== WIRE_HASH;
      const rows = unpackRows(part.rows, foreign);
      const minutes = readMinutes(handle, part.from, at).filter(({ from }) => from >= part.from);
      for (const { changes } of minutes) {
        for (const { at: changedAt, key, text } of unpackChanges(changes, foreign)) {
          if (changedAt > at) break;
          if (text === null) rows.delete(key);
          else rows.set(key, text);
        }
      }
      const log = newFixLog();
      const found = new Set<number>();
      for (const { fixes } of minutes.toReversed()) addNewest(found, log, openFixes(fixes), at);
      addNewest(found, log, openFixes(part.fixes), at);
      return { state: 'found', at, recorded: true, records: pagesOf([...rows.values()]), fixes: crossing(log) };
    },
    part: ({ from, to: askedTo }) => {
      const to = Math.max(from, Math.min(askedTo, runAt(handle, from)?.to ?? from));
      const log = newFixLog();
      const texts: string[] = [];
      const isWithin = (at: Instant): boolean => at > from && at <= to;
      for (const minute of to > from ? readMinutes(handle, from, to) : []) {
        for (const change of unpackChanges(minute.changes, isForeign(handle, minute.from)))
          if (isWithin(change.at)) texts.push(changeText(change));
        const columns = openFixes(minute.fixes).columns();
        for (let index = 0; index < columns.at.length; index += 1)
          if (isWithin(columns.at[index] ?? 0)) addFix(log, fixAt(columns, index));
      }
      return { state: 'found', from, to, changes: pagesOf(texts), fixes: crossing(log) };
    },
  };
};
