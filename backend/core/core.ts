/**
 * The authority. One totally ordered log per facility: every writing transaction takes the next `rev`, and what a command
 * did, its settlement and its place in the log are one transaction. A command is known by (stationId, commandId): sent
 * again it changes nothing and gets the settlement it got the first time. Memory and subscribers move only after the
 * store has committed, so nobody ever hears of something that a crash can take back.
 */
import { randomUUID } from 'node:crypto';
import type { Row, Settlement } from '#contracts/wire/down.ts';
import type { SnapshotKey } from '#contracts/wire/up.ts';
import { decide } from '#domain/commands/decide.ts';
import { type Refusal, refuse } from '#domain/commands/definition.ts';
import type { Envelope } from '#domain/commands/envelope.ts';
import type { RecordView, VigilRecord } from '#domain/model/record.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import type { GrantVerifier } from './grants.ts';
import { incidentMonth, incidentNumber } from './incident-number.ts';
import { createMemoryView } from './memory-view.ts';
import type { Store, Tombstone } from './store.ts';

/** One step of the log, or several taken together: everything that changed between `base` and `rev`. */
export type Change = {
  readonly base: number;
  readonly rev: number;
  readonly rows: readonly Row[];
  readonly deletes: readonly Tombstone[];
  readonly settlements: ReadonlyMap<Id, readonly Settlement[]>;
};

export type Core = {
  /** Minted with the database; a restored backup gets a new one. */
  readonly epoch: Id;
  readonly rev: () => number;
  readonly view: RecordView;
  /** Writes records as one transaction; the rev it took, or the present one when there was nothing to write. */
  readonly commit: (puts: readonly VigilRecord[], deletes?: readonly SnapshotKey[]) => number;
  /** Decides a station's command with authority; `repeated` when it had been settled before. Throws what the store throws. */
  readonly apply: (
    stationId: Id,
    envelope: Envelope,
    ageMs: number,
  ) => { readonly settlement: Settlement; readonly repeated: boolean };
  /** What a station at `cursor` has missed; undefined when that is too far back, too much, or ahead of the log. */
  readonly changesSince: (stationId: Id, cursor: number) => Change | undefined;
  /** One page of all records in key order; `next` null at the end. */
  readonly page: (after: SnapshotKey | null) => { readonly rows: readonly Row[]; readonly next: SnapshotKey | null };
  /** Called after each commit, in order; returns the stop. */
  readonly subscribe: (listen: (change: Change) => void) => () => void;
  /** Forgets tombstones after 30 days and settlements after 90; call it now and then. */
  readonly forgetOld: () => void;
};

export type CoreOptions = { readonly store: Store; readonly clock: () => Instant; readonly verifyGrant: GrantVerifier };

const DAY = 86_400_000;
const TOMBSTONE_DAYS = 30;
const SETTLEMENT_DAYS = 90;
const PAGE_ROWS = 500;
/** Beyond this a snapshot in pages costs less than one long poke, and stays below the largest message. */
const MOST_RESUMED_ROWS = 2_000;

