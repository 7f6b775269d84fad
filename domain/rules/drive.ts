import type { Position } from '../model/values.ts';

/**
 * How one place is driven to from another: seconds and metres by road, and how many metres the farther end lies from its road.
 * `offRoad`: an end lies too far from any road · `noWay`: one-way rules leave none · `unknown`: nobody could be asked.
 */
export type Drive =
  | { readonly state: 'reached'; readonly seconds: number; readonly metres: number; readonly offRoad: number }
  | { readonly state: 'offRoad' }
  | { readonly state: 'noWay' }
  | { readonly state: 'unknown' };

const METRES_PER_DEGREE = 111_195;

/** Metres in a straight line between two positions of one city (on a plane, which is right to a hundredth up to 100 km). */
export const straightMetres = (from: Position, to: Position): number => {
  const squeeze = Math.cos((((from[1] + to[1]) / 2) * Math.PI) / 180);
  return Math.round(Math.hypot((to[0] - from[0]) * squeeze, to[1] - from[1]) * METRES_PER_DEGREE);
};
