import { z } from 'zod';
import { idSchema, lineSchema } from './values.ts';

/** A zone of the department that holds beds: resuscitation, majors, observation … */
export const areaSchema = z.strictObject({
  kind: z.literal('area'),
  id: idSchema,
  facilityId: idSchema,
  name: lineSchema,
  code: z.string().min(1).max(8),
  order: z.int(),
  /** `grid`: beds in their order; `free`: each in its own cell. */
  layout: z.enum(['grid', 'free']).default('grid'),
  /** For whom the beds of this area are meant. */
  sex: z.enum(['any', 'female', 'male']).default('any'),
});
export type Area = z.infer<typeof areaSchema>;
