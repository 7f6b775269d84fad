import { z } from 'zod';
import { idSchema } from '../model/values.ts';
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
  }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, encounterId, otherBedId, otherEncounterId, override }, { issuedAt, author }) => {
    if (bedId === otherBedId) return refuse('malformed', 'A patient cannot change places with themselves.');
    const one = occupiedBed(view, bedId, encounterId);
    if ('code' in one) return one;
    const other = occupiedBed(view, otherBedId, otherEncounterId);
    if ('code' in other) return other;
    const concern =
      notOverridden(view, other.bed, one.encounter, override) ?? notOverridden(view, one.bed, other.encounter, override);
    if (concern) return concern;
    const into = { place: null, at: issuedAt, by: author.name, note: override?.reason ?? null };
    return [
      { ...one.bed, since: issuedAt, encounterId: otherEncounterId },
      { ...other.bed, since: issuedAt, encounterId },
      { ...movedTo(one.encounter, { ...into, bedId: otherBedId }), bedAssignedAt: issuedAt },
      { ...movedTo(other.encounter, { ...into, bedId }), bedAssignedAt: issuedAt },
      ...bindMonitors(view, bedId, otherEncounterId, issuedAt),
      ...bindMonitors(view, otherBedId, encounterId, issuedAt),
    ];
  },
});
