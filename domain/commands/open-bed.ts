import { z } from 'zod';
import { idSchema, instantSchema, lineSchema } from '../model/values.ts';
import { sinceSchema } from './bed-occupancy.ts';
import { defineCommand, hours, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

/** Opens a closed bed, or closes one that nobody lies in: beds come and go with the staff, capacity spaces with the crowd. */
export const openBed = defineCommand({
  name: 'openBed',
  input: z.strictObject({
    bedId: idSchema,
    open: z.boolean(),
    /** Why it is closed and until when; read at closing only. */
    reason: lineSchema.nullable(),
    until: instantSchema.nullable(),
    since: sinceSchema,
  }),
  roles: ['chargeNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, open, reason, until, since }, { issuedAt }) => {
    const bed = view.get('bed', bedId);
    if (!bed) return refuse('notFound', 'unknownBed');
    if (bed.retired) return refuse('conflict', 'bedRetired', { bed: bed.label });
    if (open !== (bed.status === 'closed'))
      return refuse('alreadyDone', 'bedIsAlready', { bed: bed.label, status: wordOf(open ? 'bed.open' : 'bed.closed') });
    // A dirty bed that was closed would come back as a clean one.
    if (!open && bed.status !== 'available')
      return refuse('conflict', 'bedNotForClose', { bed: bed.label, status: wordOf(`bed.${bed.status}`) });
    if (!open && until !== null && until <= (since ?? issuedAt)) return refuse('malformed', 'openBeforeClose');
    const from = Math.min(since ?? issuedAt, issuedAt);
    return [
      open
        ? { ...bed, status: 'available', since: from, note: null, until: null }
        : { ...bed, status: 'closed', since: from, note: reason, until },
    ];
  },
});
