import { z } from 'zod';
import { authorSchema, idSchema, instantSchema, lineSchema } from './values.ts';

/** The times of one unit on one incident, by their NEMSIS 3.5 eTimes numbers. Null is "has not happened". */
export const assignmentTimesSchema = z.strictObject({
  /** eTimes.03 */ unitNotified: instantSchema.nullable(),
  /** eTimes.04 */ acknowledged: instantSchema.nullable(),
  /** eTimes.05 */ enRoute: instantSchema.nullable(),
  /** eTimes.06 */ onScene: instantSchema.nullable(),
  /** eTimes.07 */ atPatient: instantSchema.nullable(),
  /** eTimes.09 */ leftScene: instantSchema.nullable(),
  /** eTimes.11 */ atDestination: instantSchema.nullable(),
  /** eTimes.12 */ transferOfCare: instantSchema.nullable(),
  /** eTimes.13 */ backInService: instantSchema.nullable(),
  /** eTimes.14 */ cancelled: instantSchema.nullable(),
});

/** One unit sent to one incident. */
export const assignmentSchema = z.strictObject({
  kind: z.literal('assignment'),
  id: idSchema,
  incidentId: idSchema,
  unitId: idSchema,
  dispatchedBy: authorSchema,
  /** `voice` records that a person told the crew by radio; it pages nobody. */
  how: z.enum(['console', 'voice']),
  voiceNote: lineSchema.nullable(),
  times: assignmentTimesSchema,
  hospitalId: idSchema.nullable(),
  /** Expected arrival at the hospital, null when unknown or not transporting. */
  etaAt: instantSchema.nullable(),
});
export type Assignment = z.infer<typeof assignmentSchema>;
export type AssignmentTimes = Assignment['times'];
