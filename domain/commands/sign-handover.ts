import { z } from 'zod';
import { idSchema, instantSchema } from '../model/values.ts';
import { defineCommand, refuse } from './definition.ts';
import { standingHandover } from './standing-handover.ts';

/**
 * Signs a handover as the one who gives or the one who takes over: two different people. Until both have signed, each may take
 * their own signature back (`signed` false); after that it never changes.
 */
export const signHandover = defineCommand({
  name: 'signHandover',
  input: z.strictObject({
    handoverId: idSchema,
    /** The writing that is signed. */
    writtenAt: instantSchema,
    part: z.enum(['given', 'taken']),
    signed: z.boolean().default(true),
  }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { handoverId, writtenAt, part, signed }, { issuedAt, author }) => {
    const handover = standingHandover(view, handoverId, writtenAt);
    if ('code' in handover) return handover;
    const [mine, other] = part === 'given' ? [handover.given, handover.taken] : [handover.taken, handover.given];
    if (!signed) {
      if (mine?.by.personId !== author.personId) return refuse('conflict', 'signatureOfOther');
      return [{ ...handover, [part]: null }];
    }
    if (mine) return refuse('alreadyDone', 'signedAlready', { name: mine.by.name });
    if (other?.by.personId === author.personId) return refuse('conflict', 'signsForTwo');
    return [{ ...handover, [part]: { by: author, at: issuedAt } }];
  },
});
