/**
 * Where all reports about units meet: the hospital's memory of who said what, and the one place that decides what a desk is
 * shown. It keeps nothing on disk; after a restart every source speaks for itself again. The order in which reports came is the
 * hospital's own: when its wall clock is set back, what came before is dated by the clock as it stands now.
 */
import type { RecordView } from '#domain/model/record.ts';
import type { UnitFix } from '#domain/model/telemetry.ts';
import type { Unit } from '#domain/model/unit.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import {
  bestSighting,
  nextFix,
  nowhere,
  type PositionSource,
  type Sighting,
  setBack,
  sourcesOf,
  takeSighting,
  type UnitPositions,
  type UnusedReason,
} from '#domain/rules/position-fusion.ts';

/** What a source says of a unit, before the hospital notes when it came. */
export type Report = Omit<Sighting, 'receivedAt'>;
export type Taken = { readonly fix: UnitFix | null; readonly unused: UnusedReason | 'noSuchUnit' | null };

/** A unit that something real reports on, for those who look after the sources. */
export type UnitSources = {
  readonly callsign: string;
  readonly shown: string | null;
  readonly sources: readonly {
    readonly name: string;
    readonly priority: number;
    readonly state: string;
    readonly observedAt: Instant;
    readonly receivedAt: Instant;
    /** milliseconds by which its clock ran ahead (above 0) or its report was on its way */
    readonly clockAheadMs: number;
    readonly unused: Readonly<Partial<Record<UnusedReason, number>>>;
  }[];
};

export type PositionHub = {
  readonly take: (unitId: Id, report: Report) => Taken;
  /** Units of which another source has become the best one without a new report, as it does when one falls silent. */
  readonly sweep: () => readonly UnitFix[];
  readonly unitCalled: (callsign: string) => Unit | undefined;
  readonly sources: () => readonly UnitSources[];
};

/** A wall clock that is corrected by less than this, milliseconds, freezes nothing for longer. */
const STEP_MS = 100;

/** An empty hub over the hospital's units. `monotonicNow` never goes back: it shows when the wall clock did. */
export const createPositionHub = (view: RecordView, wallClock: () => Instant, monotonicNow: () => number): PositionHub => {
  const units = new Map<Id, UnitPositions>();
  let read: { readonly wall: Instant; readonly monotonic: number } | null = null;
  const clock = (): Instant => {
    const [wall, monotonic] = [wallClock(), monotonicNow()];
    const by = read === null ? 0 : read.wall + Math.round(monotonic - read.monotonic) - wall;
    if (by > STEP_MS) for (const [unitId, known] of units) units.set(unitId, setBack(known, by));
    read = { wall, monotonic };
    return wall;
  };
  const unused = new Map<string, Partial<Record<UnusedReason, number>>>();
  const ids = new Map<string, Id>();

  const count = (unitId: Id, source: PositionSource, reason: UnusedReason): void => {
    const key = `${unitId} ${source.name}`;
    const counts = unused.get(key) ?? {};
    counts[reason] = (counts[reason] ?? 0) + 1;
    unused.set(key, counts);
  };

  const show = (unitId: Id, known: UnitPositions, now: Instant): UnitFix | null => {
    const next = nextFix(known, unitId, now);
    units.set(unitId, next?.known ?? known);
    return next?.fix ?? null;
  };

  return {
    take: (unitId, report) => {
      const unit = view.get('unit', unitId);
      if (!unit) return { fix: null, unused: 'noSuchUnit' };
      const now = clock();
      const taken = takeSighting(units.get(unitId) ?? nowhere, { ...report, receivedAt: now }, unit.type);
      if (taken.unused) count(unitId, report.source, taken.unused);
      return { fix: show(unitId, taken.known, now), unused: taken.unused };
    },
    sweep: () => {
      const now = clock();
      const fixes: UnitFix[] = [];
      for (const [unitId, known] of units) {
        if (!view.get('unit', unitId)) {
          units.delete(unitId);
          continue;
        }
        if (known.tracks.size < 2) continue;
        const fix = show(unitId, known, now);
        if (fix) fixes.push(fix);
      }
      return fixes;
    },
    unitCalled: (callsign) => {
      const known = view.get('unit', ids.get(callsign) ?? '');
      if (known?.callsign === callsign) return known;
      for (const unit of view.list('unit')) {
        if (unit.callsign !== callsign) continue;
        ids.set(callsign, unit.id);
        return unit;
      }
      return undefined;
    },
    sources: () => {
      const now = clock();
      const rows: UnitSources[] = [];
      for (const [unitId, known] of units) {
        const unit = view.get('unit', unitId);
        const sources = sourcesOf(known, now);
        if (!unit || sources.every(({ source }) => source.invented)) continue;
        rows.push({
          callsign: unit.callsign,
          shown: bestSighting(known, now)?.source.name ?? null,
          sources: sources.map(({ source, last, state }) => ({
            name: source.name,
            priority: source.priority,
            state,
            observedAt: Math.min(last.claimedAt, last.receivedAt),
            receivedAt: last.receivedAt,
            clockAheadMs: last.claimedAt - last.receivedAt,
            unused: unused.get(`${unitId} ${source.name}`) ?? {},
          })),
        });
      }
      return rows.sort((a, b) => (a.callsign < b.callsign ? -1 : 1));
    },
  };
};