/** Opens the authority over a store; a new store gets its epoch. */
export const createCore = ({ store, clock, verifyGrant }: CoreOptions): Core => {
  const epoch = store.meta('epoch') ?? randomUUID();
  if (store.meta('epoch') === undefined) store.transact(() => store.setMeta('epoch', epoch));
  const view = createMemoryView(store.allRows());
  const listeners = new Set<(change: Change) => void>();
  let rev = Number(store.meta('rev') ?? 0);
  let horizon = Number(store.meta('horizon') ?? 0);

  const numbered = (record: VigilRecord): VigilRecord => {
    if (record.kind !== 'incident' || record.number !== null) return record;
    const [facility] = view.list('facility');
    const month = incidentMonth(record.callReceivedAt, facility?.timeZone ?? 'UTC');
    const key = `incidentNumber:${month}`;
    const count = Number(store.meta(key) ?? 0) + 1;
    store.setMeta(key, String(count));
    return { ...record, number: incidentNumber(month, count) };
  };

  const write = (
    puts: readonly VigilRecord[],
    deletes: readonly SnapshotKey[],
    settle?: (at: number) => [Id, Settlement],
  ): Change => {
    const base = rev;
    const next = base + 1;
    const change = store.transact((): Change => {
      const rows = puts.map((record) => ({ rev: next, record: numbered(record) }));
      const tombstones = deletes.map(({ kind, id }) => ({ kind, id, rev: next }));
      const settled = settle?.(next);
      for (const row of rows) store.putRow(row);
      for (const tombstone of tombstones) store.bury(tombstone, clock());
      if (settled) store.putSettlement(...settled, clock());
      store.setMeta('rev', String(next));
      return { base, rev: next, rows, deletes: tombstones, settlements: new Map(settled ? [[settled[0], [settled[1]]]] : []) };
    });
    rev = next;
    for (const row of change.rows) view.put(row);
    for (const tombstone of change.deletes) view.remove(tombstone);
    for (const listen of listeners) listen(change);
    return change;
  };

  const decision = (envelope: Envelope, ageMs: number): readonly VigilRecord[] | Refusal => {
    if (ageMs > SETTLEMENT_DAYS * DAY) return refuse('tooOld', 'This is older than what the hospital remembers. Decide again.');
    const grant = verifyGrant(envelope.grant);
    if (!grant) return refuse('grantInvalid', 'The hospital did not sign this sign-in. Sign in again.');
    try {
      const decided = decide(view, envelope, grant, ageMs);
      return decided.ok ? decided.puts : decided.refusal;
    } catch {
      // A command that breaks its own decision must not block those behind it.
      return refuse('malformed', 'This could not be decided and was not done.');
    }
  };

  return {
    epoch,
    rev: () => rev,
    view,
    commit: (puts, deletes = []) => (puts.length + deletes.length === 0 ? rev : write(puts, deletes).rev),
    apply: (stationId, envelope, ageMs) => {
      const before = store.settlement(stationId, envelope.commandId);
      if (before) return { settlement: before, repeated: true };
      const decided = decision(envelope, ageMs);
      const refused = 'code' in decided;
      const outcome: Settlement['outcome'] = refused
        ? { status: 'refused', code: decided.code, message: decided.message.slice(0, 500) }
        : { status: 'applied' };
      const settle = (at: number): [Id, Settlement] => [stationId, { commandId: envelope.commandId, rev: at, outcome }];
      const { settlements } = write(refused ? [] : decided, [], settle);
      return { settlement: settlements.get(stationId)?.[0] as Settlement, repeated: false };
    },
    changesSince: (stationId, cursor) => {
      if (cursor > rev || cursor < horizon) return undefined;
      const rows = store.rowsAfter(cursor, MOST_RESUMED_ROWS + 1);
      if (rows.length > MOST_RESUMED_ROWS) return undefined;
      const settlements = new Map([[stationId, store.settlementsAfter(stationId, cursor)]]);
      return { base: cursor, rev, rows, deletes: store.tombstonesAfter(cursor), settlements };
    },
    page: (after) => {
      const rows = store.rowsInKeyOrder(after, PAGE_ROWS + 1);
      const kept = rows.slice(0, PAGE_ROWS);
      const last = kept.at(-1);
      return { rows: kept, next: rows.length > PAGE_ROWS && last ? { kind: last.record.kind, id: last.record.id } : null };
    },
    subscribe: (listen) => {
      listeners.add(listen);
      return () => void listeners.delete(listen);
    },
    forgetOld: () => {
      const now = clock();
      const highest = store.transact(() => {
        const forgotten = store.forget(now - TOMBSTONE_DAYS * DAY, now - SETTLEMENT_DAYS * DAY);
        if (forgotten > horizon) store.setMeta('horizon', String(forgotten));
        return forgotten;
      });
      horizon = Math.max(horizon, highest);
    },
  };
};
