/** How what the station says becomes what the store holds. Pure; a kind of record that did not change keeps its Map. */
import type { RecordsPatch } from '#contracts/ipc/station-window.ts';
import type { RecordKind } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { emptyTables, type ReceivedReading, type RecordTables } from '../state/store.ts';

type Rows = Map<Id, RecordsPatch['puts'][number]>;

/** The tables after a patch. Null tables (nothing known yet) become known by a reset only. */
export const patchTables = (tables: RecordTables | null, { reset, puts, removes }: RecordsPatch): RecordTables | null => {
  if (!tables && !reset) return null;
  const next: Record<RecordKind, unknown> = reset || !tables ? emptyTables() : { ...tables };
  const fresh = new Set<RecordKind>(reset ? (Object.keys(next) as RecordKind[]) : []);
  const rowsOf = (kind: RecordKind): Rows => {
    if (!fresh.has(kind)) {
      next[kind] = new Map(next[kind] as Rows);
      fresh.add(kind);
    }
    return next[kind] as Rows;
  };
  for (const row of puts) rowsOf(row.record.kind).set(row.record.id, row);
  for (const { kind, id } of removes) rowsOf(kind).delete(id);
  return next as RecordTables;
};

/** The latest values after a patch, by key; a new Map. */
export const patchLatest = <T>(latest: ReadonlyMap<Id, T>, patch: readonly T[], keyOf: (value: T) => Id): ReadonlyMap<Id, T> => {
  const next = new Map(latest);
  for (const value of patch) next.set(keyOf(value), value);
  return next;
};

/** `next`, with each part that equals the one in `before` taken from there: who selects a part that did not move draws nothing. */
export const keepEqual = <T extends object>(before: T | null, next: T): T => {
  if (before === null) return next;
  const kept = Object.entries(next).map(([name, value]) => {
    const old = (before as Readonly<Record<string, unknown>>)[name];
    return [name, JSON.stringify(old) === JSON.stringify(value) ? old : value];
  });
  return Object.fromEntries(kept) as T;
};

/** How far back a window keeps the points of a trend, milliseconds. */
const trendKept = 2 * 3_600_000;

/**
 * The readings after a patch: the numbers are the new ones, the points of a trend continue those at hand. A trend keeps its
 * identity until its next minute begins, so that what draws it need not draw it again each second.
 */
export const patchReadings = (
  latest: ReadonlyMap<Id, ReceivedReading>,
  patch: readonly ReceivedReading[],
): ReadonlyMap<Id, ReceivedReading> => {
  const next = new Map(latest);
  for (const reading of patch) {
    const known = next.get(reading.deviceId)?.trend ?? [];
    const from = reading.trend[0]?.[0] ?? Number.POSITIVE_INFINITY;
    const isSameMinute = known.length > 0 && known.at(-1)?.[0] === reading.trend.at(-1)?.[0];
    const trend = isSameMinute
      ? known
      : [...known.filter(([at]) => at < from && at >= reading.receivedAt - trendKept), ...reading.trend];
    next.set(reading.deviceId, { ...reading, trend });
  }
  return next;
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);

/** Structural checks of the feeds that come every second for hundreds of things: names and kinds of what is read, no ranges. */
export const isPositionsPatch = (value: unknown): boolean =>
  isObject(value) &&
  Array.isArray(value['fixes']) &&
  value['fixes'].every(
    (fix) =>
      isObject(fix) &&
      typeof fix['unitId'] === 'string' &&
      Array.isArray(fix['position']) &&
      isNumber(fix['position'][0]) &&
      isNumber(fix['position'][1]) &&
      isNumber(fix['observedAt']) &&
      isNumber(fix['receivedAt']),
  );
export const isReadingsPatch = (value: unknown): boolean =>
  isObject(value) &&
  Array.isArray(value['readings']) &&
  value['readings'].every(
    (reading) =>
      isObject(reading) &&
      typeof reading['deviceId'] === 'string' &&
      isNumber(reading['observedAt']) &&
      isNumber(reading['receivedAt']) &&
      Array.isArray(reading['trend']),
  );
