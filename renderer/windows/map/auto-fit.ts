/** The view follows the set of active incidents, never their movement, and never against the hand of a person. */
import type { Id, Position } from '#domain/model/values.ts';
import type { Bounds } from './engine/port.ts';

export type FitState = {
  /** The set last fitted, as one text; null before the first fit. */
  readonly fitted: string | null;
  /** A person moved the map: it stays until they give it back. */
  readonly locked: boolean;
};
export const unfitted: FitState = { fitted: null, locked: false };

const setOf = (ids: Iterable<Id>): string => [...ids].toSorted().join(' ');

/** Whether to fit now, and the state after. A locked view remembers nothing, so that release fits at once. */
export const followIncidents = (state: FitState, active: Iterable<Id>): { readonly state: FitState; readonly fit: boolean } => {
  const set = setOf(active);
  if (state.locked || set === state.fitted) return { state, fit: false };
  return { state: { ...state, fitted: set }, fit: true };
};
/** After a gesture. */
export const locked = (state: FitState): FitState => (state.locked ? state : { ...state, locked: true });
/** After the person gave the view back: the next look fits, whatever it showed. */
export const released = (): FitState => unfitted;

/** Whether a position lies in a box, its edges included. */
export const isWithin = ([longitude, latitude]: Position, [[west, south], [east, north]]: Bounds): boolean =>
  longitude >= west && longitude <= east && latitude >= south && latitude <= north;

/** The smallest box around points; null when there are none. */
export const boundsOf = (positions: readonly Position[]): Bounds | null => {
  if (positions.length === 0) return null;
  const longitudes = positions.map(([longitude]) => longitude);
  const latitudes = positions.map(([, latitude]) => latitude);
  return [
    [Math.min(...longitudes), Math.min(...latitudes)],
    [Math.max(...longitudes), Math.max(...latitudes)],
  ];
};
