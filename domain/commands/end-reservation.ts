import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { defineCommand, hours, refuse } from './definition.ts';

/** Gives a reserved bed back. The inverse of reserveBed. */
export const endReservation = defineCommand({
  name: 'endReservation',
  input: z.strictObject({ bedId: idSchema }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId }, { issuedAt }) => {
    const bed = view.get('bed', bedId);
    if (!bed) return refuse('notFound', 'This bed is not known.');
    if (bed.status === 'available') return refuse('alreadyDone', `${bed.label} is already available.`);
    if (bed.status !== 'reserved') return refuse('conflict', `${bed.label} is ${bed.status}, not reserved.`);
    return [{ ...bed, status: 'available', since: issuedAt, reservation: null, note: null, until: null }];
  },
});
