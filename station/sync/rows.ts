import { addChecksum, type Checksum, emptyChecksum, rowChecksum, subtractChecksum } from '#contracts/wire/checksum.ts';
import { type RecordKind, type RecordOf, type RecordView, recordKinds, type VigilRecord } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';

/** `kind/id`: names a row in sets of changes. */
export type RowKey = `${RecordKind}/${Id}`;
export const rowKey = (kind: RecordKind, id: Id): RowKey => `${kind}/${id}`;
export const splitRowKey = (key: RowKey): { readonly kind: RecordKind; readonly id: Id } => {
  const slash = key.indexOf('/');
  return { kind: key.slice(0, slash) as RecordKind, id: key.slice(slash + 1) };
};

/** A row of the copy: which snapshot named it (null: none that runs), and what it adds to the checksum. */
export type HeldRow = {
  readonly rev: number;
  readonly record: VigilRecord;
  readonly namedBy: Id | null;
  readonly sum: Checksum;
};

/** A row as it is held, with its checksum. */
export const holdRow = (row: { readonly rev: number; readonly record: VigilRecord }, namedBy: Id | null): HeldRow => ({
  rev: row.rev,
  record: row.record,
  namedBy,
  sum: rowChecksum(row),
});

/** The rows that were changed from what `held` says, which stays as it is until `settle`. */
export type RowChanges = {
  readonly held: (key: RowKey) => HeldRow | undefined;
  readonly set: (key: RowKey, row: HeldRow | undefined) => void;
  readonly changed: () => ReadonlyMap<RowKey, HeldRow | undefined>;
  /** Every key that is or was held. */
  readonly keys: () => Iterable<RowKey>;
  readonly sum: () => Checksum;
};

/** Confirmed rows in memory. */
export type ConfirmedRows = RecordView & {
  readonly sum: () => Checksum;
  readonly size: () => number;
  /** Collects changes on top. */
  readonly change: () => RowChanges;
  /** Makes collected changes the rows; returns what stood in the place of each before. */
  readonly settle: (changes: RowChanges) => ReadonlyMap<RowKey, VigilRecord | undefined>;
};

/** Holds these rows. */
export const createConfirmedRows = (stored: Iterable<HeldRow>): ConfirmedRows => {
  const rows = new Map<RowKey, HeldRow>();
  const tables = new Map(recordKinds.map((kind) => [kind, new Map<Id, VigilRecord>()]));
  const table = (kind: RecordKind): Map<Id, VigilRecord> => tables.get(kind) as Map<Id, VigilRecord>;
  let sum = emptyChecksum;
  for (const row of stored) {
    rows.set(rowKey(row.record.kind, row.record.id), row);
    table(row.record.kind).set(row.record.id, row.record);
    sum = addChecksum(sum, row.sum);
  }
  return {
    sum: () => sum,
    size: () => rows.size,
    change: () => {
      const changed = new Map<RowKey, HeldRow | undefined>();
      let changedSum = sum;
      const held = (key: RowKey): HeldRow | undefined => changed.get(key) ?? (changed.has(key) ? undefined : rows.get(key));
      return {
        held,
        set: (key, row) => {
          const before = held(key);
          if (before) changedSum = subtractChecksum(changedSum, before.sum);
          if (row) changedSum = addChecksum(changedSum, row.sum);
          changed.set(key, row);
        },
        changed: () => changed,
        keys: () => new Set([...rows.keys(), ...changed.keys()]),
        sum: () => changedSum,
      };
    },
    settle: (changes) => {
      const stood = new Map<RowKey, VigilRecord | undefined>();
      for (const [key, row] of changes.changed()) {
        stood.set(key, rows.get(key)?.record);
        if (row) {
          rows.set(key, row);
          table(row.record.kind).set(row.record.id, row.record);
        } else {
          rows.delete(key);
          const { kind, id } = splitRowKey(key);
          table(kind).delete(id);
        }
      }
      sum = changes.sum();
      return stood;
    },
    // A table holds one kind only, which the map of maps cannot say.
    get: <K extends RecordKind>(kind: K, id: Id) => table(kind).get(id) as RecordOf<K> | undefined,
    list: <K extends RecordKind>(kind: K) => table(kind).values() as Iterable<RecordOf<K>>,
  };
};
