import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { defineCommand, minutes, refuse } from './definition.ts';

/** Takes a ringing call: whoever is first has it. */
export const answerCall = defineCommand({
  name: 'answerCall',
  input: z.strictObject({ callId: idSchema }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'queue', expiresAfter: minutes(5) },
  apply: (view, { callId }, { issuedAt, author }) => {
    const call = view.get('call', callId);
    if (!call) return refuse('notFound', 'This call is not known.');
    if (call.status === 'answered') return refuse('alreadyDone', `${call.answeredBy?.name ?? 'Somebody'} has this call.`);
    if (call.status === 'ended') return refuse('alreadyDone', 'This call is over.');
    // An abandoned call is answered by calling back.
    return [{ ...call, status: 'answered', answeredBy: author, answeredAt: issuedAt, endedAt: null }];
  },
});
