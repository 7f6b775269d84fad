import { useMemo, useRef } from 'react';
import type { Id } from '#domain/model/values.ts';
import type { Department } from './department.ts';
import { sameFacts, sameTile } from './same-tile.ts';
import { type BedFacts, type BedTile, bedTile, standingOf, type TileScene } from './tile.ts';

/** Everything the grid draws, by bed. */
export type DrawnBeds = {
  readonly tiles: ReadonlyMap<Id, BedTile>;
  /** The visit in each occupied bed. */
  readonly occupants: ReadonlyMap<Id, Id>;
  /** The beds that the filter hides. */
  readonly hidden: ReadonlySet<Id>;
};

type Reckoned = {
  readonly facts: BedFacts;
  readonly scene: TileScene;
  readonly standing: ReturnType<typeof standingOf>;
  readonly tile: BedTile;
};

/**
 * The tiles of a department. A tile is reckoned again when the clock has moved or something about its bed has changed, and stays the
 * same object as long as it shows the same: of hundreds of beds only those are drawn that say something new.
 */
export const useTiles = (
  department: Department | null,
  scene: TileScene,
  factsOf: (bedId: Id) => BedFacts | null,
  hidesBed: (facts: BedFacts, scene: TileScene) => boolean,
): DrawnBeds => {
  const before = useRef<ReadonlyMap<Id, Reckoned>>(new Map());
  return useMemo(() => {
    const reckoned = new Map<Id, Reckoned>();
    const drawn = { tiles: new Map<Id, BedTile>(), occupants: new Map<Id, Id>(), hidden: new Set<Id>() };
    for (const bedId of department?.areas.flatMap(({ bedIds }) => bedIds) ?? []) {
      const facts = factsOf(bedId);
      if (!facts) continue;
      const last = before.current.get(bedId);
      const isSame = last !== undefined && sameFacts(last.facts, facts);
      if (isSame && last.scene === scene) {
        reckoned.set(bedId, last);
        drawn.tiles.set(bedId, last.tile);
      } else {
        const standing = isSame ? last.standing : standingOf(facts);
        const fresh = bedTile(facts, scene, standing);
        const tile = last && sameTile(last.tile, fresh) ? last.tile : fresh;
        reckoned.set(bedId, { facts, scene, standing, tile });
        drawn.tiles.set(bedId, tile);
      }
      if (hidesBed(facts, scene)) drawn.hidden.add(bedId);
      if (facts.bed.encounterId !== null) drawn.occupants.set(bedId, facts.bed.encounterId);
    }
    before.current = reckoned;
    return drawn;
  }, [department, scene, factsOf, hidesBed]);
};
