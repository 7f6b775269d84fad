import { z } from 'zod';
import { idSchema, instantSchema, lineSchema, positionSchema } from './values.ts';

/** A destination hospital as dispatch sees it. Code sets follow EDXL-HAVE. */
export const hospitalSchema = z.strictObject({
  kind: z.literal('hospital'),
  id: idSchema,
  name: lineSchema,
  position: positionSchema,
  emsTrafficStatus: z.enum(['normal', 'advisory', 'closed', 'notApplicable']),
  emsOffload: z.enum(['normal', 'delayed']),
  /** Minutes of offload delay, null when normal or unknown. */
  offloadDelayMinutes: z.int().min(0).nullable(),
  statusSince: instantSchema,
  /** The facility whose beds this desk shows, if it is that one. */
  facilityId: idSchema.nullable(),
});
export type Hospital = z.infer<typeof hospitalSchema>;
