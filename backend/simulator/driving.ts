import type { UnitFix } from '#domain/model/telemetry.ts';
import type { Id, Instant, Position } from '#domain/model/values.ts';
import { bearingDegrees, haversineMetres } from '#geo/coordinates.ts';
import type { City } from './city.ts';

type Leg = {
  readonly goal: string;
  readonly path: readonly Position[];
  /** Metres from the start at each point of the path. */
  readonly reached: readonly number[];
  readonly metresPerSecond: number;
  metres: number;
  piece: number;
};

type Place = { position: Position; heading: number | null; speed: number | null; leg: Leg | null; lastFixAt: Instant };

export type Driving = {
  readonly positionOf: (unitId: Id) => Position | undefined;
  readonly put: (unitId: Id, position: Position) => void;
  /** Drives on towards a goal for so many simulated seconds; true once it is there. A new goal makes a new route. */
  readonly drive: (
    unitId: Id,
    goal: { readonly name: string; readonly position: Position },
    seconds: number,
    how: 'road' | 'air' | 'urgent',
  ) => boolean;
  /** Real seconds' worth of simulated seconds left on the present leg; null when standing. */
  readonly secondsLeft: (unitId: Id) => number | null;
  readonly stop: (unitId: Id) => void;
  /** Fixes worth sending: every moving unit, a standing one every 10 s. */
  readonly fixes: (now: Instant) => readonly UnitFix[];
};

const STANDING_FIX_MS = 10_000;
const AIR_METRES_PER_SECOND = 55;
const FALLBACK_METRES_PER_SECOND = 9;
/** With lights on, a little faster than the road's own speed. */
const URGENT_FACTOR = 1.25;

/** Where every unit is and how it gets on. */
export const createDriving = (city: City): Driving => {
  const places = new Map<Id, Place>();

  const plan = (
    from: Position,
    goal: { readonly name: string; readonly position: Position },
    how: 'road' | 'air' | 'urgent',
  ): Leg => {
    const route = how === 'air' ? undefined : city.route(from, goal.position);
    // The first and last steps, off the road, are straight.
    const path = [from, ...(route?.path ?? []), goal.position];
    const reached: number[] = [0];
    for (let index = 1; index < path.length; index++)
      reached.push((reached[index - 1] as number) + haversineMetres(path[index - 1] as Position, path[index] as Position));
    const roadSpeed = route && route.seconds > 0 ? Math.max(4, route.metres / route.seconds) : FALLBACK_METRES_PER_SECOND;
    return {
      goal: goal.name,
      path,
      reached,
      metresPerSecond: how === 'air' ? AIR_METRES_PER_SECOND : how === 'urgent' ? roadSpeed * URGENT_FACTOR : roadSpeed,
      metres: 0,
      piece: 1,
    };
  };

  const advance = (place: Place, leg: Leg, seconds: number): boolean => {
    const total = leg.reached.at(-1) as number;
    leg.metres = Math.min(total, leg.metres + leg.metresPerSecond * seconds);
    while (leg.piece < leg.path.length - 1 && (leg.reached[leg.piece] as number) < leg.metres) leg.piece++;
    const from = leg.path[leg.piece - 1] as Position;
    const to = leg.path[leg.piece] as Position;
    const start = leg.reached[leg.piece - 1] as number;
    const length = (leg.reached[leg.piece] as number) - start;
    const share = length > 0 ? Math.min(1, (leg.metres - start) / length) : 1;
    place.position = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
    if (length > 0) place.heading = Math.round(bearingDegrees(from, to)) % 360;
    place.speed = Math.round(leg.metresPerSecond * 3.6);
    return leg.metres >= total;
  };

  const halt = (place: Place) => {
    place.leg = null;
    place.heading = null;
    place.speed = 0;
  };

  return {
    positionOf: (unitId) => places.get(unitId)?.position,
    put: (unitId, position) => void places.set(unitId, { position, heading: null, speed: 0, leg: null, lastFixAt: 0 }),
    drive: (unitId, goal, seconds, how) => {
      const place = places.get(unitId);
      if (!place) return false;
      if (place.leg?.goal !== goal.name) place.leg = plan(place.position, goal, how);
      const arrived = advance(place, place.leg, seconds);
      if (arrived) halt(place);
      return arrived;
    },
    secondsLeft: (unitId) => {
      const leg = places.get(unitId)?.leg;
      return leg ? ((leg.reached.at(-1) as number) - leg.metres) / leg.metresPerSecond : null;
    },
    stop: (unitId) => {
      const place = places.get(unitId);
      if (place?.leg) halt(place);
    },
    fixes: (now) => {
      const fixes: UnitFix[] = [];
      for (const [unitId, place] of places) {
        if (place.leg === null && now - place.lastFixAt < STANDING_FIX_MS) continue;
        place.lastFixAt = now;
        fixes.push({
          unitId,
          position: [round(place.position[0]), round(place.position[1])],
          heading: place.heading,
          speed: place.speed,
          observedAt: now,
        });
      }
      return fixes;
    },
  };
};

/** To about 10 cm. */
const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
