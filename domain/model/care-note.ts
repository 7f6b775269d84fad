import { z } from 'zod';
import { authorSchema, idSchema, instantSchema, textSchema } from './values.ts';

/** What a person wrote about a patient during a visit. Never changed: a correction is another note. */
export const careNoteSchema = z.strictObject({
  kind: z.literal('careNote'),
  id: idSchema,
  encounterId: idSchema,
  at: instantSchema,
  by: authorSchema,
  text: textSchema,
});
export type CareNote = z.infer<typeof careNoteSchema>;
