import { z } from 'zod';
import { idSchema, instantSchema } from '../model/values.ts';
import { movedTo } from '../rules/visit.ts';
import { bindMonitors, occupiedBed } from './bed-occupancy.ts';
import { defineCommand, hours, refuse } from './definition.ts';
import { notOverridden, overrideSchema } from './placement-override.ts';

/** Two patients change beds, and each bed's monitors go to the patient who lies there now. Its own undo. */
export const swapBeds = defineCommand({
  name: 'swapBeds',
  input: z.strictObject({
    bedId: idSchema,
    encounterId: idSchema,
    otherBedId: idSchema,
    otherEncounterId: idSchema,
    override: overrideSchema,
    /** What takes a swap back: when it was, and since when each had had the bed that they get back. */
    back: z.strictObject({ swappedAt: instantSchema, since: instantSchema, otherSince: instantSchema }).optional(),
  }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, encounterId, otherBedId, otherEncounterId, override, back }, { issuedAt, author }) => {
    if (bedId === otherBedId) return refuse('malformed', 'sameTwice');
    const one = occupiedBed(view, bedId, encounterId);
    if ('code' in one) return one;
    const other = occupiedBed(view, otherBedId, otherEncounterId);
    if ('code' in other) return other;
    const concern =
      notOverridden(view, other.bed, one.encounter, override) ?? notOverridden(view, one.bed, other.encounter, override);
    if (concern) return concern;
    const touched = back && [one.bed, other.bed].find(({ since }) => since !== back.swappedAt);
    if (touched) return refuse('conflict', 'bedChangedHands', { bed: touched.label });
    const since = Math.min(back?.since ?? issuedAt, issuedAt);
    const otherSince = Math.min(back?.otherSince ?? issuedAt, issuedAt);
    const into = { place: null, at: issuedAt, by: author.name, note: override?.reason ?? null };
    return [
      { ...one.bed, since, encounterId: otherEncounterId },
      { ...other.bed, since: otherSince, encounterId },
      { ...movedTo(one.encounter, { ...into, bedId: otherBedId }), bedAssignedAt: otherSince },
      { ...movedTo(other.encounter, { ...into, bedId }), bedAssignedAt: since },
      ...bindMonitors(view, bedId, otherEncounterId, issuedAt),
      ...bindMonitors(view, otherBedId, encounterId, issuedAt),
    ];
  },
});
