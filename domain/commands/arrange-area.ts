import { z } from 'zod';
import type { Bed } from '../model/bed.ts';
import type { RecordView, VigilRecord } from '../model/record.ts';
import { type Instant, idSchema } from '../model/values.ts';
import { changedSince, compareAreas, labelTwice, type PlannedBed } from '../rules/bed-arrangement.ts';
import { isSame } from '../rules/same.ts';
import { areaPlanSchema, areaTwice, mostBeds, newBed, newBedSchema, plannedBedSchema } from './arrangement.ts';
import { defineCommand, hours, type Refusal, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

/** How a bed comes back that had been retired: open or closed, and with which monitors. Without it, closed and with none. */
const comebackSchema = z.strictObject({ open: z.boolean(), monitors: z.array(idSchema).max(8) });

const idsOf = (beds: readonly PlannedBed[]): ReadonlySet<string> => new Set(beds.map(({ bedId }) => bedId));

/** Whether a bed may be given up now, as a refusal. A dirty one may not: coming back, it would count as clean. */
const mayRetire = (bed: Bed): Refusal | undefined =>
  bed.status === 'available' || bed.status === 'closed' || bed.status === 'blocked'
    ? undefined
    : bed.status === 'occupied'
      ? refuse('conflict', 'bedTakenNotForRetire', { bed: bed.label })
      : bed.status === 'reserved'
        ? refuse('conflict', 'bedHeldNotForRetire', { bed: bed.label })
        : refuse('conflict', 'bedDirtyNotForRetire', { bed: bed.label, status: wordOf(`bed.${bed.status}`) });

const standing = (bed: Bed, status: Bed['status'], at: Instant): Bed =>
  bed.status === status ? bed : { ...bed, status, since: at, note: null, until: null };

/** A monitor of a bed that is no more measures nobody; one that a bed had before comes back to it unless it stands elsewhere. */
const monitorsOf = (
  view: RecordView,
  bed: Bed,
  becomes: PlannedBed,
  comesBackWith: readonly string[],
): readonly VigilRecord[] => {
  if (bed.retired === becomes.retired) return [];
  return [...view.list('device')]
    .filter((device) => (becomes.retired ? device.bedId === bed.id : device.bedId === null && comesBackWith.includes(device.id)))
    .map((device) => ({ ...device, bedId: becomes.retired ? null : bed.id, encounterId: null }));
};

/**
 * Lays out one area as a whole: its name and kind, the order, cells and kinds of its beds, beds that are new, moved in or retired.
 * Refused when anything of it is not as its author saw it. A retired bed stays closed or blocked, so that nobody is ever put into
 * it. Undone by arranging it back.
 */
export const arrangeArea = defineCommand({
  name: 'arrangeArea',
  input: z.strictObject({
    areaId: idSchema,
    /** What the author saw: the area, every bed of it, and those of other areas that are moved in. */
    seen: z.strictObject({ area: areaPlanSchema, beds: z.array(plannedBedSchema).max(mostBeds) }),
    /** What of it is to stand; beds that are not named stay as they are. */
    becomes: z.strictObject({
      area: areaPlanSchema,
      beds: z.array(plannedBedSchema.extend({ comeback: comebackSchema.optional() })).max(mostBeds),
      added: z.array(newBedSchema).max(mostBeds),
    }),
    /** The order of all areas, as it was seen and as it is to be. */
    areaOrder: z.strictObject({ seen: z.array(idSchema).max(99), becomes: z.array(idSchema).max(99) }).optional(),
  }),
  roles: ['chargeNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { areaId, seen, becomes, areaOrder }, { issuedAt, newId }) => {
    const area = view.get('area', areaId);
    if (!area) return refuse('notFound', 'unknownArea');
    const known = idsOf(seen.beds);
    if (idsOf(becomes.beds).size !== becomes.beds.length || becomes.beds.some(({ bedId }) => !known.has(bedId)))
      return refuse('malformed', 'arrangesUnseen');
    const changed = changedSince(view, areaId, seen);
    if (changed.length > 0)
      return refuse('conflict', 'areaArrangedByOther', {
        area: area.name,
        changes: `${changed.slice(0, 4).join(', ')}${changed.length > 4 ? ` (+${changed.length - 4})` : ''}`,
      });
    const areas = [...view.list('area')].toSorted(compareAreas);
    if (areaOrder) {
      if (areaOrder.seen.join() !== areas.map(({ id }) => id).join()) return refuse('conflict', 'areaOrderChanged');
      if (areaOrder.seen.toSorted().join() !== areaOrder.becomes.toSorted().join())
        return refuse('malformed', 'areaOrderNotWhole');
    }
    if (becomes.beds.some((bed) => !view.get('area', bed.areaId))) return refuse('notFound', 'unknownOfAreas');

    const beds: Bed[] = [];
    const devices: VigilRecord[] = [];
    for (const { bedId, comeback, ...plan } of becomes.beds) {
      const bed = view.get('bed', bedId);
      if (!bed) return refuse('notFound', 'unknownOfBeds');
      const retires = plan.retired && !bed.retired;
      const refusal = retires ? mayRetire(bed) : undefined;
      if (refusal) return refusal;
      const status =
        retires && bed.status === 'available'
          ? 'closed'
          : bed.retired && !plan.retired && comeback?.open
            ? 'available'
            : bed.status;
      beds.push({ ...standing(bed, status, issuedAt), ...plan });
      devices.push(...monitorsOf(view, bed, { bedId, ...plan }, comeback?.monitors ?? []));
    }
    const added = becomes.added.map((bed, index) => newBed(newId(index), areaId, bed, issuedAt));
    const after = new Map([...view.list('bed'), ...beds, ...added].map((bed) => [bed.id, bed]));
    const named = [...beds, ...added].filter((bed) => {
      const before = view.get('bed', bed.id);
      return before?.label !== bed.label || before.retired !== bed.retired;
    });
    const twice = labelTwice(after.values(), new Set(named.map(({ label }) => label.toLowerCase())));
    if (twice !== undefined) return refuse('conflict', 'labelTaken', { bed: twice });
    if (becomes.area.name !== area.name || becomes.area.code !== area.code) {
      const same = areaTwice(view, becomes.area, areaId);
      if (same) return same;
    }
    const placed = (areaOrder?.becomes ?? []).flatMap((id, order) => {
      const one = view.get('area', id);
      return one ? [{ ...one, order }] : [];
    });
    const arranged = { ...(placed.find(({ id }) => id === areaId) ?? area), ...becomes.area };
    const differs = (put: VigilRecord): boolean => !isSame(put, view.get(put.kind, put.id));
    const puts = [arranged, ...placed.filter(({ id }) => id !== areaId), ...beds, ...added, ...devices].filter(differs);
    return puts.length === 0 ? refuse('alreadyDone', 'areaAsItIs', { area: area.name }) : puts;
  },
});
