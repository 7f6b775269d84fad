import { z } from 'zod';
import { idSchema, lineSchema } from '../model/values.ts';
import { defineCommand, hours, minutes, refuse } from './definition.ts';

const stages = {
  request: ['available', 'contaminated'],
  start: ['contaminated', 'cleaning'],
  done: ['cleaning', 'available'],
} as const;

/** Asks for the cleaning of a bed, begins or ends it: available → contaminated → cleaning → available. */
export const cleanBed = defineCommand({
  name: 'cleanBed',
  input: z.strictObject({
    bedId: idSchema,
    stage: z.enum(['request', 'start', 'done']),
    /** How long it should take, read at `start` only. */
    expectedMinutes: z.int().min(1).max(480).nullable(),
    /** Who cleans, read at `start` only; what must be done, read at `request` only. */
    cleaner: lineSchema.optional(),
    note: lineSchema.optional(),
  }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, stage, expectedMinutes, cleaner, note }, { issuedAt }) => {
    const bed = view.get('bed', bedId);
    if (!bed) return refuse('notFound', 'This bed is not known.');
    const [from, to] = stages[stage];
    if (bed.status === to) return refuse('alreadyDone', `${bed.label} is already ${to}.`);
    if (bed.status !== from) return refuse('conflict', `${bed.label} is ${bed.status}, not ${from}.`);
    const until = stage === 'start' && expectedMinutes !== null ? issuedAt + minutes(expectedMinutes) : null;
    const said = stage === 'request' ? (note ?? null) : stage === 'start' ? bed.note : null;
    return [{ ...bed, status: to, since: issuedAt, note: said, until, cleaner: stage === 'start' ? (cleaner ?? null) : null }];
  },
});
