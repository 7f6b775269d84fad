import type { Bed } from '#domain/model/bed.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import {
  bedHeldFor,
  compareInbound,
  etaOf,
  type Inbound,
  type InboundEta,
  inboundTo,
  isOurs,
  suggestedBay,
} from '#domain/rules/inbound.ts';
import { type ReceivedFix, type RecordTables, recordsOf, viewOf } from '../../state/store.ts';

/** One crew on the way to this department, with its clock and what is ready for it. */
export type InboundRow = {
  readonly inbound: Inbound;
  readonly eta: InboundEta;
  /** This desk holds unsettled changes of its mission or of its bed. */
  readonly pending: boolean;
  /** The bed held for its patient. */
  readonly held: Bed | undefined;
  /** The bay to hold for a red pre-alert for which none is held: null when none is free, undefined when none is asked for. */
  readonly bay: Bed | null | undefined;
};

/** Crews on the way here at `now`: red ones first, then the next to come. */
export const inboundRows = (
  tables: RecordTables,
  positions: ReadonlyMap<Id, ReceivedFix>,
  now: Instant,
  /** Arrivals by road of those of whom none was reported, by mission. */
  estimates: ReadonlyMap<Id, Instant>,
): readonly InboundRow[] => {
  const coming = inboundTo(viewOf(tables), isOurs);
  if (coming.length === 0) return [];
  const beds = recordsOf(tables, 'bed');
  const bay = suggestedBay(recordsOf(tables, 'area'), beds, now) ?? null;
  return coming
    .map((inbound): InboundRow => {
      const { assignment, unit } = inbound;
      const held = bedHeldFor(beds, assignment.id, now);
      const isPending =
        tables.assignment.get(assignment.id)?.pending === true || (held && tables.bed.get(held.id)?.pending === true);
      return {
        inbound,
        eta: etaOf(inbound, now, positions.get(unit.id), estimates.get(assignment.id)),
        pending: isPending === true,
        held,
        bay: held || assignment.prealert?.urgency !== 'red' ? undefined : bay,
      };
    })
    .toSorted(compareInbound);
};

/** The row after the one that is looked at, round and round; null without any. */
export const nextRow = (rows: readonly InboundRow[], id: Id | null): Id | null => {
  const at = rows.findIndex(({ inbound }) => inbound.assignment.id === id);
  return rows[(at + 1) % Math.max(1, rows.length)]?.inbound.assignment.id ?? null;
};
