import { z } from 'zod';
import { authorSchema, idSchema, instantSchema, lineSchema, positionSchema, shortTextSchema, textSchema } from './values.ts';

export const incidentPrioritySchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);

/** An emergency call and everything sent to it. */
export const incidentSchema = z.strictObject({
  kind: z.literal('incident'),
  id: idSchema,
  /** What people say on the radio, `2611-0347`; the backend gives it, null until then. */
  number: z.string().max(16).nullable(),
  category: lineSchema,
  /** The site's own determinant code, kept as received. */
  determinant: shortTextSchema(16).nullable(),
  priority: incidentPrioritySchema,
  address: lineSchema,
  position: positionSchema,
  patientSummary: lineSchema.nullable(),
  status: z.enum(['open', 'closed', 'cancelled']),
  /** NEMSIS eTimes.01 */
  callReceivedAt: instantSchema,
  closedAt: instantSchema.nullable(),
  notes: z.array(z.strictObject({ at: instantSchema, by: authorSchema, text: textSchema })).max(500),
});
export type Incident = z.infer<typeof incidentSchema>;
export type IncidentPriority = Incident['priority'];
