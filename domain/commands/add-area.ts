import { z } from 'zod';
import { compareAreas, labelTwice } from '../rules/bed-arrangement.ts';
import { areaPlanSchema, areaTwice, mostBeds, newBed, newBedSchema } from './arrangement.ts';
import { defineCommand, hours, refuse } from './definition.ts';

/** A new area with its beds, after the others. Undone by arranging its beds away: an area without beds is drawn nowhere. */
export const addArea = defineCommand({
  name: 'addArea',
  input: z.strictObject({ area: areaPlanSchema, beds: z.array(newBedSchema).min(1).max(mostBeds) }),
  roles: ['chargeNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { area, beds }, { issuedAt, newId }) => {
    const facility = [...view.list('facility')][0];
    if (!facility) return refuse('notFound', 'unknownDepartment');
    const same = areaTwice(view, area, null);
    if (same) return same;
    const twice = labelTwice(
      [...view.list('bed'), ...beds.map((bed) => ({ ...bed, retired: false }))],
      new Set(beds.map(({ label }) => label.toLowerCase())),
    );
    if (twice !== undefined) return refuse('conflict', 'labelTaken', { bed: twice });
    const last = [...view.list('area')].toSorted(compareAreas).at(-1);
    const areaId = newId(0);
    return [
      { kind: 'area', id: areaId, facilityId: facility.id, ...area, order: (last?.order ?? 0) + 1 },
      ...beds.map((bed, index) => newBed(newId(index + 1), areaId, bed, issuedAt)),
    ];
  },
});
