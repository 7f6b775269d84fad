import { z } from 'zod';
import { idSchema, lineSchema } from '../model/values.ts';
import { waitingStatus } from '../rules/encounter-status.ts';
import { movedTo } from '../rules/visit.ts';
import { bindMonitors, occupiedBed } from './bed-occupancy.ts';
import { defineCommand, hours } from './definition.ts';

/** Undoes an assignment of a patient who never lay down: the bed is available again, not contaminated. */
export const unassignBed = defineCommand({
  name: 'unassignBed',
  input: z.strictObject({
    bedId: idSchema,
    encounterId: idSchema,
    /** Where the patient waited before; absent or null when that is not known. */
    place: lineSchema.nullable().optional(),
  }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, encounterId, place }, { issuedAt, author }) => {
    const found = occupiedBed(view, bedId, encounterId);
    if ('code' in found) return found;
    const { bed, encounter } = found;
    return [
      { ...bed, status: 'available', since: issuedAt, encounterId: null, reservation: null, note: null, until: null },
      {
        ...movedTo(encounter, { bedId: null, place: place ?? null, at: issuedAt, by: author.name }),
        status: waitingStatus(encounter),
        bedAssignedAt: null,
      },
      ...bindMonitors(view, bedId, null),
    ];
  },
});
