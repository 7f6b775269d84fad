/**
 * When positions alone make a status. A suggestion may be wrong; what is noted by itself stands in a timeline as the time of arrival, so
 * more is asked of it: the crew has answered its dispatch (a silent one is told by radio, wherever it stands), and two positions
 * at least DWELL_MS apart say that it has arrived with none between them that says otherwise. The moment is that of the first.
 */
import type { ArrivalMoment } from '../model/assignment.ts';
import type { RecordView, VigilRecord } from '../model/record.ts';
import type { UnitFix } from '../model/telemetry.ts';
import type { Id, Instant } from '../model/values.ts';
import { missionOf } from './dispatching.ts';
import { straightMetres } from './drive.ts';
import { arrivalAt, goalOf, PASSING } from './geofence.ts';
import { unitReported } from './unit-report.ts';

/** A red light is shorter than this where the goal is near, and no crew is out of its vehicle sooner. */
const DWELL_MS = 10_000;
/** Metres by which positions of a vehicle that stands in a street scatter. */
const SCATTER = 25;

/** A unit whose positions say that it has arrived. */
export type Approach = {
  readonly assignmentId: Id;
  readonly moment: ArrivalMoment;
  /** The first position that said so. */
  readonly first: UnitFix;
  /** Whether it has stood there for long enough. */
  readonly isCertain: boolean;
};

/** What is known of a unit's arrival after one more position; null when the position does not speak for one. */
export const approachAfter = (
  before: Approach | null,
  view: RecordView,
  fix: UnitFix & { readonly receivedAt: Instant },
  metres: number,
  now: Instant,
): Approach | null => {
  const unit = view.get('unit', fix.unitId);
  const mission = unit && missionOf(view, unit);
  if (!unit || !mission || unit.status === 'dispatched') return null;
  const moment = arrivalAt(unit, fix, goalOf(view, mission), metres, now);
  if (moment === null) return null;
  const goesOn = before?.moment === moment && before.assignmentId === mission.id && before.first.observedAt >= unit.statusSince;
  const stood = goesOn ? fix.observedAt - before.first.observedAt : 0;
  if (goesOn && stood < 0) return before;
  // Not every source says how fast it is.
  const drove = goesOn && (straightMetres(before.first.position, fix.position) - SCATTER) * 3_600 > PASSING * stood;
  if (!goesOn || drove) return { assignmentId: mission.id, moment, first: fix, isCertain: false };
  return stood >= DWELL_MS ? { ...before, isCertain: true } : before;
};

/** The records of a certain arrival, with the source that saw it; none when somebody has said something else since. */
export const arrivalNoted = (view: RecordView, { assignmentId, moment, first, isCertain }: Approach): readonly VigilRecord[] => {
  const unit = view.get('unit', first.unitId);
  if (!isCertain || unit?.assignmentId !== assignmentId || unit.statusSince > first.observedAt) return [];
  const outcome = unitReported(view, { unitId: unit.id, status: moment, reason: null }, first.observedAt);
  if ('code' in outcome) return [];
  return outcome.map((put) =>
    put.kind === 'assignment' ? { ...put, seenArrivals: [...put.seenArrivals, { moment, source: first.source ?? '–' }] } : put,
  );
};
