import { z } from 'zod';
import { idSchema, instantSchema, lineSchema } from './values.ts';

export const encounterStatuses = ['arrived', 'triaged', 'inProgress', 'finished', 'leftWithoutBeingSeen'] as const;
/** FALL fall risk, ISO isolation, NBM nil by mouth, PREG pregnant, 1:1 constant observation, NIV non-invasive ventilation. */
export const encounterFlags = [
  'ALG',
  'FALL',
  'ISO',
  'NBM',
  'PREG',
  'CHILD',
  '1:1',
  'NIV',
  'TRAUMA',
  'SEPSIS',
  'STROKE',
  'STEMI',
] as const;

export const acuitySchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
/** Triage level, 1 most urgent. A person decided it; a suggestion never stands here. */
export type Acuity = z.infer<typeof acuitySchema>;

/** One visit to the emergency department (FHIR R4 Encounter, class EMER). */
export const encounterSchema = z.strictObject({
  kind: z.literal('encounter'),
  id: idSchema,
  patientId: idSchema,
  status: z.enum(encounterStatuses),
  arrivalMode: z.enum(['walkIn', 'ambulance']),
  arrivedAt: instantSchema,
  complaint: lineSchema.nullable(),
  acuity: acuitySchema.nullable(),
  triagedAt: instantSchema.nullable(),
  retriageDueAt: instantSchema.nullable(),
  bedId: idSchema.nullable(),
  bedAssignedAt: instantSchema.nullable(),
  /** Where the patient waits when there is no bed. */
  place: lineSchema.nullable(),
  /** When it was decided to admit: from then on the patient boards. */
  admitDecidedAt: instantSchema.nullable(),
  expectedDepartureAt: instantSchema.nullable(),
  ventilated: z.boolean(),
  flags: z.array(z.enum(encounterFlags)).max(12),
  nextStep: lineSchema.nullable(),
  nurse: lineSchema.nullable(),
  doctor: lineSchema.nullable(),
  departedAt: instantSchema.nullable(),
  incidentId: idSchema.nullable(),
  /** The visit that stands for this one after a merge, for ever; absent when there was none. */
  mergedInto: idSchema.optional(),
});
export type Encounter = z.infer<typeof encounterSchema>;
export type EncounterFlag = Encounter['flags'][number];
export type EncounterStatus = Encounter['status'];
