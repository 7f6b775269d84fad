import { z } from 'zod';
import { idSchema, instantSchema, lineSchema } from './values.ts';

export const roles = ['dispatcher', 'chargeNurse', 'triageNurse', 'display'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** What a person may do and until when. It travels, signed, inside every command that person makes. */
export const grantSchema = z.strictObject({
  grantId: idSchema,
  personId: idSchema,
  name: lineSchema,
  roles: z.array(roleSchema).max(4),
  facilityId: idSchema,
  expiresAt: instantSchema,
});
export type Grant = z.infer<typeof grantSchema>;
