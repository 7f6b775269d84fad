import { z } from 'zod';
import { idSchema, instantSchema } from './values.ts';

/** The department counted at one moment, so that crowding has a history and a forecast something to stand on. */
export const capacitySampleSchema = z.strictObject({
  kind: z.literal('capacitySample'),
  id: idSchema,
  at: instantSchema,
  /** beds that can hold a patient */
  staffed: z.int().min(0),
  occupied: z.int().min(0),
  /** patients in the department */
  present: z.int().min(0),
  waiting: z.int().min(0),
  boarders: z.int().min(0),
  inbound: z.int().min(0),
  /** not rounded; null when an input was missing */
  nedocs: z.number().nullable(),
  /** since the sample before; null for the first */
  arrivals: z.int().min(0).nullable(),
  departures: z.int().min(0).nullable(),
});
export type CapacitySample = z.infer<typeof capacitySampleSchema>;
