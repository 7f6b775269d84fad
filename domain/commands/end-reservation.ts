import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { asItStood, stoodSchema } from './bed-occupancy.ts';
import { defineCommand, hours, refuse } from './definition.ts';

/** Gives a reserved bed back. The inverse of reserveBed: what `stood` before a hold, such as one that had run out, stands again. */
export const endReservation = defineCommand({
  name: 'endReservation',
  input: z.strictObject({ bedId: idSchema, stood: stoodSchema.optional() }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, stood }, { issuedAt }) => {
    const bed = view.get('bed', bedId);
    if (!bed) return refuse('notFound', 'This bed is not known.');
    if (bed.status === 'available') return refuse('alreadyDone', `${bed.label} is already available.`);
    if (bed.status !== 'reserved') return refuse('conflict', `${bed.label} is ${bed.status}, not reserved.`);
    return [{ ...bed, ...asItStood(stood, issuedAt), encounterId: null, note: null, until: null }];
  },
});
