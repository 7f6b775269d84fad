import { commandNamed, decide } from '#domain/commands/decide.ts';
import { type Refusal, refuse } from '#domain/commands/definition.ts';
import type { RecordKind, RecordOf, RecordView, VigilRecord } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { type RowKey, rowKey, splitRowKey } from '../sync/rows.ts';
import type { Outbox } from './outbox.ts';

/** What the desk shows: confirmed rows with its unsettled commands decided on top, in the order in which they were made. */
export type Overlay = {
  readonly view: RecordView;
  readonly isPending: (kind: RecordKind, id: Id) => boolean;
  /** Unsettled commands that cannot be applied as things stand, and why. They stay in the outbox: the backend decides. */
  readonly blocked: () => ReadonlyMap<Id, Refusal>;
  /** Whether an unsettled command has become too old since it was last decided. */
  readonly hasExpired: () => boolean;
  /** Puts what one more command decided on top; the keys that show something else now. */
  readonly append: (puts: readonly VigilRecord[]) => ReadonlySet<RowKey>;
  /** Decides every unsettled command again; `changed` are confirmed keys that moved. Returns all keys that show something else now. */
  readonly redecide: (changed: ReadonlySet<RowKey>) => ReadonlySet<RowKey>;
};

export type Layer = ReadonlyMap<RecordKind, ReadonlyMap<Id, VigilRecord>>;

/** Rows with those of a layer in their place. */
export const viewOver = (confirmed: RecordView, layer: () => Layer): RecordView => ({
  get: <K extends RecordKind>(kind: K, id: Id) =>
    (layer().get(kind)?.get(id) as RecordOf<K> | undefined) ?? confirmed.get(kind, id),
  list: <K extends RecordKind>(kind: K): Iterable<RecordOf<K>> => {
    const above = layer().get(kind) as ReadonlyMap<Id, RecordOf<K>> | undefined;
    if (!above || above.size === 0) return confirmed.list(kind);
    const shown: RecordOf<K>[] = [];
    for (const record of confirmed.list(kind)) shown.push(above.get(record.id) ?? record);
    for (const record of above.values()) if (!confirmed.get(kind, record.id)) shown.push(record);
    return shown;
  },
});

const addTo = (layer: Map<RecordKind, Map<Id, VigilRecord>>, records: readonly VigilRecord[]): void => {
  for (const record of records) {
    const table = layer.get(record.kind) ?? new Map<Id, VigilRecord>();
    table.set(record.id, record);
    layer.set(record.kind, table);
  }
};

const keysOf = function* (layer: Layer): Iterable<RowKey> {
  for (const [kind, table] of layer) for (const id of table.keys()) yield rowKey(kind, id);
};

/** Makes the overlay and decides what the outbox holds. */
export const createOverlay = (confirmed: RecordView, outbox: Outbox): Overlay => {
  let layer = new Map<RecordKind, Map<Id, VigilRecord>>();
  let blocked = new Map<Id, Refusal>();
  const view = viewOver(confirmed, () => layer);
  const recompute = (): void => {
    const next = new Map<RecordKind, Map<Id, VigilRecord>>();
    const impossible = new Map<Id, Refusal>();
    const below = viewOver(confirmed, () => next);
    for (const command of outbox.list()) {
      const { envelope, grant } = command;
      const { commandId } = envelope;
      if (!grant) {
        impossible.set(commandId, refuse('grantInvalid', 'The sign-in of who made this cannot be read.'));
        continue;
      }
      try {
        const decision = decide(below, envelope, grant, outbox.isAgeSure(command) ? outbox.age(command) : 0);
        if (decision.ok) addTo(next, decision.puts);
        else impossible.set(commandId, decision.refusal);
      } catch {
        // One that breaks its own decision must not end the desk at each start. The backend will judge it.
        impossible.set(commandId, refuse('malformed', 'This could not be decided here.'));
      }
    }
    layer = next;
    blocked = impossible;
  };
  recompute();
  return {
    view,
    isPending: (kind, id) => layer.get(kind)?.has(id) ?? false,
    blocked: () => blocked,
    hasExpired: () =>
      outbox.list().some((command) => {
        const { commandId, name } = command.envelope;
        const offline = commandNamed(name)?.offline;
        if (offline?.whenOffline !== 'queue' || offline.expiresAfter === null) return false;
        return outbox.isAgeSure(command) && outbox.age(command) > offline.expiresAfter && !blocked.has(commandId);
      }),
    append: (puts) => {
      addTo(layer, puts);
      return new Set(puts.map(({ kind, id }) => rowKey(kind, id)));
    },
    redecide: (changed) => {
      const before = layer;
      if (before.size === 0 && outbox.list().length === 0) return changed;
      recompute();
      const moved = new Set(changed);
      for (const keys of [keysOf(before), keysOf(layer)]) {
        for (const key of keys) {
          const { kind, id } = splitRowKey(key);
          const [old, now] = [before.get(kind)?.get(id), layer.get(kind)?.get(id)];
          if (JSON.stringify(old) !== JSON.stringify(now)) moved.add(key);
        }
      }
      return moved;
    },
  };
};
