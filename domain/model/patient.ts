import { z } from 'zod';
import { idSchema, lineSchema, shortTextSchema } from './values.ts';

export const sexes = ['female', 'male', 'other', 'unknown'] as const;

/** A person under care. A display's projection holds initials only: name, MRN, birth date and allergies are null there. */
export const patientSchema = z.strictObject({
  kind: z.literal('patient'),
  id: idSchema,
  mrn: shortTextSchema(32).nullable(),
  name: z.strictObject({ family: lineSchema, given: lineSchema }).nullable(),
  initials: z.string().max(4),
  birthDate: z.iso.date().nullable(),
  /** Age in completed years, or null when unknown. */
  ageYears: z.int().min(0).max(130).nullable(),
  ageEstimated: z.boolean(),
  sex: z.enum(sexes),
  /** Null means not asked, an empty list means asked and none known. */
  allergies: z.array(lineSchema).max(20).nullable(),
  /** The surviving record after a merge, for ever. */
  mergedInto: idSchema.nullable(),
});
export type Patient = z.infer<typeof patientSchema>;
export type Sex = Patient['sex'];
