import { z } from 'zod';
import { bedSchema } from '../model/bed.ts';
import { idSchema, instantSchema, lineSchema } from '../model/values.ts';
import { dirtySinceAs, turnaroundSince } from '../rules/turnaround.ts';
import { defineCommand, hours, minutes, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

const stages = {
  request: ['available', 'contaminated'],
  start: ['contaminated', 'cleaning'],
  done: ['cleaning', 'available'],
  stop: ['cleaning', 'contaminated'],
  withdraw: ['contaminated', 'available'],
  resume: ['available', 'cleaning'],
} as const;

/**
 * Asks for the cleaning of a bed, begins or ends it: available → contaminated → cleaning → available. `stop` takes a beginning
 * back, `withdraw` a request: only the one that was just made, so that a bed that somebody lay in never becomes clean by an undo. `resume` takes an end back.
 */
export const cleanBed = defineCommand({
  name: 'cleanBed',
  input: z.strictObject({
    bedId: idSchema,
    stage: z.enum(['request', 'start', 'done', 'stop', 'withdraw', 'resume']),
    /** How long it should take, read at `start` only. */
    expectedMinutes: z.int().min(1).max(480).nullable(),
    /** Who cleans, read at `start` only; what must be done, read at `request` only. */
    cleaner: lineSchema.optional(),
    note: lineSchema.optional(),
    /** The `since` that the bed got from the request; read at `withdraw` only. */
    requestedAt: instantSchema.optional(),
    /** The `since` that the bed got from the end of its cleaning; read at `resume` only. */
    endedAt: instantSchema.optional(),
    /** What the bed was before the stage that `stop`, `withdraw` or `resume` takes back. */
    stood: bedSchema.pick({ since: true, dirtySince: true, note: true, until: true, cleaner: true }).optional(),
  }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, stage, expectedMinutes, cleaner, note, requestedAt, endedAt, stood }, { issuedAt }) => {
    const bed = view.get('bed', bedId);
    if (!bed) return refuse('notFound', 'unknownBed');
    const [from, to] = stages[stage];
    if (bed.status === to) return refuse('alreadyDone', 'bedIsAlready', { bed: bed.label, status: wordOf(`bed.${to}`) });
    if (bed.status !== from)
      return refuse('conflict', 'bedIsNot', {
        bed: bed.label,
        status: wordOf(`bed.${bed.status}`),
        wanted: wordOf(`bed.${from}`),
      });
    if (stage === 'withdraw' && bed.since !== requestedAt)
      return refuse('conflict', 'bedSinceClean', { bed: bed.label, status: wordOf(`bed.${bed.status}`) });
    if (stage === 'resume' && (!stood || bed.since !== endedAt))
      return refuse('conflict', 'bedSinceAsk', { bed: bed.label, status: wordOf(`bed.${bed.status}`) });
    if (stood && (stage === 'stop' || stage === 'withdraw' || stage === 'resume'))
      return [{ ...bed, status: to, ...stood, since: Math.min(stood.since, bed.since) }];
    const until = stage === 'start' && expectedMinutes !== null ? issuedAt + minutes(expectedMinutes) : null;
    const said = stage === 'request' ? (note ?? null) : stage === 'start' || stage === 'stop' ? bed.note : null;
    return [
      {
        ...bed,
        status: to,
        // A beginning taken back was none: the bed waits for its cleaning since it was left.
        since: stage === 'stop' ? (turnaroundSince(bed) ?? issuedAt) : issuedAt,
        dirtySince: stage === 'stop' ? null : dirtySinceAs(bed, to),
        note: said,
        until,
        cleaner: stage === 'start' ? (cleaner ?? null) : null,
      },
    ];
  },
});
