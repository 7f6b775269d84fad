/**
 * Who is near, by the straight line. No more than that: roads, skills and cover are not weighed, so the list says what it is
 * and gives a reason for each unit that it leaves out.
 */
import type { Incident } from '#domain/model/incident.ts';
import type { Unit } from '#domain/model/unit.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { type Freshness, freshness } from '#domain/rules/freshness.ts';
import { isFree } from '#domain/rules/unit-status.ts';
import type { ReceivedFix } from '../../state/store.ts';
import { straightLineDuration, straightLineMetres } from './straight-line.ts';

export type Candidate = {
  readonly unit: Unit;
  readonly metres: number;
  /** milliseconds, guessed */
  readonly duration: number;
  readonly fix: Freshness;
};
export type Unsuitable = {
  readonly unit: Unit;
  readonly why: 'emergency' | 'noPosition' | 'lost' | 'resting' | 'far' /** metres, milliseconds left or age, by reason */;
  readonly value: number | null;
};
export type Nearest = { readonly candidates: readonly Candidate[]; readonly unsuitable: readonly Unsuitable[] };

/** Farther than this a unit is not proposed, metres. */
const radius = 15_000;

/** Free units nearest to an incident, and the free ones left out with the reason. */
export const nearestUnits = (
  incident: Incident,
  units: Iterable<Unit>,
  fixes: ReadonlyMap<Id, ReceivedFix>,
  now: Instant,
): Nearest => {
  const candidates: Candidate[] = [];
  const unsuitable: Unsuitable[] = [];
  for (const unit of units) {
    if (!isFree(unit.status)) continue;
    if (unit.emergency) {
      unsuitable.push({ unit, why: 'emergency', value: null });
      continue;
    }
    const fix = fixes.get(unit.id);
    if (!fix) {
      unsuitable.push({ unit, why: 'noPosition', value: null });
      continue;
    }
    const state = freshness('unitFix', fix, now);
    const metres = straightLineMetres(fix.position, incident.position);
    if (state.state === 'lost') unsuitable.push({ unit, why: 'lost', value: state.ageMs });
    else if (unit.restingUntil !== null && unit.restingUntil > now)
      unsuitable.push({ unit, why: 'resting', value: unit.restingUntil - now });
    else if (metres > radius) unsuitable.push({ unit, why: 'far', value: metres });
    else candidates.push({ unit, metres, duration: straightLineDuration(metres, unit.type === 'helicopter'), fix: state });
  }
  return {
    candidates: candidates.toSorted(
      (left, right) => left.duration - right.duration || left.unit.callsign.localeCompare(right.unit.callsign),
    ),
    unsuitable: unsuitable.toSorted((left, right) => left.unit.callsign.localeCompare(right.unit.callsign)),
  };
};
