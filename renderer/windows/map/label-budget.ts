/** Which units may carry text: a screen has room for some, and those that need someone come first. */
import type { Id, Position } from '#domain/model/values.ts';
import type { Bounds } from './engine/port.ts';

export type LabelClaim = { readonly id: Id; readonly position: Position /** lower comes first */; readonly rank: number };

const inside = ([longitude, latitude]: Position, [[west, south], [east, north]]: Bounds): boolean =>
  longitude >= west && longitude <= east && latitude >= south && latitude <= north;

/** Ids of at most `budget` units in view, by rank, then as given. */
export const labelled = (claims: readonly LabelClaim[], view: Bounds, budget: number): ReadonlySet<Id> => {
  const seen = claims.filter(({ position }) => inside(position, view));
  const chosen = seen.length <= budget ? seen : seen.toSorted((left, right) => left.rank - right.rank).slice(0, budget);
  return new Set(chosen.map(({ id }) => id));
};
