import type { Row } from '#contracts/wire/down.ts';
import type { SnapshotKey } from '#contracts/wire/up.ts';
import { type RecordKind, type RecordOf, type RecordView, recordKinds } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';

export type MemoryView = RecordView & {
  readonly put: (row: Row) => void;
  readonly remove: (key: SnapshotKey) => void;
};

/** Every current record in memory, so that a decision never waits on the disk. */
export const createMemoryView = (rows: Iterable<Row>): MemoryView => {
  const byKind = new Map(recordKinds.map((kind) => [kind, new Map<Id, Row['record']>()]));
  const of = (kind: RecordKind) => byKind.get(kind) as Map<Id, Row['record']>;
  const put = ({ record }: Row) => void of(record.kind).set(record.id, record);
  for (const row of rows) put(row);
  return {
    put,
    remove: ({ kind, id }) => void of(kind).delete(id),
    get: <K extends RecordKind>(kind: K, id: Id) => of(kind).get(id) as RecordOf<K> | undefined,
    list: <K extends RecordKind>(kind: K) => of(kind).values() as Iterable<RecordOf<K>>,
  };
};
