import { z } from 'zod';
import { monitoredParameterSchema } from './device.ts';
import { authorSchema, idSchema, instantSchema, lineSchema } from './values.ts';

export const alarmPriorities = ['high', 'medium', 'low'] as const;
/** ISA-18.2 states A, B, C, D, E in words; `normal` alarms are over and leave the board. */
export const alarmStates = ['normal', 'unacknowledged', 'acknowledged', 'returnedUnacknowledged', 'shelved'] as const;

/** One device alarm: a row, not an event, so that no coalescing can lose it. Vigil's acknowledgement never touches the device. */
export const alarmSchema = z.strictObject({
  kind: z.literal('alarm'),
  id: idSchema,
  deviceId: idSchema,
  bedId: idSchema.nullable(),
  encounterId: idSchema.nullable(),
  priority: z.enum(alarmPriorities),
  category: z.enum(['physiological', 'technical']),
  /** What is wrong in the device's words, `SpO2 low`, `Lead off`. */
  label: lineSchema,
  parameter: monitoredParameterSchema.nullable(),
  value: z.number().nullable(),
  limit: z.strictObject({ kind: z.enum(['below', 'above']), value: z.number() }).nullable(),
  state: z.enum(alarmStates),
  onsetAt: instantSchema,
  /** When the source last said that it still holds. */
  refreshedAt: instantSchema,
  acknowledgedBy: authorSchema.nullable(),
  acknowledgedAt: instantSchema.nullable(),
  acknowledgementExpiresAt: instantSchema.nullable(),
  returnedAt: instantSchema.nullable(),
});
export type Alarm = z.infer<typeof alarmSchema>;
export type AlarmPriority = Alarm['priority'];
