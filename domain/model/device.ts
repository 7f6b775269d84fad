import { z } from 'zod';
import { idSchema, instantSchema, lineSchema } from './values.ts';

export const monitoredParameters = ['heartRate', 'spo2', 'respiratoryRate', 'systolic', 'diastolic', 'temperature'] as const;
export const monitoredParameterSchema = z.enum(monitoredParameters);
export type MonitoredParameter = z.infer<typeof monitoredParameterSchema>;

/** A bedside monitor. Its binding to an encounter ends when the patient leaves the bed: what it says then is of nobody. */
export const deviceSchema = z.strictObject({
  kind: z.literal('device'),
  id: idSchema,
  label: lineSchema,
  bedId: idSchema.nullable(),
  encounterId: idSchema.nullable(),
  /** Since when it is bound so; what it measured before is not of this patient. Null: since it is known. */
  boundAt: instantSchema.nullable().default(null),
  parameters: z.array(monitoredParameterSchema).max(12),
});
export type Device = z.infer<typeof deviceSchema>;
