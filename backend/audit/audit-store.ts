import type { AuditHead, AuditRow } from '#domain/model/audit.ts';
import type { Id, Instant } from '#domain/model/values.ts';

/** The head of a station's trail as it was last shown to the hospital, and since when it is known to have gone back. */
export type StationAnchor = AuditHead & { readonly stationId: Id; readonly at: Instant; readonly brokenAt: Instant | null };

/** The part of the store that holds the audit trail; writes stand inside the store's `transact`. */
export type AuditStore = {
  readonly head: () => AuditHead | null;
  readonly append: (row: AuditRow) => void;
  /** The whole trail in order, row by row. */
  readonly rows: () => Iterable<AuditRow>;
  readonly anchor: (stationId: Id) => StationAnchor | undefined;
  readonly keepAnchor: (anchor: StationAnchor) => void;
  readonly anchors: () => readonly StationAnchor[];
};
