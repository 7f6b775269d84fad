import { z } from 'zod';
import { handoverPointSchema, handoverSchema } from '../model/handover.ts';
import { idSchema } from '../model/values.ts';
import { lastSigned } from '../rules/handover-state.ts';
import { defineCommand, refuse } from './definition.ts';
import { standingHandover } from './standing-handover.ts';

const pointSchema = handoverPointSchema.omit({ spoken: true });

/**
 * Writes what is handed over, or writes it anew while nobody has signed. What was spoken through and is as it was stays spoken
 * through. It waits for ever.
 */
export const writeHandover = defineCommand({
  name: 'writeHandover',
  input: z.strictObject({
    /** The one that is written anew; null begins one. */
    handoverId: idSchema.nullable(),
    summary: handoverSchema.shape.summary,
    points: z.array(pointSchema).max(600),
  }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  // A line of facts and one of a person's own for everyone present, every incident and every task.
  longestInput: 512 * 1024,
  apply: (view, { handoverId, summary, points }, { issuedAt, author, newId }) => {
    const before = handoverId === null ? null : standingHandover(view, handoverId, null);
    if (before && 'code' in before) return before;
    if (before?.given || before?.taken) return refuse('conflict', 'handoverSigned');
    const isSpoken = (point: z.output<typeof pointSchema>): boolean =>
      before?.points.some(
        (one) =>
          one.spoken && one.about === point.about && one.id === point.id && one.text === point.text && one.note === point.note,
      ) ?? false;
    return [
      {
        kind: 'handover',
        id: before?.id ?? newId(0),
        writtenAt: issuedAt,
        by: author,
        since: before ? before.since : (lastSigned(view.list('handover'))?.writtenAt ?? null),
        summary,
        points: points.map((point) => ({ ...point, spoken: isSpoken(point) })),
        given: null,
        taken: null,
      },
    ];
  },
});
