import { z } from 'zod';
import { idSchema, instantSchema, lineSchema } from '../model/values.ts';
import { sinceSchema } from './bed-occupancy.ts';
import { defineCommand, hours, refuse } from './definition.ts';

/**
 * Takes an available bed out of use, with the reason. Only an available one: a dirty bed cannot be given to anyone anyway, and
 * blocking it would let the later unblocking call it clean.
 */
export const blockBed = defineCommand({
  name: 'blockBed',
  input: z.strictObject({ bedId: idSchema, reason: lineSchema.min(1), until: instantSchema.nullable(), since: sinceSchema }),
  roles: ['chargeNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, reason, until, since }, { issuedAt }) => {
    const bed = view.get('bed', bedId);
    if (!bed) return refuse('notFound', 'This bed is not known.');
    if (bed.status === 'blocked') return refuse('alreadyDone', `${bed.label} is already blocked.`);
    if (bed.status === 'occupied') return refuse('conflict', `${bed.label} is occupied. Release it before you block it.`);
    if (bed.status === 'reserved')
      return refuse('conflict', `${bed.label} is held for a patient. End the reservation before you block it.`);
    if (bed.status !== 'available')
      return refuse('conflict', `${bed.label} is ${bed.status}. Only an available bed can be blocked.`);
    if (until !== null && until <= (since ?? issuedAt)) return refuse('malformed', 'The block would end before it begins.');
    return [
      {
        ...bed,
        status: 'blocked',
        since: Math.min(since ?? issuedAt, issuedAt),
        encounterId: null,
        reservation: null,
        note: reason,
        until,
      },
    ];
  },
});
