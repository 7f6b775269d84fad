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
});
export type Area = z.infer<typeof areaSchema>;
