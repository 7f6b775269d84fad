/**
 * What the history's thread does with what it is told. A run is a stretch without a gap. Every quarter of an hour a part begins
 * with how everything stands; what changes after it lies in minutes, of which the last is written again, every few seconds, until
 * it is over. To show a moment is to take its part and the minutes up to it; to forget is to delete whole parts from the oldest
 * end. What was not written yet is lost with the process, and then the run ends before it: what is told is never more than was
 * recorded.
 *
 *   idle ──base…, begin──► in a run ──end──► idle        the disk refuses: idle, with nothing in memory
 *                            └─tick─┘
 */
import { WIRE_HASH } from '#contracts/wire/version.ts';
import type { Instant } from '#domain/model/values.ts';
import { REPLAY_KEPT_FOR, type ReplayMarkKind } from '#domain/rules/replay-history.ts';
import type { Database, WriteHandle } from '../store/database.ts';
import { freePages, giveBackPages } from '../store/queries/upkeep.ts';
import type { RowKey } from '../sync/rows.ts';
import { addFix, type FixLog, type FixRow, fixAt, newFixLog, packFixes } from './fix-log.ts';
import type { HistoryRequest, NamedFixes, RowText } from './messages.ts';
import {
  addName,
  forgetFrom,
  forgetOldest,
  keepMinute,
  keepPart,
  keepRun,
  type MarkCounts,
  type NameTable,
  type Part,
  readNames,
  usedBytes,
} from './queries.ts';
import { packChanges, packRows, type RowChange } from './row-text.ts';

type Told = Exclude<HistoryRequest, { type: 'ask' }>;
type Tick = Extract<HistoryRequest, { type: 'tick' }>;

export type Recording = {
  /** Takes what the desk tells, and writes it when it is time; whether it wrote. Throws StoreError, and is idle and empty after it. */
  readonly take: (told: Told) => boolean;
  /** Writes what is not written yet. Throws StoreError, and is idle and empty after it. */
  readonly write: () => void;
};

const MINUTE = 60_000;
const PART = 15 * MINUTE;
/** What a crash may take of a run, milliseconds. */
const WRITE_EVERY = 15_000;
/** The file grows no larger, bytes; the oldest part goes first. Twelve hours of 2,000 units take a quarter of it. */
const MOST_BYTES = 256 * 1024 * 1024;
/** More free pages than these are given back to the disk, some at a time: what is forgotten makes room for what comes. */
const FREE_KEPT = 4_096;
const FREED_AT_ONCE = 512;

type OpenMinute = {
  readonly from: Instant;
  readonly changes: RowChange[];
  readonly fixes: FixLog;
  readonly marks: Record<ReplayMarkKind, number>;
};
type Standing = { readonly text: string; readonly until: Instant | null };
type Memory = {
  readonly rows: Map<RowKey, Standing>;
  /** Rows that were told ahead of `begin`. */
  readonly base: Map<RowKey, Standing>;
  /** The newest position of each unit, by its number. */
  readonly newest: Map<number, FixRow>;
  readonly names: Readonly<Record<NameTable, Map<string, number>>>;
  run: { from: Instant; to: Instant } | null;
  partFrom: Instant | null;
  minute: OpenMinute | null;
  /** What is not written. */
  cutFrom: Instant | null;
  newNames: { readonly table: NameTable; readonly number: number; readonly name: string }[];
  parts: Part[];
  minutes: OpenMinute[];
  isDirty: boolean;
  writtenAt: Instant;
};

const noMarks: MarkCounts = { callReceived: 0, dispatched: 0, emergency: 0, divert: 0 };
const minuteOf = (at: Instant): number => Math.floor(at / MINUTE);
const partOf = (at: Instant): number => Math.floor(at / PART);

/** Knows what the file knows of names, and nothing else. */
const emptyMemory = (database: Database): Memory => {
  const numbers = (table: NameTable): Map<string, number> =>
    new Map([...readNames(database.read, table)].map(([number, name]) => [name, number]));
  return {
    rows: new Map(),
    base: new Map(),
    newest: new Map(),
    names: { unit: numbers('unit'), source: numbers('source') },
    run: null,
    partFrom: null,
    minute: null,
    cutFrom: null,
    newNames: [],
    parts: [],
    minutes: [],
    isDirty: false,
    writtenAt: Number.NEGATIVE_INFINITY,
  };
};

