import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { waitingStatus } from '../rules/encounter-status.ts';
import { bindMonitors, occupiedBed } from './bed-occupancy.ts';
import { defineCommand, hours } from './definition.ts';

/**
 * Ends a patient's stay in a bed. The bed is contaminated and its monitors are unbound in the same breath, so that nobody's
 * numbers can mix with the next patient's.
 */
export const releaseBed = defineCommand({
  name: 'releaseBed',
  input: z.strictObject({ bedId: idSchema, encounterId: idSchema, disposition: z.enum(['discharged', 'admitted', 'waiting']) }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, encounterId, disposition }, { issuedAt }) => {
    const found = occupiedBed(view, bedId, encounterId);
    if ('code' in found) return found;
    const { bed, encounter } = found;
    const goes =
      disposition === 'waiting'
        ? { status: waitingStatus(encounter), place: 'Waiting room' }
        : {
            status: 'finished' as const,
            departedAt: issuedAt,
            admitDecidedAt: disposition === 'admitted' ? (encounter.admitDecidedAt ?? issuedAt) : encounter.admitDecidedAt,
          };
    return [
      { ...bed, status: 'contaminated', since: issuedAt, encounterId: null, reservation: null, note: null, until: null },
      { ...encounter, ...goes, bedId: null },
      ...bindMonitors(view, bedId, null),
    ];
  },
});
