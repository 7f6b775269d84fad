import { z } from 'zod';
import { recipientSchema } from '../model/message.ts';
import { idSchema } from '../model/values.ts';
import { defineCommand, refuse } from './definition.ts';

/** Records that a crew or a desk has read a message. A dispatcher may say so for a crew that answered by radio. */
export const acknowledgeMessage = defineCommand({
  name: 'acknowledgeMessage',
  input: z.strictObject({ messageId: idSchema, recipient: recipientSchema }),
  roles: ['dispatcher', 'chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { messageId, recipient }, { issuedAt, author, grant }) => {
    const message = view.get('message', messageId);
    if (!message) return refuse('notFound', 'unknownMessage');
    if (recipient.to === 'role' && !grant.roles.includes(recipient.role)) return refuse('notAllowed', 'messageForOthers');
    if (recipient.to === 'unit' && !grant.roles.includes('dispatcher')) return refuse('notAllowed', 'dispatcherForCrew');
    const same = JSON.stringify(recipient);
    const mine = message.recipients.find((one) => JSON.stringify(one.recipient) === same);
    if (!mine) return refuse('notFound', 'messageNotSentThere');
    if (mine.acknowledged) return refuse('alreadyDone', 'messageAcknowledged', { name: mine.acknowledged.by.name });
    return [
      {
        ...message,
        recipients: message.recipients.map((one) =>
          one === mine ? { ...one, acknowledged: { at: issuedAt, by: author } } : one,
        ),
      },
    ];
  },
});
