/** History as a desk would have kept it, out of plain lists: for tests and for looking. */
import type { ReplayAt, ReplayChange, ReplayFix, ReplayFixes, ReplayPart, ReplaySpan } from '#contracts/ipc/replay.ts';
import { unnamedSource } from '#contracts/ipc/replay.ts';
import type { VigilRecord } from '#domain/model/record.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import type { ReplaySource } from '../replay-player.ts';

type Recording = Extract<ReplaySpan, { readonly state: 'found' }>;
/** Changes and fixes are in the order of time. */
export type InventedHistory = Pick<Recording, 'gaps' | 'marks'> & {
  readonly from: Instant;
  readonly to: Instant;
  readonly changes: readonly ReplayChange[];
  readonly fixes: readonly ReplayFix[];
};

const columnsOf = (fixes: readonly ReplayFix[]): ReplayFixes => {
  const units = [...new Set(fixes.map(({ unitId }) => unitId))];
  const sources = [...new Set(fixes.flatMap(({ source }) => (source === undefined ? [] : [source])))];
  const placeOf = new Map(units.map((id, index) => [id, index]));
  const wide = (read: (fix: ReplayFix) => number): ReplayFixes['at'] => Float64Array.from(fixes, read);
  const narrow = (read: (fix: ReplayFix) => number | null | undefined): ReplayFixes['speed'] =>
    Float32Array.from(fixes, (fix) => read(fix) ?? Number.NaN);
  return {
    units,
    sources,
    unit: Uint16Array.from(fixes, ({ unitId }) => placeOf.get(unitId) ?? 0),
    source: Uint16Array.from(fixes, ({ source }) => (source === undefined ? unnamedSource : sources.indexOf(source))),
    at: wide(({ at }) => at),
    longitude: wide(({ position }) => position[0]),
    latitude: wide(({ position }) => position[1]),
    observedAt: wide(({ observedAt }) => observedAt),
    receivedAt: wide(({ receivedAt }) => receivedAt),
    heading: narrow(({ heading }) => heading),
    speed: narrow(({ speed }) => speed),
    accuracy: narrow(({ accuracy }) => accuracy),
    skewMs: narrow(({ skewMs }) => skewMs),
  };
};

/** Where the last gap before a moment ended, or where the record begins: nothing from before it is known any more. */
const beginOf = ({ gaps, from }: InventedHistory, at: Instant): Instant =>
  Math.max(from, ...gaps.filter(({ to }) => to <= at).map(({ to }) => to));

/** What was known at a moment. */
export const answerAt = (history: InventedHistory, at: Instant): Extract<ReplayAt, { readonly state: 'found' }> => {
  const isKnown = !history.gaps.some(({ from, to }) => at > from && at < to) && at >= history.from && at <= history.to;
  const begin = beginOf(history, at);
  const isThen = (one: { readonly at: Instant }): boolean => isKnown && one.at >= begin && one.at <= at;
  const rows = new Map<Id, VigilRecord>();
  for (const change of history.changes.filter(isThen)) {
    if ('record' in change) rows.set(change.record.id, change.record);
    else rows.delete(change.removed.id);
  }
  const newest = new Map(history.fixes.filter(isThen).map((fix) => [fix.unitId, fix]));
  return {
    state: 'found',
    at,
    recorded: isKnown,
    records: [JSON.stringify([...rows.values()])],
    fixes: columnsOf([...newest.values()]),
  };
};

/** What changed after a moment up to another, or to the next gap. */
export const answerPart = (
  history: InventedHistory,
  from: Instant,
  wanted: Instant,
): Extract<ReplayPart, { readonly state: 'found' }> => {
  const gap = history.gaps.find((each) => each.to > from);
  const to = Math.max(from, Math.min(wanted, history.to, gap?.from ?? wanted));
  const isThen = ({ at }: { readonly at: Instant }): boolean => at > from && at <= to;
  return {
    state: 'found',
    from,
    to,
    changes: [JSON.stringify(history.changes.filter(isThen))],
    fixes: columnsOf(history.fixes.filter(isThen)),
  };
};

/** The same as a desk that answers at once. */
export const sourceOf = (history: InventedHistory): ReplaySource => ({
  span: async () => ({ state: 'found', from: history.from, to: history.to, gaps: history.gaps, marks: history.marks }),
  at: async (at) => answerAt(history, at),
  part: async (from, to) => answerPart(history, from, to),
});
