import { z } from 'zod';
import { authorSchema, idSchema, instantSchema, lineSchema, positionSchema } from './values.ts';

export const emsTrafficStatuses = ['normal', 'advisory', 'closed', 'notApplicable'] as const;
export const bedCategories = [
  'adultICU',
  'burn',
  'medicalSurgical',
  'negativeFlowIsolation',
  'operatingRooms',
  'pediatricICU',
  'pediatrics',
  'psychiatric',
] as const;
export type BedCategory = (typeof bedCategories)[number];
export const hospitalServices = ['trauma', 'stroke', 'cardiac', 'paediatric', 'maternity', 'burn', 'psychiatric'] as const;
export const hospitalServiceSchema = z.enum(hospitalServices);
export type HospitalService = z.infer<typeof hospitalServiceSchema>;

/** A destination hospital as dispatch sees it. Code sets follow EDXL-HAVE. */
export const hospitalSchema = z.strictObject({
  kind: z.literal('hospital'),
  id: idSchema,
  name: lineSchema,
  position: positionSchema,
  emsTrafficStatus: z.enum(emsTrafficStatuses),
  emsOffload: z.enum(['normal', 'delayed']),
  /** Minutes of offload delay, null when normal or unknown. */
  offloadDelayMinutes: z.int().min(0).nullable(),
  statusSince: instantSchema,
  /** Why ambulances are turned away or warned, by whom, and until when; null when nobody said so. */
  divert: z.strictObject({ reason: lineSchema, by: authorSchema, until: instantSchema }).nullable().default(null),
  clinicalStatus: z.enum(['normal', 'level1', 'level2', 'full']).nullable().default(null),
  facilityStatus: z.enum(['normal', 'compromised', 'evacuating', 'closed']).nullable().default(null),
  /** Beds by category; null is "not told", which is not zero. */
  capacity: z
    .array(
      z.strictObject({
        category: z.enum(bedCategories),
        available: z.int().min(0).nullable(),
        baseline: z.int().min(0).nullable(),
        at: instantSchema,
      }),
    )
    .max(bedCategories.length)
    .default([]),
  /** What it can take that not every hospital can. */
  services: z.array(hospitalServiceSchema).max(hospitalServices.length).default([]),
  /** The facility whose beds this desk shows, if it is that one. */
  facilityId: idSchema.nullable(),
});
export type Hospital = z.infer<typeof hospitalSchema>;
