import { z } from 'zod';
import { surgeMeasures } from './board-settings.ts';
import { authorSchema, idSchema, instantSchema, lineSchema, shortTextSchema } from './values.ts';

/** A threshold of crowding that was reached, and what people did about it. */
export const surgeSchema = z.strictObject({
  kind: z.literal('surge'),
  id: idSchema,
  /** The threshold of the site's settings, as it was called then. */
  code: shortTextSchema(16),
  name: lineSchema,
  measure: z.enum(surgeMeasures),
  /** The measure when the first action was taken. */
  value: z.number(),
  startedAt: instantSchema,
  actions: z
    .array(
      z.strictObject({
        at: instantSchema,
        by: authorSchema,
        text: lineSchema,
        /** By what it is taken back; null for those of before they could be. */
        id: idSchema.nullable().default(null),
        /** It was not so after all. It stays to be read, and counts as not done. */
        takenBack: z.strictObject({ at: instantSchema, by: authorSchema, reason: lineSchema }).nullable().default(null),
      }),
    )
    .max(100),
  ended: z.strictObject({ at: instantSchema, by: authorSchema, value: z.number().nullable() }).nullable(),
});
export type Surge = z.infer<typeof surgeSchema>;
