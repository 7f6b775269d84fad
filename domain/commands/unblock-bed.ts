import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { sinceSchema } from './bed-occupancy.ts';
import { defineCommand, hours, refuse } from './definition.ts';

/** Puts a blocked bed back into use. The inverse of blockBed, which takes only available beds. */
export const unblockBed = defineCommand({
  name: 'unblockBed',
  input: z.strictObject({ bedId: idSchema, since: sinceSchema }),
  roles: ['chargeNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, since }, { issuedAt }) => {
    const bed = view.get('bed', bedId);
    if (!bed) return refuse('notFound', 'This bed is not known.');
    if (bed.retired) return refuse('conflict', `${bed.label} is no longer a bed of the department. Arrange it back first.`);
    if (bed.status === 'available') return refuse('alreadyDone', `${bed.label} is already available.`);
    if (bed.status !== 'blocked') return refuse('conflict', `${bed.label} is ${bed.status}, not blocked.`);
    return [{ ...bed, status: 'available', since: Math.min(since ?? issuedAt, issuedAt), note: null, until: null }];
  },
});
