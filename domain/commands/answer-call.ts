import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { defineCommand, minutes, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

/** Takes a ringing call: whoever is first has it. */
export const answerCall = defineCommand({
  name: 'answerCall',
  input: z.strictObject({ callId: idSchema }),
  roles: ['dispatcher'],
  offline: { whenOffline: 'queue', expiresAfter: minutes(5) },
  apply: (view, { callId }, { issuedAt, author }) => {
    const call = view.get('call', callId);
    if (!call) return refuse('notFound', 'unknownCall');
    if (call.status === 'answered')
      return refuse('alreadyDone', 'callTaken', { name: call.answeredBy?.name ?? wordOf('somebody') });
    if (call.status === 'ended') return refuse('alreadyDone', 'callOver');
    // An abandoned call is answered by calling back.
    return [{ ...call, status: 'answered', answeredBy: author, answeredAt: issuedAt, endedAt: null }];
  },
});
