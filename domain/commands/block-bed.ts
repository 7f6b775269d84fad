import { z } from 'zod';
import { idSchema, instantSchema, lineSchema } from '../model/values.ts';
import { sinceSchema } from './bed-occupancy.ts';
import { defineCommand, hours, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

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
    if (!bed) return refuse('notFound', 'unknownBed');
    if (bed.status === 'blocked') return refuse('alreadyDone', 'bedIsAlready', { bed: bed.label, status: wordOf('bed.blocked') });
    if (bed.status === 'occupied') return refuse('conflict', 'bedTakenNotForBlock', { bed: bed.label });
    if (bed.status === 'reserved') return refuse('conflict', 'bedHeldNotForBlock', { bed: bed.label });
    if (bed.status !== 'available')
      return refuse('conflict', 'bedNotForBlock', { bed: bed.label, status: wordOf(`bed.${bed.status}`) });
    if (until !== null && until <= (since ?? issuedAt)) return refuse('malformed', 'blockEndsFirst');
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
