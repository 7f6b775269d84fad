import { z } from 'zod';
import { idSchema, instantSchema, lineSchema } from './values.ts';

export const unitTypes = ['als', 'bls', 'car', 'physician', 'helicopter', 'supervisor'] as const;
export const unitStatuses = [
  'availableAtStation',
  'availableMobile',
  'dispatched',
  'acknowledged',
  'enRoute',
  'staging',
  'onScene',
  'atPatient',
  'transporting',
  'atDestination',
  'offloading',
  'clearing',
  'outOfService',
] as const;

/** An ambulance or other response unit with its crew. Where it is, is telemetry and does not stand here. */
export const unitSchema = z.strictObject({
  kind: z.literal('unit'),
  id: idSchema,
  callsign: z.string().min(1).max(12),
  type: z.enum(unitTypes),
  stationName: lineSchema,
  status: z.enum(unitStatuses),
  statusSince: instantSchema,
  outOfServiceReason: lineSchema.nullable(),
  /** The mission, null when free. */
  assignmentId: idSchema.nullable(),
  shiftStartedAt: instantSchema,
  restingUntil: instantSchema.nullable(),
  delayed: z.boolean(),
  emergency: z.boolean(),
});
export type Unit = z.infer<typeof unitSchema>;
export type UnitStatus = Unit['status'];
export type UnitType = Unit['type'];
