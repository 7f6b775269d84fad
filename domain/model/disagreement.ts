import { z } from 'zod';
import { authorSchema, idSchema, instantSchema, lineSchema, shortTextSchema } from './values.ts';

/** What a side says of a patient who is not in the department any more. */
export const hasLeft = 'Has left the department';

/** What a side says of a patient whom the other has out of the department for a while. */
export const isBack = 'Back in the department';

const sideSchema = z.strictObject({ bedId: idSchema.nullable(), text: lineSchema });

/** What an interface says and what stands here, where they differ, until a person decides. Both sides are kept. */
export const disagreementSchema = z.strictObject({
  kind: z.literal('disagreement'),
  id: idSchema,
  at: instantSchema,
  /** The moment of which the message speaks; null when that was not kept. */
  happenedAt: instantSchema.nullable().default(null),
  /** The interface that said it. */
  source: lineSchema,
  about: z.enum(['placement', 'departure', 'bedStatus', 'identity']),
  encounterId: idSchema.nullable(),
  bedId: idSchema.nullable(),
  theirs: sideSchema,
  ours: sideSchema,
  /** The message that said it (HL7 MSH-10); null when none did. */
  messageControlId: shortTextSchema(199).nullable(),
  /** `superseded`: a later message or gesture made it pointless. */
  ended: z
    .strictObject({
      at: instantSchema,
      by: authorSchema.nullable(),
      choice: z.enum(['theirs', 'ours', 'superseded']),
      /** Why, in the words of who decided. */
      reason: lineSchema.nullable().default(null),
    })
    .nullable(),
});
export type Disagreement = z.infer<typeof disagreementSchema>;
