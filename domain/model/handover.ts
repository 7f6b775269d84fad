import { z } from 'zod';
import { authorSchema, idSchema, instantSchema, lineSchema, textSchema } from './values.ts';

const signatureSchema = z.strictObject({ by: authorSchema, at: instantSchema });

/** A shift handed over: what was written, what was spoken through, and who signed. Signed by both it never changes. */
export const handoverSchema = z.strictObject({
  kind: z.literal('handover'),
  id: idSchema,
  writtenAt: instantSchema,
  by: authorSchema,
  /** The handover before this one, from which "what changed" is told; null for the first. */
  since: instantSchema.nullable(),
  /** What concerns the whole department. */
  summary: textSchema,
  points: z
    .array(
      z.strictObject({
        about: z.enum(['patient', 'incident', 'alarm', 'task', 'department']),
        /** The record it is about; null for the department. */
        id: idSchema.nullable(),
        text: lineSchema,
        spoken: z.boolean(),
      }),
    )
    .max(600),
  /** Who hands over and who takes over. */
  given: signatureSchema.nullable(),
  taken: signatureSchema.nullable(),
});
export type Handover = z.infer<typeof handoverSchema>;
