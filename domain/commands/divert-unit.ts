import { z } from 'zod';
import { idSchema, lineSchema } from '../model/values.ts';
import { diverted, divertible } from '../rules/dispatching.ts';
import { defineCommand } from './definition.ts';

/** Sends a crew that is on its way to another incident instead. Never queued. */
export const divertUnit = defineCommand({
  name: 'divertUnit',
  input: z.strictObject({ unitId: idSchema, incidentId: idSchema, reason: lineSchema.min(1) }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'refuse', instead: 'instead.divert' },
  apply: (view, { unitId, incidentId, reason }, { issuedAt, author, newId }) => {
    const possible = divertible(view, unitId, incidentId);
    if ('code' in possible) return possible;
    return diverted(
      possible,
      { id: newId(0), incidentId, unitId, by: author, at: issuedAt, how: 'console', voiceNote: null },
      { endReason: reason, endedByVoice: null },
    );
  },
});
