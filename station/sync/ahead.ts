/**
 * Alarms that the backend has told ahead of the log, because the poke that will bring them is held back or long. They are shown
 * at once and kept nowhere: the log brings them again, and from then on the copy alone says what they are. A row of the copy
 * that moves after one was told is at least as new, since both come in order; another epoch knows nothing of them.
 */
import type { Alarms } from '#contracts/wire/down.ts';
import type { RecordKind, RecordOf, RecordView, VigilRecord } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import type { Replica } from './replica.ts';
import { type RowKey, rowKey } from './rows.ts';

export type Ahead = {
  /** The copy with what was told ahead of it. */
  readonly view: RecordView;
  /** Takes what was told; the keys that show something else now, with what they showed before. */
  readonly take: (rows: Alarms['rows']) => ReadonlyMap<RowKey, VigilRecord | undefined>;
  /** The copy has moved in these keys, where this stood before; all keys that show something else now, with what they showed before. */
  readonly committed: (changed: ReadonlyMap<RowKey, VigilRecord | undefined>) => ReadonlyMap<RowKey, VigilRecord | undefined>;
};

/** The copy with alarms in the place of its own, and behind them those that it does not know. */
const withAlarms = (copy: RecordView, alarms: ReadonlyMap<Id, VigilRecord>): RecordView => ({
  get: <K extends RecordKind>(kind: K, id: Id) =>
    ((kind === 'alarm' ? alarms.get(id) : undefined) as RecordOf<K> | undefined) ?? copy.get(kind, id),
  list: <K extends RecordKind>(kind: K): Iterable<RecordOf<K>> => {
    if (kind !== 'alarm' || alarms.size === 0) return copy.list(kind);
    const shown: VigilRecord[] = [];
    for (const record of copy.list(kind)) shown.push(alarms.get(record.id) ?? record);
    for (const record of alarms.values()) if (!copy.get(kind, record.id)) shown.push(record);
    return shown as Iterable<RecordOf<K>>;
  },
});

/** Nothing is ahead of the copy yet. */
export const createAhead = (copy: Pick<Replica, 'rows' | 'position'>): Ahead => {
  const alarms = new Map<Id, VigilRecord>();
  const revs = new Map<Id, number>();
  const view = withAlarms(copy.rows, alarms);
  let { epoch } = copy.position();
  const holds = (rev: number): boolean => {
    const { cursor, snapshot } = copy.position();
    return snapshot === null && cursor !== null && cursor >= rev;
  };
  const forget = (id: Id): void => {
    alarms.delete(id);
    revs.delete(id);
  };
  return {
    view,
    take: (rows) => {
      const moved = new Map<RowKey, VigilRecord | undefined>();
      for (const { rev, record } of rows) {
        if (holds(rev) || (revs.get(record.id) ?? 0) >= rev) continue;
        const key = rowKey('alarm', record.id);
        if (!moved.has(key)) moved.set(key, view.get('alarm', record.id));
        alarms.set(record.id, record);
        revs.set(record.id, rev);
      }
      return moved;
    },
    committed: (changed) => {
      if (revs.size === 0) {
        ({ epoch } = copy.position());
        return changed;
      }
      const moved = new Map(changed);
      const otherHistory = epoch !== copy.position().epoch;
      ({ epoch } = copy.position());
      for (const [id, rev] of [...revs]) {
        const key = rowKey('alarm', id);
        if (!otherHistory && !changed.has(key) && !holds(rev)) continue;
        moved.set(key, alarms.get(id));
        forget(id);
      }
      return moved;
    },
  };
};
