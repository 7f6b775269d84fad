import { type RecordKind, type RecordOf, type RecordView, recordKinds, type VigilRecord } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';

/** `kind/id`: names a row in sets of changes. */
export type RowKey = `${RecordKind}/${Id}`;
export const rowKey = (kind: RecordKind, id: Id): RowKey => `${kind}/${id}`;
export const splitRowKey = (key: RowKey): { readonly kind: RecordKind; readonly id: Id } => {
  const slash = key.indexOf('/');
  return { kind: key.slice(0, slash) as RecordKind, id: key.slice(slash + 1) };
};

/** Confirmed rows in memory. */
export type ConfirmedRows = RecordView & {
  readonly put: (record: VigilRecord) => void;
  readonly remove: (kind: RecordKind, id: Id) => void;
};

export const createConfirmedRows = (records: Iterable<VigilRecord>): ConfirmedRows => {
  const tables = new Map(recordKinds.map((kind) => [kind, new Map<Id, VigilRecord>()]));
  const table = (kind: RecordKind): Map<Id, VigilRecord> => tables.get(kind) as Map<Id, VigilRecord>;
  const put = (record: VigilRecord): void => void table(record.kind).set(record.id, record);
  for (const record of records) put(record);
  return {
    put,
    remove: (kind, id) => void table(kind).delete(id),
    // A table holds one kind only, which the map of maps cannot say.
    get: <K extends RecordKind>(kind: K, id: Id) => table(kind).get(id) as RecordOf<K> | undefined,
    list: <K extends RecordKind>(kind: K) => table(kind).values() as Iterable<RecordOf<K>>,
  };
};
