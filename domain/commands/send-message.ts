import { z } from 'zod';
import { recipientSchema } from '../model/message.ts';
import { idSchema, textSchema } from '../model/values.ts';
import { defineCommand, refuse } from './definition.ts';

/** Sends a text to crews and desks; each acknowledges it. Never queued: who was not told must be called. */
export const sendMessage = defineCommand({
  name: 'sendMessage',
  input: z.strictObject({
    text: textSchema.min(1),
    urgent: z.boolean(),
    incidentId: idSchema.nullable(),
    recipients: z.array(recipientSchema).min(1).max(2_010),
  }),
  roles: ['dispatcher', 'chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'refuse', instead: 'instead.message' },
  apply: (view, { recipients, ...input }, { issuedAt, author, newId }) => {
    const unknown = recipients.find((one) => one.to === 'unit' && !view.get('unit', one.unitId));
    if (unknown) return refuse('notFound', 'unknownOfUnits');
    const once = new Map(recipients.map((one) => [one.to === 'unit' ? one.unitId : one.role, one]));
    return [
      {
        kind: 'message',
        id: newId(0),
        sentAt: issuedAt,
        by: author,
        ...input,
        recipients: [...once.values()].map((recipient) => ({ recipient, acknowledged: null })),
      },
    ];
  },
});
