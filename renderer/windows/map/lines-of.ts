import type { Id, Position } from '#domain/model/values.ts';
import type { Way } from './compose-ways.ts';
import type { Line } from './live-layer.ts';

/** Ways by their roads. Until a road is known only what a person looks at has a line, a straight and dotted one. Pure. */
export const linesOf = (ways: readonly Way[], roads: ReadonlyMap<Id, readonly Position[] | null>): readonly Line[] =>
  ways
    .flatMap(({ id, from, to, kind, byAir }): Line[] => {
      const path = byAir ? null : roads.get(id);
      if (path) return [{ path, kind, byRoad: true }];
      return kind === 'active' && path === undefined && !byAir ? [] : [{ path: [from, to], kind, byRoad: false }];
    })
    .toReversed();
