/**
 * Alarms that the backend has told ahead of the log, because the poke that will bring them is held back or long. They are shown
 * at once and kept nowhere: the log brings them again, and from then on the copy alone says what they are. A row of the copy
 * that moves after one was told is at least as new, since both come in order; another epoch knows nothing of them.
 */
import type { Alarms } from '#contracts/wire/down.ts';
import type { RecordKind, RecordView, VigilRecord } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { type Layer, viewOver } from '../outbox/overlay.ts';
import type { Replica } from './replica.ts';
import { type RowKey, rowKey } from './rows.ts';

export type Ahead = {
  /** The copy with what was told ahead of it. */
  readonly view: RecordView;
  /** Takes what was told; the keys that show something else now. */
  readonly take: (rows: Alarms['rows']) => ReadonlySet<RowKey>;
  /** The copy has moved in these keys; all keys that show something else now. */
  readonly committed: (changed: ReadonlySet<RowKey>) => ReadonlySet<RowKey>;
};

/** Nothing is ahead of the copy yet. */
export const createAhead = (copy: Pick<Replica, 'rows' | 'position'>): Ahead => {
  const alarms = new Map<Id, VigilRecord>();
  const revs = new Map<Id, number>();
  const layer: Layer = new Map<RecordKind, ReadonlyMap<Id, VigilRecord>>([['alarm', alarms]]);
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
    view: viewOver(copy.rows, () => layer),
    take: (rows) => {
      const moved = new Set<RowKey>();
      for (const { rev, record } of rows) {
        if (holds(rev) || (revs.get(record.id) ?? 0) >= rev) continue;
        alarms.set(record.id, record);
        revs.set(record.id, rev);
        moved.add(rowKey('alarm', record.id));
      }
      return moved;
    },
    committed: (changed) => {
      if (revs.size === 0) {
        ({ epoch } = copy.position());
        return changed;
      }
      const moved = new Set(changed);
      const otherHistory = epoch !== copy.position().epoch;
      ({ epoch } = copy.position());
      for (const [id, rev] of [...revs]) {
        const key = rowKey('alarm', id);
        if (!otherHistory && !changed.has(key) && !holds(rev)) continue;
        forget(id);
        moved.add(key);
      }
      return moved;
    },
  };
};
