import { type RecordKind, type RecordOf, type RecordView, recordKinds, type VigilRecord } from '../model/record.ts';
import type { Id } from '../model/values.ts';

/** A view over records held in memory, in the order given; a later record of the same kind and id replaces an earlier one. */
export const createView = (records: Iterable<VigilRecord>): RecordView => {
  const tables = new Map<RecordKind, Map<Id, VigilRecord>>(recordKinds.map((kind) => [kind, new Map()]));
  for (const record of records) tables.get(record.kind)?.set(record.id, record);
  return {
    get: <K extends RecordKind>(kind: K, id: Id) => tables.get(kind)?.get(id) as RecordOf<K> | undefined,
    list: <K extends RecordKind>(kind: K) => (tables.get(kind)?.values() ?? []) as Iterable<RecordOf<K>>,
  };
};

/** All records of a view, kind by kind. */
export const recordsOf = (view: RecordView): readonly VigilRecord[] =>
  recordKinds.flatMap((kind): VigilRecord[] => [...view.list(kind)]);

/** The view after some records were put. */
export const viewWith = (view: RecordView, puts: readonly VigilRecord[]): RecordView => createView([...recordsOf(view), ...puts]);
