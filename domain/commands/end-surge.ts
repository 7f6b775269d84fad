import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { defineCommand, refuse } from './definition.ts';

/** A surge is over; `value` is the measure then, null when it is not known. */
export const endSurge = defineCommand({
  name: 'endSurge',
  input: z.strictObject({ surgeId: idSchema, value: z.number().nullable() }),
  roles: ['chargeNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { surgeId, value }, { issuedAt, author }) => {
    const surge = view.get('surge', surgeId);
    if (!surge) return refuse('notFound', 'unknownSurge');
    if (surge.ended) return refuse('alreadyDone', 'surgeEnded', { name: surge.ended.by.name });
    return [{ ...surge, ended: { at: issuedAt, by: author, value } }];
  },
});
