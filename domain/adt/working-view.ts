import { type RecordKind, type RecordOf, type RecordView, recordKinds, type VigilRecord } from '../model/record.ts';
import type { Id } from '../model/values.ts';

/** A view in which what a decision has written so far stands already. */
export type WorkingView = {
  readonly view: RecordView;
  readonly put: (record: VigilRecord) => void;
  /** What was written, each record as it stands last. */
  readonly puts: () => readonly VigilRecord[];
};

/** Begins to write over a view, which itself is not changed. */
export const workOver = (under: RecordView): WorkingView => {
  const written = new Map<RecordKind, Map<Id, VigilRecord>>();
  const of = (kind: RecordKind) => written.get(kind);
  function* listed(kind: RecordKind): Iterable<VigilRecord> {
    const changed = of(kind);
    const old = new Set<Id>();
    for (const record of under.list(kind) as Iterable<VigilRecord>) {
      const now = changed?.get(record.id);
      if (now) old.add(record.id);
      yield now ?? record;
    }
    for (const [id, record] of changed ?? []) if (!old.has(id)) yield record;
  }
  return {
    view: {
      get: <K extends RecordKind>(kind: K, id: Id) => (of(kind)?.get(id) ?? under.get(kind, id)) as RecordOf<K> | undefined,
      // Most of what a decision looks through it does not write.
      list: <K extends RecordKind>(kind: K) => (of(kind) ? (listed(kind) as Iterable<RecordOf<K>>) : under.list(kind)),
    },
    put: (record) => {
      const records = of(record.kind) ?? new Map<Id, VigilRecord>();
      records.set(record.id, record);
      written.set(record.kind, records);
    },
    puts: () => recordKinds.flatMap((kind) => [...(of(kind)?.values() ?? [])]),
  };
};
