/**
 * How a site lays out its areas and beds, and how two people who do it at once are kept apart: an arrangement is decided as a
 * whole over what its author saw. Where anything of that stands otherwise by now, nothing of it is done.
 */
import type { Area } from '../model/area.ts';
import type { Bed } from '../model/bed.ts';
import type { RecordView } from '../model/record.ts';
import type { Id } from '../model/values.ts';
import { isSame } from './same.ts';

/** What an arrangement says of an area. */
export type AreaPlan = Pick<Area, 'name' | 'code' | 'layout' | 'sex'>;
/** What an arrangement says of a bed. */
type BedPlan = Pick<Bed, 'areaId' | 'label' | 'order' | 'cell' | 'space' | 'single' | 'retired'>;
export type PlannedBed = BedPlan & { readonly bedId: Id };

/** The part of an area that an arrangement decides. */
export const areaPlanOf = ({ name, code, layout, sex }: Area): AreaPlan => ({ name, code, layout, sex });

/** The part of a bed that an arrangement decides. */
export const bedPlanOf = ({ id, areaId, label, order, cell, space, single, retired }: Bed): PlannedBed => ({
  bedId: id,
  areaId,
  label,
  order,
  cell,
  space,
  single,
  retired,
});

// Made once: the comparison of a string makes a new one each time, for every pair of beds.
const { compare: byLabel } = new Intl.Collator('en', { numeric: true });

/** Beds of one area as they are read: by their order, then by their label. */
export const compareBeds = (one: Pick<Bed, 'order' | 'label'>, other: Pick<Bed, 'order' | 'label'>): number =>
  one.order - other.order || byLabel(one.label, other.label);

/** Areas as they are read: by their order, then by their code. */
export const compareAreas = (one: Pick<Area, 'order' | 'code'>, other: Pick<Area, 'order' | 'code'>): number =>
  one.order - other.order || byLabel(one.code, other.code);

const bedChange = (was: PlannedBed, is: PlannedBed): string => {
  if (was.retired !== is.retired) return is.retired ? `${is.label} is no longer a bed` : `${is.label} is a bed again`;
  if (was.areaId !== is.areaId) return `${is.label} is in another area`;
  if (was.label !== is.label) return `${was.label} is now ${is.label}`;
  if (was.space !== is.space || was.single !== is.single) return `${is.label} is another kind of space`;
  return `${is.label} stands elsewhere`;
};

/** What of an area and its beds is not as the author of an arrangement saw it, in words; empty when all of it is. */
export const changedSince = (
  view: RecordView,
  areaId: Id,
  seen: { readonly area: AreaPlan; readonly beds: readonly PlannedBed[] },
): readonly string[] => {
  const area = view.get('area', areaId);
  const known = new Set(seen.beds.map(({ bedId }) => bedId));
  return [
    ...(area && !isSame(areaPlanOf(area), areaPlanOf({ ...area, ...seen.area }))
      ? [`the area is now ${area.name}, ${area.code}, ${area.layout}, for ${area.sex}`]
      : []),
    ...seen.beds.flatMap((was) => {
      const bed = view.get('bed', was.bedId);
      if (!bed) return [`${was.label} is not known`];
      const is = bedPlanOf(bed);
      return !isSame(is, bedPlanOf({ ...bed, ...was })) ? [bedChange(was, is)] : [];
    }),
    ...[...view.list('bed')]
      .filter((bed) => bed.areaId === areaId && !bed.retired && !known.has(bed.id))
      .map((bed) => `${bed.label} is new`),
  ];
};

/** The label that more than one of the beds in use bears after a change, whatever its case; undefined when each has its own. */
export const labelTwice = (beds: Iterable<Pick<Bed, 'label' | 'retired'>>, among: ReadonlySet<string>): string | undefined => {
  const seen = new Set<string>();
  for (const { label, retired } of beds) {
    if (retired) continue;
    const name = label.toLowerCase();
    if (seen.has(name) && among.has(name)) return label;
    seen.add(name);
  }
  return undefined;
};
