import type { Row, Settlement } from '#contracts/wire/down.ts';
import type { DivergedReport, SnapshotKey } from '#contracts/wire/up.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import type { MessageStore } from '../adt/message-store.ts';
import type { AuditStore } from '../audit/audit-store.ts';

/** A record that is gone: kept until the horizon so that a station which was away hears of it. */
export type Tombstone = SnapshotKey & { readonly rev: number };

/** A copy that was not what it should have been. */
export type Divergence = DivergedReport & { readonly stationId: Id; readonly at: Instant };

/**
 * Where the backend's truth lies. Everything is synchronous and durable when it returns; writes stand inside
 * `transact`, which commits all of them or none.
 */
export type Store = {
  readonly transact: <T>(write: () => T) => T;
  readonly meta: (key: string) => string | undefined;
  readonly setMeta: (key: string, value: string) => void;
  readonly putRow: (row: Row) => void;
  readonly bury: (tombstone: Tombstone, at: Instant) => void;
  readonly putSettlement: (stationId: Id, settlement: Settlement, at: Instant) => void;
  readonly settlement: (stationId: Id, commandId: Id) => Settlement | undefined;
  readonly allRows: () => Iterable<Row>;
  readonly tombstonesAfter: (rev: number) => readonly Tombstone[];
  readonly settlementsAfter: (stationId: Id, rev: number) => readonly Settlement[];
  /**
   * Rows in key order (kind, then id, by code unit) after a key: at least one while there is one, at most `limit`, and none
   * after that with which their JSON has `characters` or more.
   */
  readonly rowsInKeyOrder: (after: SnapshotKey | null, limit: number, characters: number) => readonly Row[];
  readonly putDivergence: (stationId: Id, report: DivergedReport, at: Instant) => void;
  /** What stations said of copies that differed, newest first. */
  readonly divergences: (limit: number) => readonly Divergence[];
  /** Forgets tombstones, and settlements and divergences, older than these moments; the highest forgotten tombstone's rev, or 0. */
  readonly forget: (tombstonesBefore: Instant, settlementsBefore: Instant) => number;
  readonly audit: AuditStore;
  /** What came from, and goes to, the hospital's patient administration. */
  readonly messages: MessageStore;
  /** Keeps a record that leaves the desks, for ever; it is buried beside. */
  readonly archive: (row: Row, at: Instant) => void;
  readonly isArchived: (id: Id) => boolean;
  /** A grant or a person, by id, that may act no more, for ever. */
  readonly putWithdrawal: (id: Id, at: Instant) => void;
  readonly isWithdrawn: (id: Id) => boolean;
  readonly close: () => void;
};
