import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { defineCommand, refuse } from './definition.ts';

/** Takes the end of a surge back: it runs on as if nobody had ended it. Refused once the same threshold was answered anew. */
export const reopenSurge = defineCommand({
  name: 'reopenSurge',
  input: z.strictObject({ surgeId: idSchema }),
  roles: ['chargeNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { surgeId }) => {
    const surge = view.get('surge', surgeId);
    if (!surge) return refuse('notFound', 'This surge is not known.');
    if (!surge.ended) return refuse('alreadyDone', 'It has not ended.');
    const next = [...view.list('surge')].some(({ code, ended }) => code === surge.code && ended === null);
    if (next) return refuse('conflict', `${surge.name} was answered anew meanwhile: record it there.`);
    return [{ ...surge, ended: null }];
  },
});
