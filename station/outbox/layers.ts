/**
 * What unsettled commands put, one above the other in the order in which they were made, and who read what of it. A reader
 * sees of each record what the last command before it put, and below that the copy. So a change can say exactly whose reading
 * it has made untrue, and nobody else is asked: that is what keeps a long outbox cheap.
 */
import { isDeepStrictEqual } from 'node:util';
import type { RecordKind, RecordOf, RecordView, VigilRecord } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { type RowKey, rowKey, splitRowKey } from '../sync/rows.ts';

/** What one command put of one record. `index` is its place among what the command put. */
export type Version = { readonly position: number; readonly index: number; readonly record: VigilRecord };

/** What was read: one record, present or not, or all records of a kind. */
export type Reading = RowKey | RecordKind;

/** Somebody who read, at a place in the order; `readings` is what the layers know of it. */
export type Reader = { readonly position: number; readings: ReadonlySet<Reading> };

export type Layers<R extends Reader> = {
  /** Everything on top of the copy. */
  readonly top: RecordView;
  readonly has: (kind: RecordKind, id: Id) => boolean;
  /** What a command at this position sees; what it reads is added to `readings`. */
  readonly below: (position: number, readings: Set<Reading>) => RecordView;
  /** Notes what somebody has read now, instead of what was noted before. */
  readonly read: (reader: R, readings: ReadonlySet<Reading>) => void;
  /** Replaces what a command put; adds to `moved` whose reading is not true any more. */
  readonly put: (position: number, before: readonly VigilRecord[], after: readonly VigilRecord[], moved: Set<R>) => void;
  /**
   * Takes away whole commands, in a moment in which the copy has changed under them too: `stood` is what the copy said before
   * of the rows that changed. Adds to `moved` who of the others now reads something else.
   */
  readonly settle: (
    gone: readonly { readonly reader: R; readonly puts: readonly VigilRecord[] }[],
    stood: ReadonlyMap<RowKey, VigilRecord | undefined>,
    moved: Set<R>,
  ) => void;
  /** The top of a record, undefined where no command put one. */
  readonly topOf: (key: RowKey) => VigilRecord | undefined;
};

type Placed = { readonly position: number };

/** Where in a list ordered by position the first stands whose position is not less than this one. */
const placeOf = (ordered: readonly Placed[], position: number): number => {
  let [from, to] = [0, ordered.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((ordered[middle] as Placed).position < position) from = middle + 1;
    else to = middle;
  }
  return from;
};
const seenFrom = (versions: readonly Version[], position: number): VigilRecord | undefined =>
  versions[placeOf(versions, position) - 1]?.record;

/** Whether two say the same; the order of their fields says nothing. */
export const isSameRecord = (one: VigilRecord | undefined, other: VigilRecord | undefined): boolean =>
  one === other || (one !== undefined && other !== undefined && isDeepStrictEqual(one, other));

