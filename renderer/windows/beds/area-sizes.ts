import type { Area } from '#domain/model/area.ts';
import type { Bed } from '#domain/model/bed.ts';
import { compareAreas, compareBeds } from '#domain/rules/bed-arrangement.ts';
import { freeLayout } from './free-layout.ts';
import type { AreaSize } from './layout.ts';

/** The areas in their order with their beds in theirs, as the layout wants them. Retired beds are left out. */
export const areaSizesOf = (areas: readonly Area[], beds: readonly Bed[]): readonly AreaSize[] => {
  const ordered = beds.filter(({ retired }) => !retired).toSorted(compareBeds);
  return areas.toSorted(compareAreas).map(({ id, layout }) => {
    const own = ordered.filter(({ areaId }) => areaId === id);
    const bedIds = own.map((bed) => bed.id);
    return layout === 'free' ? { id, bedIds, free: freeLayout(own) } : { id, bedIds };
  });
};
