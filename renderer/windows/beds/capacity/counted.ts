/** The department counted now, once for everything that shows it: the strip, what a surge asks, and the panel. */
import type { CapacitySample } from '#domain/model/capacity-sample.ts';
import type { Surge } from '#domain/model/surge.ts';
import type { Instant } from '#domain/model/values.ts';
import { type Capacity, capacity } from '#domain/rules/bed-board.ts';
import { boardSettingsOf } from '#domain/rules/board-defaults.ts';
import { inboundSoon } from '#domain/rules/inbound.ts';
import { type Nedocs, type NedocsInputs, nedocs, nedocsInputs } from '#domain/rules/nedocs.ts';
import { aboveSince, type SurgeState, surgeMeasuresOf, surgesNow } from '#domain/rules/surge-watch.ts';
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

const asked = (state: SurgeState, tables: RecordTables, samples: readonly CapacitySample[], now: Instant): AskedSurge => {
  const counted = aboveSince(state.threshold, samples, now);
  const first = state.surge?.startedAt ?? null;
  return {
    ...state,
    since: counted !== null && first !== null ? Math.min(counted, first) : (first ?? counted),
    pending: state.surge !== undefined && (tables.surge.get(state.surge.id)?.pending ?? false),
  };
};

/** Everything that is counted, at `now`. */
export const countDepartment = (tables: RecordTables, inbound: readonly InboundRow[], now: Instant): Counted => {
  const [beds, encounters] = [recordsOf(tables, 'bed'), recordsOf(tables, 'encounter')];
  const counts = capacity({ beds, encounters, inbound: inbound.length }, now);
  const score = nedocs(nedocsInputs(recordsOf(tables, 'facility')[0], beds, encounters, now));
  const states = surgesNow(boardSettingsOf(viewOf(tables)), surgeMeasuresOf(counts, score), recordsOf(tables, 'surge'));
  const samples = states.length === 0 ? [] : recordsOf(tables, 'capacitySample');
  return {
    counts,
    score,
    inbound: inboundSoon(inbound.map(({ eta }) => eta)),
    redInbound: inbound.filter((row) => row.inbound.assignment.prealert?.urgency === 'red').length,
    leavingNow: encounters.filter(
      (one) =>
        one.departedAt === null && one.bedId !== null && one.expectedDepartureAt !== null && one.expectedDepartureAt <= now,
    ).length,
    surges: states.map((state) => asked(state, tables, samples, now)),
  };
};

const WEEK = 7 * 86_400_000;
/** Surges of the last seven days, the newest first. */
export const recentSurges = (surges: readonly Surge[], now: Instant): readonly Surge[] =>
  surges
    .filter(({ startedAt, ended }) => (ended?.at ?? startedAt) > now - WEEK || ended === null)
    .toSorted((a, b) => b.startedAt - a.startedAt);
