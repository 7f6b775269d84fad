import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { asItStood, stoodSchema } from './bed-occupancy.ts';
import { defineCommand, hours, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

/** Gives a reserved bed back. The inverse of reserveBed: what `stood` before a hold, such as one that had run out, stands again. */
export const endReservation = defineCommand({
  name: 'endReservation',
  input: z.strictObject({ bedId: idSchema, stood: stoodSchema.optional() }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, stood }, { issuedAt }) => {
    const bed = view.get('bed', bedId);
    if (!bed) return refuse('notFound', 'unknownBed');
    if (bed.status === 'available')
      return refuse('alreadyDone', 'bedIsAlready', { bed: bed.label, status: wordOf('bed.available') });
    if (bed.status !== 'reserved')
      return refuse('conflict', 'bedIsNot', {
        bed: bed.label,
        status: wordOf(`bed.${bed.status}`),
        wanted: wordOf('bed.reserved'),
      });
    return [{ ...bed, ...asItStood(stood, issuedAt), encounterId: null, note: null, until: null }];
  },
});
