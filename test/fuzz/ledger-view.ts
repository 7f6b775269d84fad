import { type RecordKind, type RecordOf, type RecordView, recordKinds, type VigilRecord } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';

/** Records in memory as the checks keep them, apart from every view of the code under test. */
export type LedgerView = RecordView & {
  readonly put: (record: VigilRecord) => void;
  readonly remove: (kind: RecordKind, id: Id) => void;
};

export const createLedgerView = (): LedgerView => {
  const tables = new Map<RecordKind, Map<Id, VigilRecord>>(recordKinds.map((kind) => [kind, new Map()]));
  return {
    put: (record) => void tables.get(record.kind)?.set(record.id, record),
    remove: (kind, id) => void tables.get(kind)?.delete(id),
    get: <K extends RecordKind>(kind: K, id: Id) => tables.get(kind)?.get(id) as RecordOf<K> | undefined,
    list: <K extends RecordKind>(kind: K) => (tables.get(kind)?.values() ?? []) as Iterable<RecordOf<K>>,
  };
};
