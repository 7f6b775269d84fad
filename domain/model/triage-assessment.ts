import { z } from 'zod';
import { acuitySchema } from './encounter.ts';
import { authorSchema, idSchema, instantSchema, lineSchema, textSchema } from './values.ts';

/** Consciousness, ACVPU: Alert, new Confusion, Voice, Pain, Unresponsive. */
export const consciousnessLevels = ['A', 'C', 'V', 'P', 'U'] as const;

/**
 * One set of observations. Null is "not measured", never zero. The ranges are what an instrument or a hand can
 * plausibly write (refuses 386 for 38.6), not what is normal.
 */
export const vitalsSchema = z.strictObject({
  /** breaths per minute */
  respiratoryRate: z.number().min(0).max(120).nullable(),
  /** % */
  spo2: z.number().min(0).max(100).nullable(),
  oxygen: z.enum(['air', 'oxygen']).nullable(),
  /** mmHg */
  systolic: z.number().min(0).max(350).nullable(),
  /** mmHg */
  diastolic: z.number().min(0).max(250).nullable(),
  /** beats per minute */
  heartRate: z.number().min(0).max(350).nullable(),
  consciousness: z.enum(consciousnessLevels).nullable(),
  /** °C */
  temperature: z.number().min(20).max(45).nullable(),
  /** 0 to 10 */
  pain: z.int().min(0).max(10).nullable(),
  /** mmol/L */
  glucose: z.number().min(0).max(60).nullable(),
});
export type Vitals = z.infer<typeof vitalsSchema>;
export type Consciousness = NonNullable<Vitals['consciousness']>;

/** One triage by one nurse: what was measured, what was suggested, what was decided and by whom. */
export const triageAssessmentSchema = z.strictObject({
  kind: z.literal('triageAssessment'),
  id: idSchema,
  encounterId: idSchema,
  at: instantSchema,
  by: authorSchema,
  complaint: lineSchema,
  vitals: vitalsSchema,
  /** SpO2 scale 2 only by an explicit, attributed choice (RCP 2017), never inferred. */
  spo2Scale: z.union([z.literal(1), z.literal(2)]),
  acuity: acuitySchema,
  note: textSchema.nullable(),
});
export type TriageAssessment = z.infer<typeof triageAssessmentSchema>;
