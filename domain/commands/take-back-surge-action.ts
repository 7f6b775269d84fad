import { z } from 'zod';
import { idSchema, lineSchema } from '../model/values.ts';
import { defineCommand, refuse } from './definition.ts';

/**
 * Corrects the record of a surge: something that was written down was not done. At once it is the undo of recordSurgeAction, later a
 * correction with its reason; the line stays to be read, with who took it back, and the threshold asks again when none stands.
 */
export const takeBackSurgeAction = defineCommand({
  name: 'takeBackSurgeAction',
  input: z.strictObject({ actionId: idSchema, /** Empty in an undo. */ reason: lineSchema }),
  roles: ['chargeNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { actionId, reason }, { issuedAt, author }) => {
    for (const surge of view.list('surge')) {
      const action = surge.actions.find(({ id }) => id === actionId);
      if (action?.takenBack) return refuse('alreadyDone', 'takenBackAlready', { name: action.takenBack.by.name });
      if (action)
        return [
          {
            ...surge,
            actions: surge.actions.map((one) =>
              one === action ? { ...one, takenBack: { at: issuedAt, by: author, reason } } : one,
            ),
          },
        ];
    }
    return refuse('notFound', 'unknownSurgeAction');
  },
});
