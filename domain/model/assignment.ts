import { z } from 'zod';
import { authorSchema, idSchema, instantSchema, lineSchema, shortTextSchema } from './values.ts';

/** The times of one unit on one incident, by their NEMSIS 3.5 eTimes numbers. Null is "has not happened". */
export const assignmentTimesSchema = z.strictObject({
  /** eTimes.03 */ unitNotified: instantSchema.nullable(),
  /** eTimes.04 */ acknowledged: instantSchema.nullable(),
  /** eTimes.05 */ enRoute: instantSchema.nullable(),
  /** eTimes.06 */ onScene: instantSchema.nullable(),
  /** eTimes.07 */ atPatient: instantSchema.nullable(),
  /** eTimes.08 */ careTransferred: instantSchema.nullable().default(null),
  /** eTimes.09 */ leftScene: instantSchema.nullable(),
  /** eTimes.11 */ atDestination: instantSchema.nullable(),
  /** eTimes.12 */ transferOfCare: instantSchema.nullable(),
  /** eTimes.13 */ backInService: instantSchema.nullable(),
  /** eTimes.14 */ cancelled: instantSchema.nullable(),
});

/** What a crew says before it arrives, in the ATMIST order; every part may be unknown. */
export const prealertSchema = z.strictObject({
  at: instantSchema,
  by: authorSchema,
  /** `red` asks for a bay in resuscitation to be held. */
  urgency: z.enum(['red', 'amber', 'green']),
  /** Age and sex. */ age: lineSchema.nullable(),
  /** Time of the injury or onset. */ time: lineSchema.nullable(),
  /** Mechanism, or the complaint. */ mechanism: lineSchema.nullable(),
  /** Injuries, or what was found. */ injuries: lineSchema.nullable(),
  /** Vital signs. */ signs: lineSchema.nullable(),
  /** Treatment given. */ treatment: lineSchema.nullable(),
});

/** The moments that a unit's position can tell. */
export const arrivalMoments = ['onScene', 'atDestination'] as const;

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
  /** The crew's no, with its reason. */
  refusal: z.strictObject({ at: instantSchema, reason: lineSchema }).nullable().default(null),
  /** Why the crew was stood down. */
  endReason: lineSchema.nullable().default(null),
  /** Who called the crew back or diverted it by radio, and how; null where the console did. */
  endedByVoice: z.strictObject({ by: authorSchema, note: lineSchema }).nullable().default(null),
  /** The incident to which the unit was diverted instead. */
  divertedTo: idSchema.nullable().default(null),
  hospitalId: idSchema.nullable(),
  /** Expected arrival at the hospital, null when unknown or not transporting. */
  etaAt: instantSchema.nullable(),
  prealert: prealertSchema.nullable().default(null),
  /** Moments that nobody reported: the hospital took them from the unit's positions, and from which source. */
  seenArrivals: z
    .array(z.strictObject({ moment: z.enum(arrivalMoments), source: shortTextSchema(40) }))
    .max(arrivalMoments.length)
    .default([]),
});
export type Assignment = z.infer<typeof assignmentSchema>;
export type AssignmentTimes = Assignment['times'];
export type ArrivalMoment = (typeof arrivalMoments)[number];
