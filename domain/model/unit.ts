import { z } from 'zod';
import { idSchema, instantSchema, lineSchema } from './values.ts';

export const unitTypes = ['als', 'bls', 'car', 'physician', 'helicopter', 'supervisor'] as const;
/** What a unit can do beyond what its type says (rules/capabilities.ts). */
export const capabilities = [
  'transport',
  'bls',
  'als',
  'physician',
  'air',
  'command',
  'bariatric',
  'neonatal',
  'isolation',
  'rescue',
] as const;
export const capabilitySchema = z.enum(capabilities);
export type Capability = z.infer<typeof capabilitySchema>;

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
  shiftEndsAt: instantSchema.nullable().default(null),
  /** Beyond those of its type. */
  capabilities: z.array(capabilitySchema).max(capabilities.length).default([]),
  delayed: z.boolean(),
  /** The crew needs help: overrides every other thing a board says of the unit. */
  emergency: z.boolean(),
  emergencySince: instantSchema.nullable().default(null),
  emergencyReason: lineSchema.nullable().default(null),
  /** The last roll-call the crew answered on this mission (rules/roll-call.ts). */
  rollCallAnsweredAt: instantSchema.nullable().default(null),
});
export type Unit = z.infer<typeof unitSchema>;
export type UnitStatus = Unit['status'];
export type UnitType = Unit['type'];
