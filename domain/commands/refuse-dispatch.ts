import { z } from 'zod';
import { idSchema, lineSchema } from '../model/values.ts';
import { recallable, stoodDown } from '../rules/dispatching.ts';
import { defineCommand } from './definition.ts';

/** Records that a crew said no, and why. A fact: it waits for ever. */
export const refuseDispatch = defineCommand({
  name: 'refuseDispatch',
  input: z.strictObject({ unitId: idSchema, reason: lineSchema.min(1) }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { unitId, reason }, { issuedAt }) => {
    const possible = recallable(view, unitId);
    if ('code' in possible) return possible;
    const refusal = { at: issuedAt, reason };
    return stoodDown(possible.assignment, possible.unit, issuedAt, { endReason: reason, refusal });
  },
});
