/** The department counted now, once for everything that shows it: the strip, what a surge asks, and the panel. */
import type { CapacitySample } from '#domain/model/capacity-sample.ts';
import type { Surge } from '#domain/model/surge.ts';
import type { Instant } from '#domain/model/values.ts';
import { type Capacity, capacity } from '#domain/rules/bed-board.ts';
import { boardSettingsOf } from '#domain/rules/board-defaults.ts';
import { inboundSoon } from '#domain/rules/inbound.ts';
import { type Nedocs, type NedocsInputs, nedocs, nedocsInputs } from '#domain/rules/nedocs.ts';
import {
  aboveSince,
  askedByCounts,
  type SurgeState,
  standingActions,
  surgeMeasuresOf,
  surgesNow,
} from '#domain/rules/surge-watch.ts';
import { type RecordTables, recordsOf, viewOf } from '../../../state/store.ts';
import type { InboundRow } from '../../../ui/inbound/rows.ts';

export type AskedSurge = SurgeState & {
  /** Since which count, or since the first action; null where neither says. */
  readonly since: Instant | null;
  /** This desk holds unsettled changes of it. */
  readonly pending: boolean;
};
export type Counted = {
  readonly counts: Capacity;
  readonly score: Nedocs;
  readonly inbound: ReturnType<typeof inboundSoon>;
  readonly redInbound: number;
  /** Patients in a bed whose time to leave has come. */
  readonly leavingNow: number;
  readonly surges: readonly AskedSurge[];
};

const nothingKnown: NedocsInputs = {
  patients: null,
  edBeds: null,
  boarders: null,
  hospitalBeds: null,
  ventilated: null,
  longestAdmitHours: null,
  lastBedHours: null,
};
/** The score of a copy that is not whole: every input is missing. */
export const unknownScore = nedocs(nothingKnown);

const asSince = (state: SurgeState, tables: RecordTables, samples: readonly CapacitySample[], now: Instant): AskedSurge => {
  const counted = aboveSince(state.threshold, samples, now);
  const first = state.surge?.startedAt ?? null;
  return {
    ...state,
    since: counted !== null && first !== null ? Math.min(counted, first) : (first ?? counted),
    pending: state.surge !== undefined && (tables.surge.get(state.surge.id)?.pending ?? false),
  };
};

/** The thresholds of crowding that need somebody; `asked` are the codes of those that this window asked for a moment ago. */
export const surgesOf = (
  tables: RecordTables,
  counts: Capacity,
  score: Nedocs,
  now: Instant,
  asked: ReadonlySet<string>,
): readonly AskedSurge[] => {
  const settings = boardSettingsOf(viewOf(tables));
  const measures = surgeMeasuresOf(counts, score);
  const samples = () => recordsOf(tables, 'capacitySample');
  const before = new Set([...asked, ...askedByCounts(settings, measures, samples, now)]);
  const states = surgesNow(settings, measures, recordsOf(tables, 'surge'), before);
  const counted = states.length === 0 ? [] : samples();
  return states.map((state) => asSince(state, tables, counted, now));
};

/** Everything that is counted, at `now`; `asked` as in surgesOf. */
export const countDepartment = (
  tables: RecordTables,
  inbound: readonly InboundRow[],
  now: Instant,
  asked: ReadonlySet<string> = new Set(),
): Counted => {
  const [beds, encounters] = [recordsOf(tables, 'bed'), recordsOf(tables, 'encounter')];
  const counts = capacity({ beds, encounters, inbound: inbound.length }, now);
  const score = nedocs(nedocsInputs(recordsOf(tables, 'facility')[0], beds, encounters, now));
  return {
    counts,
    score,
    inbound: inboundSoon(inbound.map(({ eta }) => eta)),
    redInbound: inbound.filter((row) => row.inbound.assignment.prealert?.urgency === 'red').length,
    leavingNow: encounters.filter(
      (one) =>
        one.departedAt === null && one.bedId !== null && one.expectedDepartureAt !== null && one.expectedDepartureAt <= now,
    ).length,
    surges: surgesOf(tables, counts, score, now, asked),
  };
};

const WEEK = 7 * 86_400_000;
/** Surges of the last seven days, the newest first. */
export const recentSurges = (surges: readonly Surge[], now: Instant): readonly Surge[] =>
  surges
    .filter(
      (surge) => (surge.ended?.at ?? surge.startedAt) > now - WEEK || (surge.ended === null && standingActions(surge).length > 0),
    )
    .toSorted((a, b) => b.startedAt - a.startedAt);
