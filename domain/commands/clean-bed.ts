import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { defineCommand, hours, minutes, refuse } from './definition.ts';

/** Begins or ends the cleaning of a bed: contaminated → cleaning → available. */
export const cleanBed = defineCommand({
  name: 'cleanBed',
  input: z.strictObject({
    bedId: idSchema,
    stage: z.enum(['start', 'done']),
    /** How long it should take, read at `start` only. */
    expectedMinutes: z.int().min(1).max(480).nullable(),
  }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, stage, expectedMinutes }, { issuedAt }) => {
    const bed = view.get('bed', bedId);
    if (!bed) return refuse('notFound', 'This bed is not known.');
    const [from, to] = stage === 'start' ? (['contaminated', 'cleaning'] as const) : (['cleaning', 'available'] as const);
    if (bed.status === to) return refuse('alreadyDone', `${bed.label} is already ${to}.`);
    if (bed.status !== from) return refuse('conflict', `${bed.label} is ${bed.status}, not ${from}.`);
    const until = stage === 'start' && expectedMinutes !== null ? issuedAt + minutes(expectedMinutes) : null;
    return [{ ...bed, status: to, since: issuedAt, note: stage === 'start' ? bed.note : null, until }];
  },
});