/** No layers yet over this copy. */
export const createLayers = <R extends Reader>(confirmed: RecordView): Layers<R> => {
  const tables = new Map<RecordKind, Map<Id, Version[]>>();
  const readers = new Map<Reading, R[]>();
  const versionsOf = (key: RowKey): Version[] => {
    const { kind, id } = splitRowKey(key);
    return tables.get(kind)?.get(id) ?? [];
  };
  const standing = (key: RowKey): VigilRecord | undefined => {
    const { kind, id } = splitRowKey(key);
    return confirmed.get(kind, id);
  };

  const viewFrom = (position: number, noted: (reading: Reading) => void): RecordView => ({
    get: <K extends RecordKind>(kind: K, id: Id) => {
      noted(rowKey(kind, id));
      const versions = tables.get(kind)?.get(id);
      return ((versions && seenFrom(versions, position)) ?? confirmed.get(kind, id)) as RecordOf<K> | undefined;
    },
    list: <K extends RecordKind>(kind: K): Iterable<RecordOf<K>> => {
      noted(kind);
      const table = tables.get(kind);
      if (!table || table.size === 0) return confirmed.list(kind);
      const shown: VigilRecord[] = [];
      for (const record of confirmed.list(kind)) {
        const versions = table.get(record.id);
        shown.push((versions && seenFrom(versions, position)) ?? record);
      }
      // Behind them what only commands know, in the order in which it was first put.
      const added: Version[][] = [];
      for (const [id, versions] of table) {
        const [first] = versions;
        if (first && first.position < position && !confirmed.get(kind, id)) added.push(versions);
      }
      added.sort(([one], [other]) =>
        one && other ? one.position - other.position || one.index - other.index : Number(!one) - Number(!other),
      );
      for (const versions of added) shown.push(seenFrom(versions, position) as VigilRecord);
      return shown as Iterable<RecordOf<K>>;
    },
  });

  const setVersion = (key: RowKey, position: number, version: Version | undefined): void => {
    const { kind, id } = splitRowKey(key);
    const table = tables.get(kind) ?? new Map<Id, Version[]>();
    const versions = table.get(id) ?? [];
    const place = placeOf(versions, position);
    const replaced = versions[place]?.position === position ? 1 : 0;
    versions.splice(place, replaced, ...(version ? [version] : []));
    if (versions.length > 0) table.set(id, versions);
    else table.delete(id);
    tables.set(kind, table);
  };
  const markBetween = (reading: Reading, after: number, upTo: number, moved: Set<R>): void => {
    const known = readers.get(reading) ?? [];
    for (let place = placeOf(known, after + 1); place < known.length; place += 1) {
      const reader = known[place] as R;
      if (reader.position > upTo) return;
      moved.add(reader);
    }
  };

  const putOne = (key: RowKey, position: number, next: Version | undefined, moved: Set<R>): void => {
    const versions = versionsOf(key);
    const place = placeOf(versions, position);
    const old = versions[place]?.position === position ? versions[place] : undefined;
    if (old && next && isSameRecord(old.record, next.record)) {
      if (old.index === next.index) return;
      setVersion(key, position, { ...next, record: old.record });
    } else {
      const under = versions[place - 1]?.record ?? standing(key);
      const following = versions[old ? place + 1 : place]?.position ?? Number.POSITIVE_INFINITY;
      setVersion(key, position, next);
      if (!isSameRecord(old?.record ?? under, next?.record ?? under)) {
        markBetween(key, position, following, moved);
        markBetween(splitRowKey(key).kind, position, following, moved);
      }
    }
    // Who lists sees what only commands know in the order in which it was put.
    if (old?.index !== next?.index && standing(key) === undefined)
      markBetween(splitRowKey(key).kind, position, Number.POSITIVE_INFINITY, moved);
  };

  const settleOne = (key: RowKey, gone: ReadonlySet<number>, before: VigilRecord | undefined, moved: Set<R>): void => {
    const { kind, id } = splitRowKey(key);
    const now = standing(key);
    const old = versionsOf(key);
    const kept = old.filter(({ position }) => !gone.has(position));
    if (kept.length > 0) tables.get(kind)?.set(id, kept);
    else tables.get(kind)?.delete(id);
    let known: { readonly was: VigilRecord | undefined; readonly is: VigilRecord | undefined; readonly same: boolean } = {
      was: before,
      is: now,
      same: isSameRecord(before, now),
    };
    const reordered = (before === undefined) !== (now === undefined) || (now === undefined && kept.length !== old.length);
    // Behind the first that is kept above all that is gone, everybody sees what they saw.
    const lastGone = old.findLast(({ position }) => gone.has(position))?.position ?? Number.NEGATIVE_INFINITY;
    const upTo = kept.find(({ position }) => position > lastGone)?.position ?? Number.POSITIVE_INFINITY;
    for (const reading of [key, kind]) {
      for (const reader of readers.get(reading) ?? []) {
        if (reader.position > upTo && !(reordered && reading === kind)) break;
        const was = seenFrom(old, reader.position) ?? before;
        const is = seenFrom(kept, reader.position) ?? now;
        if (known.was !== was || known.is !== is) known = { was, is, same: isSameRecord(was, is) };
        if (!known.same || (reordered && reading === kind)) moved.add(reader);
      }
    }
  };

  const read: Layers<R>['read'] = (reader, readings) => {
    for (const reading of reader.readings) {
      const known = readings.has(reading) ? undefined : readers.get(reading);
      if (!known) continue;
      known.splice(placeOf(known, reader.position), 1);
      if (known.length === 0) readers.delete(reading);
    }
    for (const reading of readings) {
      if (reader.readings.has(reading)) continue;
      const known = readers.get(reading) ?? [];
      known.splice(placeOf(known, reader.position), 0, reader);
      readers.set(reading, known);
    }
    reader.readings = readings;
  };

  return {
    top: viewFrom(Number.POSITIVE_INFINITY, () => undefined),
    has: (kind, id) => tables.get(kind)?.has(id) ?? false,
    below: (position, readings) => viewFrom(position, (reading) => void readings.add(reading)),
    read,
    put: (position, before, after, moved) => {
      const versions = new Map(
        after.map((record, index): [RowKey, Version] => [rowKey(record.kind, record.id), { position, index, record }]),
      );
      for (const { kind, id } of before)
        if (!versions.has(rowKey(kind, id))) putOne(rowKey(kind, id), position, undefined, moved);
      for (const [key, version] of versions) putOne(key, position, version, moved);
    },
    settle: (gone, stood, moved) => {
      const positions = new Set(gone.map(({ reader }) => reader.position));
      for (const { reader } of gone) read(reader, new Set());
      for (const [key, before] of stood) settleOne(key, positions, before, moved);
      const rest = new Set(gone.flatMap(({ puts }) => puts.map(({ kind, id }) => rowKey(kind, id))));
      for (const key of rest) if (!stood.has(key)) settleOne(key, positions, standing(key), moved);
    },
    topOf: (key) => versionsOf(key).at(-1)?.record,
  };
};
