import { z } from 'zod';
import { boardSettingsSchema } from './board-settings.ts';
import { dispatchSettingsSchema } from './dispatch-settings.ts';
import { idSchema, lineSchema, positionSchema } from './values.ts';

/** The hospital whose emergency department this is, with the site's own clinical configuration. */
export const facilitySchema = z.strictObject({
  kind: z.literal('facility'),
  id: idSchema,
  name: lineSchema,
  timeZone: z.string().max(64),
  position: positionSchema,
  /** Inpatient beds of the whole hospital: the divisor of boarders in NEDOCS (Weiss 2004). */
  hospitalBeds: z.int().positive(),
  /** Minutes from arrival to clinician for levels 1 to 5; the shipped default is the Manchester scale. */
  triageTargetMinutes: z.tuple([z.int(), z.int(), z.int(), z.int(), z.int()]),
  /** Length-of-stay target in minutes. */
  stayTargetMinutes: z.int().positive(),
  /** How this site dispatches; null takes what is shipped (rules/dispatch-defaults.ts). */
  dispatch: dispatchSettingsSchema.nullable().default(null),
  /** How this site runs its bed board; null takes what is shipped (rules/board-defaults.ts). */
  board: boardSettingsSchema.nullable().default(null),
});
export type Facility = z.infer<typeof facilitySchema>;