/** Records into an opened history. */
export const createRecording = (database: Database): Recording => {
  let memory = emptyMemory(database);

  const numberOf = (table: NameTable, name: string | undefined): number => {
    if (name === undefined) return -1;
    const known = memory.names[table].get(name);
    if (known !== undefined) return known;
    const number = memory.names[table].size;
    memory.names[table].set(name, number);
    memory.newNames.push({ table, number, name });
    return number;
  };
  /** The rows of a message under the numbers of this file. */
  const fixesOf = ({ units, sources, log }: NamedFixes): readonly FixRow[] =>
    log.unit.map((_, index) => {
      const row = fixAt(log, index);
      return { ...row, unit: numberOf('unit', units[row.unit]), source: numberOf('source', sources[row.source]) };
    });

  const minuteAt = (at: Instant): OpenMinute => {
    const from = Math.max(minuteOf(at) * MINUTE, memory.partFrom ?? at);
    memory.minute ??= { from, changes: [], fixes: newFixLog(), marks: { ...noMarks } };
    return memory.minute;
  };
  const note = (at: Instant, key: RowKey, text: string | null): void => void minuteAt(at).changes.push({ at, key, text });
  const setRow = (at: Instant, [key, text, until]: RowText): void => {
    const stood = memory.rows.get(key);
    if (text !== null) {
      memory.rows.set(key, { text, until });
      if (stood?.text !== text) note(at, key, text);
    } else if (stood) {
      memory.rows.delete(key);
      note(at, key, null);
    }
  };
  const addPosition = (row: FixRow): void => {
    memory.newest.set(row.unit, row);
    addFix(minuteAt(row.at).fixes, row);
  };

  const beginPart = (from: Instant): void => {
    memory.partFrom = from;
    const newest = newFixLog();
    for (const row of memory.newest.values()) addFix(newest, row);
    const rows = packRows([...memory.rows].map(([key, { text }]) => [key, text]));
    memory.parts.push({ from, wire: WIRE_HASH, rows, fixes: packFixes(newest) });
  };
  /** Time has come to `at`: a minute that is over is closed, and a part begins with the quarter. */
  const goOnTo = (at: Instant): void => {
    const { minute, partFrom } = memory;
    if (minute && minuteOf(minute.from) !== minuteOf(at)) {
      memory.minutes.push(minute);
      memory.minute = null;
    }
    if (partFrom === null || partOf(partFrom) === partOf(at)) return;
    const from = partOf(at) * PART;
    memory.partFrom = from;
    for (const [key, { until }] of [...memory.rows]) if (until !== null && until <= from) setRow(from, [key, null, null]);
    beginPart(from);
  };

  const write = (): void => {
    if (!memory.isDirty) return;
    const { cutFrom, newNames, parts, minutes, minute, run } = memory;
    const keep = (handle: WriteHandle): void => {
      if (cutFrom !== null) forgetFrom(handle, cutFrom);
      for (const { table, number, name } of newNames) addName(handle, table, number, name);
      for (const part of parts) keepPart(handle, part);
      for (const { from, changes, fixes, marks } of [...minutes, ...(minute ? [minute] : [])])
        keepMinute(handle, { from, marks, changes: packChanges(changes), fixes: packFixes(fixes) });
      if (run) keepRun(handle, run);
      if (parts.length === 0) return;
      const forget = (horizon: Instant): boolean => {
        const keptFrom = forgetOldest(handle, horizon);
        if (run && keptFrom !== null) run.from = Math.max(run.from, keptFrom);
        return keptFrom !== null;
      };
      while (run && forget(run.to - REPLAY_KEPT_FOR));
      while (usedBytes(handle) > MOST_BYTES && forget(Number.MAX_SAFE_INTEGER));
      if (freePages(handle) > FREE_KEPT) giveBackPages(handle, FREED_AT_ONCE);
    };
    try {
      database.transaction(keep);
    } catch (error) {
      memory = emptyMemory(database);
      throw error;
    }
    Object.assign(memory, { cutFrom: null, newNames: [], parts: [], minutes: [], isDirty: false });
    memory.writtenAt = run?.to ?? memory.writtenAt;
  };

  const begin = (at: Instant, told: NamedFixes): void => {
    const { base, partFrom } = memory;
    const fixes = fixesOf(told);
    if (partFrom === null) memory.cutFrom = at;
    if (partFrom !== null && partOf(partFrom) === partOf(at)) {
      // Across a short gap what differs is enough.
      goOnTo(at);
      for (const key of [...memory.rows.keys()]) if (!base.has(key)) setRow(at, [key, null, null]);
      for (const [key, { text, until }] of base) setRow(at, [key, text, until]);
      for (const row of fixes) addPosition(row);
    } else {
      if (memory.minute) memory.minutes.push(memory.minute);
      memory.minute = null;
      memory.rows.clear();
      for (const [key, standing] of base) memory.rows.set(key, standing);
      for (const row of fixes) memory.newest.set(row.unit, row);
      beginPart(at);
    }
    base.clear();
    memory.run = { from: at, to: at };
    memory.isDirty = true;
    write();
  };

  const tick = (run: { to: Instant }, { at, rows, fixes, marks }: Tick): boolean => {
    const came: readonly { readonly at: Instant; readonly take: () => void }[] = [
      ...rows.map(({ at, row }) => ({ at, take: () => setRow(at, row) })),
      ...fixesOf(fixes).map((row) => ({ at: row.at, take: () => addPosition(row) })),
      ...marks.map(({ at, kind }) => ({
        at,
        take: () => {
          minuteAt(at).marks[kind] += 1;
        },
      })),
    ];
    for (const one of came.toSorted((one, other) => one.at - other.at)) {
      goOnTo(one.at);
      one.take();
    }
    goOnTo(at);
    run.to = at;
    memory.isDirty = true;
    if (memory.minutes.length === 0 && at - memory.writtenAt < WRITE_EVERY) return false;
    write();
    return true;
  };

  const take = (told: Told): boolean => {
    const { run } = memory;
    switch (told.type) {
      case 'base':
        for (const [key, text, until] of told.rows) {
          if (text === null) memory.base.delete(key);
          else memory.base.set(key, { text, until });
        }
        return false;
      case 'begin':
        begin(told.at, told.fixes);
        return true;
      case 'tick':
        return run !== null && tick(run, told);
      case 'end':
        if (!run) return false;
        // Nothing that came says that more was known.
        run.to = Math.max(run.from, Math.min(run.to, told.at));
        memory.isDirty = true;
        write();
        memory.run = null;
        return true;
      default:
        return told satisfies never;
    }
  };
  return { take, write };
};
