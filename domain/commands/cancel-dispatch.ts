import { z } from 'zod';
import { idSchema, lineSchema } from '../model/values.ts';
import { recallable, stoodDown } from '../rules/dispatching.ts';
import { defineCommand } from './definition.ts';

/** Calls a crew back that has not reached the scene. Never queued: a crew that was not told drives on. */
export const cancelDispatch = defineCommand({
  name: 'cancelDispatch',
  input: z.strictObject({ unitId: idSchema, reason: lineSchema.min(1) }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'refuse', instead: 'instead.callBack' },
  apply: (view, { unitId, reason }, { issuedAt }) => {
    const possible = recallable(view, unitId);
    if ('code' in possible) return possible;
    return stoodDown(possible.assignment, possible.unit, issuedAt, { endReason: reason });
  },
});
