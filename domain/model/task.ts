import { z } from 'zod';
import { authorSchema, idSchema, instantSchema, lineSchema } from './values.ts';

/** Something to be done, for a patient or for the department (FHIR R4 Task). */
export const taskSchema = z.strictObject({
  kind: z.literal('task'),
  id: idSchema,
  encounterId: idSchema.nullable(),
  text: lineSchema,
  /** Who should do it, in the site's words. */
  owner: lineSchema.nullable(),
  dueAt: instantSchema.nullable(),
  createdAt: instantSchema,
  by: authorSchema,
  ended: z.strictObject({ at: instantSchema, by: authorSchema, outcome: z.enum(['done', 'cancelled']) }).nullable(),
});
export type Task = z.infer<typeof taskSchema>;
