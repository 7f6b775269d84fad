import { z } from 'zod';
import { idSchema, instantSchema, lineSchema } from '../model/values.ts';
import { sinceSchema } from './bed-occupancy.ts';
import { defineCommand, hours, refuse } from './definition.ts';

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
    if (!bed) return refuse('notFound', 'This bed is not known.');
    if (bed.retired) return refuse('conflict', `${bed.label} is no longer a bed of the department. Arrange it back first.`);
    if (open !== (bed.status === 'closed')) return refuse('alreadyDone', `${bed.label} is already ${open ? 'open' : 'closed'}.`);
    // A dirty bed that was closed would come back as a clean one.
    if (!open && bed.status !== 'available')
      return refuse('conflict', `${bed.label} is ${bed.status}. Only an available bed can be closed.`);
    if (!open && until !== null && until <= (since ?? issuedAt))
      return refuse('malformed', 'The bed would open before it closes.');
    const from = Math.min(since ?? issuedAt, issuedAt);
    return [
      open
        ? { ...bed, status: 'available', since: from, note: null, until: null }
        : { ...bed, status: 'closed', since: from, note: reason, until },
    ];
  },
});
