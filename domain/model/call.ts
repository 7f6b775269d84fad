import { z } from 'zod';
import { callerLocationSchema } from './incident.ts';
import { authorSchema, idSchema, instantSchema, lineSchema, shortTextSchema } from './values.ts';

/** An emergency call as the telephone system tells of it. */
export const callSchema = z.strictObject({
  kind: z.literal('call'),
  id: idSchema,
  /** NEMSIS eTimes.01 of what comes of it. */
  receivedAt: instantSchema,
  /** The number calling (ANI); null when withheld. */
  phone: shortTextSchema(32).nullable(),
  /** To whom the line belongs, and its address (ALI). */
  subscriber: lineSchema.nullable(),
  address: lineSchema.nullable(),
  /** The best location known so far; AML sends better ones while the call goes on. */
  location: callerLocationSchema.nullable(),
  locatedAt: instantSchema.nullable(),
  status: z.enum(['ringing', 'answered', 'ended', 'abandoned']),
  answeredBy: authorSchema.nullable(),
  answeredAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  /** Why nothing was sent. */
  endReason: lineSchema.nullable(),
  incidentId: idSchema.nullable(),
});
export type Call = z.infer<typeof callSchema>;
