/**
 * What a unit's position says about its status: near the scene while it drives there, near its hospital while it brings somebody.
 * It is a suggestion for a person, or, where the site says so (`settings.geofence.mode`), noted by the hospital by itself
 * (arrival-watch.ts).
 */
import type { ArrivalMoment, Assignment } from '../model/assignment.ts';
import type { RecordView } from '../model/record.ts';
import type { UnitFix } from '../model/telemetry.ts';
import type { Unit, UnitStatus } from '../model/unit.ts';
import type { Instant, Position } from '../model/values.ts';
import { straightMetres } from './drive.ts';
import { freshness } from './freshness.ts';

/** Whoever passes faster than this, km/h, has not arrived. */
export const PASSING = 20;
const toScene: ReadonlySet<UnitStatus> = new Set(['dispatched', 'acknowledged', 'enRoute']);

/** Where a mission leads: its scene, and its hospital when there is one. */
export type Goal = { readonly scene: Position | null; readonly hospital: Position | null };

/** The goal of a mission as the records have it. */
export const goalOf = (view: RecordView, { incidentId, hospitalId }: Assignment): Goal => ({
  scene: view.get('incident', incidentId)?.position ?? null,
  hospital: hospitalId === null ? null : (view.get('hospital', hospitalId)?.position ?? null),
});

/** The status a position speaks for, or null. An old position, one of a wrong clock and one of a unit that drives by say nothing. */
export const arrivalAt = (
  unit: Pick<Unit, 'status' | 'statusSince'>,
  fix: UnitFix & { readonly receivedAt: Instant },
  goal: Goal,
  metres: number,
  now: Instant,
): ArrivalMoment | null => {
  const { state, skewed } = freshness('unitFix', fix, now);
  // What was seen before the status began tells of where the unit came from.
  if (state !== 'live' || skewed || fix.observedAt < unit.statusSince || (fix.speed ?? 0) > PASSING) return null;
  const isNear = (place: Position | null): boolean => place !== null && straightMetres(fix.position, place) <= metres;
  if (toScene.has(unit.status) && isNear(goal.scene)) return 'onScene';
  return unit.status === 'transporting' && isNear(goal.hospital) ? 'atDestination' : null;
};

export type OffloadState = {
  /** When the unit came to the hospital. */
  readonly since: Instant;
  /** How many of the site's steps have passed. */
  readonly step: number;
  /** When the next one does; null after the last. */
  readonly nextAt: Instant | null;
};

/** How long a crew has waited to hand its patient over; null while it has not arrived or is done. `steps` in minutes. */
export const offloadOf = (
  times: Pick<Assignment['times'], 'atDestination' | 'transferOfCare'>,
  steps: readonly number[],
  now: Instant,
): OffloadState | null => {
  if (times.atDestination === null || times.transferOfCare !== null) return null;
  const since = times.atDestination;
  const waited = now - since;
  const step = steps.filter((minutes) => waited >= minutes * 60_000).length;
  const next = steps[step];
  return { since, step, nextAt: next === undefined ? null : since + next * 60_000 };
};
