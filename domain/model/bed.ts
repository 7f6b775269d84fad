import { z } from 'zod';
import { idSchema, instantSchema, lineSchema } from './values.ts';

export const bedStatuses = ['available', 'reserved', 'occupied', 'contaminated', 'cleaning', 'blocked', 'closed'] as const;

/** A capacity space is opened when the department is full and closed again. */
export const bedSpaces = ['bed', 'chair', 'corridor', 'capacity'] as const;

/** A bed space. Occupied and reserved are different things (FHIR R4 Location.operationalStatus against Encounter.location.status). */
export const bedSchema = z.strictObject({
  kind: z.literal('bed'),
  id: idSchema,
  areaId: idSchema,
  label: z.string().min(1).max(8),
  order: z.int(),
  status: z.enum(bedStatuses),
  /** When the present status began. */
  since: instantSchema,
  /** The occupant, exactly when the status is `occupied`. */
  encounterId: idSchema.nullable(),
  /**
   * For whom and until when a reserved bed is held: for a visit, or for the patient whom a crew brings (`assignmentId`) and who has
   * not arrived; both are null where somebody said no more than the reason.
   */
  reservation: z
    .strictObject({
      encounterId: idSchema.nullable(),
      assignmentId: idSchema.nullable().default(null),
      reason: lineSchema,
      until: instantSchema.nullable(),
    })
    .nullable(),
  /** Why it is blocked, closed, or how it must be cleaned. */
  note: lineSchema.nullable(),
  /** When the present status is expected to end: cleaning done, block lifted. */
  until: instantSchema.nullable(),
  equipment: z.array(lineSchema).max(12),
  space: z.enum(bedSpaces).default('bed'),
  /** A room of its own, so that somebody in isolation may lie there. */
  single: z.boolean().default(false),
  /** Who cleans it, while it is being cleaned. */
  cleaner: lineSchema.nullable().default(null),
  /** Since when it has been dirty, kept while it goes through the stages of a turnaround (rules/turnaround.ts). */
  dirtySince: instantSchema.nullable().default(null),
  /** Where it stands in an area that is laid out freely, in tiles from the top left corner; null puts it where its order says. */
  cell: z
    .strictObject({ column: z.int().min(0).max(99), line: z.int().min(0).max(99) })
    .nullable()
    .default(null),
  /** No longer part of the department: kept because visits name it, drawn nowhere. */
  retired: z.boolean().default(false),
});
export type Bed = z.infer<typeof bedSchema>;
export type BedStatus = Bed['status'];
