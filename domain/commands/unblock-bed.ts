import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { sinceSchema } from './bed-occupancy.ts';
import { defineCommand, hours, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

/** Puts a blocked bed back into use. The inverse of blockBed, which takes only available beds. */
export const unblockBed = defineCommand({
  name: 'unblockBed',
  input: z.strictObject({ bedId: idSchema, since: sinceSchema }),
  roles: ['chargeNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, since }, { issuedAt }) => {
    const bed = view.get('bed', bedId);
    if (!bed) return refuse('notFound', 'unknownBed');
    if (bed.retired) return refuse('conflict', 'bedRetired', { bed: bed.label });
    if (bed.status === 'available')
      return refuse('alreadyDone', 'bedIsAlready', { bed: bed.label, status: wordOf('bed.available') });
    if (bed.status !== 'blocked')
      return refuse('conflict', 'bedIsNot', {
        bed: bed.label,
        status: wordOf(`bed.${bed.status}`),
        wanted: wordOf('bed.blocked'),
      });
    return [{ ...bed, status: 'available', since: Math.min(since ?? issuedAt, issuedAt), note: null, until: null }];
  },
});
