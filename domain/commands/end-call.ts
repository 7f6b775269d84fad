import { z } from 'zod';
import { idSchema, lineSchema } from '../model/values.ts';
import { defineCommand, refuse } from './definition.ts';

/** Ends a call of which no incident comes, with the reason; or one that belongs to an incident that is open already. */
export const endCall = defineCommand({
  name: 'endCall',
  input: z.strictObject({ callId: idSchema, incidentId: idSchema.nullable(), reason: lineSchema.min(1) }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { callId, incidentId, reason }, { issuedAt }) => {
    const call = view.get('call', callId);
    if (!call) return refuse('notFound', 'unknownCall');
    if (call.status === 'ended') return refuse('alreadyDone', 'callOver');
    if (incidentId !== null && !view.get('incident', incidentId)) return refuse('notFound', 'unknownIncident');
    return [{ ...call, status: 'ended', endedAt: issuedAt, endReason: reason, incidentId }];
  },
});
