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
    if (!surge) return refuse('notFound', 'unknownSurge');
    if (!surge.ended) return refuse('alreadyDone', 'surgeRuns');
    const next = [...view.list('surge')].some(({ code, ended }) => code === surge.code && ended === null);
    if (next) return refuse('conflict', 'surgeAnew', { surge: surge.name });
    return [{ ...surge, ended: null }];
  },
});
