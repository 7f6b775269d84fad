import { z } from 'zod';
import { idSchema, instantSchema } from '../model/values.ts';
import { defineCommand, refuse } from './definition.ts';
import { standingHandover } from './standing-handover.ts';

/** Points of a handover, by their place in it, were spoken through; or were not after all. */
export const markSpoken = defineCommand({
  name: 'markSpoken',
  input: z.strictObject({
    handoverId: idSchema,
    /** The writing whose points are meant. */
    writtenAt: instantSchema,
    points: z.array(z.int().min(0).max(599)).min(1).max(600),
    spoken: z.boolean(),
  }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { handoverId, writtenAt, points, spoken }) => {
    const handover = standingHandover(view, handoverId, writtenAt);
    if ('code' in handover) return handover;
    const meant = new Set(points);
    if (points.some((index) => index >= handover.points.length)) return refuse('notFound', 'handoverPoints');
    if (points.every((index) => handover.points[index]?.spoken === spoken))
      return refuse('alreadyDone', spoken ? 'spokenAlready' : 'notSpoken');
    return [{ ...handover, points: handover.points.map((point, index) => (meant.has(index) ? { ...point, spoken } : point)) }];
  },
});
