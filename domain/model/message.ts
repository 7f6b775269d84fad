import { z } from 'zod';
import { roleSchema } from './grant.ts';
import { authorSchema, idSchema, instantSchema, textSchema } from './values.ts';

/** One who is to read a message: a crew, or everybody of a role. */
export const recipientSchema = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('unit'), unitId: idSchema }),
  z.strictObject({ to: z.literal('role'), role: roleSchema }),
]);

/** A message to crews and desks. It stands until each has acknowledged it. */
export const messageSchema = z.strictObject({
  kind: z.literal('message'),
  id: idSchema,
  sentAt: instantSchema,
  by: authorSchema,
  text: textSchema,
  urgent: z.boolean(),
  /** The incident it is about. */
  incidentId: idSchema.nullable(),
  recipients: z
    .array(
      z.strictObject({
        recipient: recipientSchema,
        acknowledged: z.strictObject({ at: instantSchema, by: authorSchema }).nullable(),
      }),
    )
    .min(1)
    .max(2_010),
});
export type Message = z.infer<typeof messageSchema>;
