import { z } from 'zod';
import { authorSchema, idSchema, instantSchema, lineSchema, positionSchema, shortTextSchema, textSchema } from './values.ts';

/** 1 is the most urgent. How a site calls them says its priority scheme (dispatch-settings.ts). */
export const incidentPrioritySchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);

/** Where a caller is, and who says so: the line's address (ALI), the telephone itself (AML) or the caller. */
export const callerLocationSchema = z.strictObject({
  position: positionSchema,
  /** Radius in metres in which the caller is; null when the source gives none. */
  uncertaintyMetres: z.number().min(0).nullable(),
  source: z.enum(['ali', 'aml', 'stated']),
});

/** Who called, as far as it is known. */
export const callerSchema = z.strictObject({
  name: lineSchema.nullable(),
  phone: shortTextSchema(32).nullable(),
  location: callerLocationSchema.nullable(),
});

export const incidentEventKinds = [
  'priority',
  'category',
  'address',
  'patient',
  'cancelled',
  'reopened',
  'merged',
  'tookOver',
  'split',
  'splitOff',
  'takenBack',
] as const;

/** An emergency call and everything sent to it. */
export const incidentSchema = z.strictObject({
  kind: z.literal('incident'),
  id: idSchema,
  /** What people say on the radio, `2611-0347`; the backend gives it, null until then. */
  number: z.string().max(16).nullable(),
  category: lineSchema,
  /** The site's own determinant code, kept as received. */
  determinant: shortTextSchema(16).nullable(),
  priority: incidentPrioritySchema,
  address: lineSchema,
  position: positionSchema,
  patientSummary: lineSchema.nullable(),
  caller: callerSchema.nullable().default(null),
  status: z.enum(['open', 'closed', 'cancelled', 'merged']),
  /** NEMSIS eTimes.01 */
  callReceivedAt: instantSchema,
  /** NEMSIS eTimes.02: when the call was before the dispatcher; null in records of before this was kept. */
  dispatchNotifiedAt: instantSchema.nullable().default(null),
  closedAt: instantSchema.nullable(),
  /** Why it was cancelled. */
  endReason: lineSchema.nullable().default(null),
  /** The incident that stands for this one after a merge, for ever. */
  mergedInto: idSchema.nullable().default(null),
  /** The incident this one was split from. */
  splitFrom: idSchema.nullable().default(null),
  notes: z.array(z.strictObject({ at: instantSchema, by: authorSchema, text: textSchema })).max(500),
  /** What was changed after the call was taken, oldest first; `text` says from what to what, or why. */
  events: z
    .array(z.strictObject({ at: instantSchema, by: authorSchema, what: z.enum(incidentEventKinds), text: lineSchema }))
    .max(500)
    .default([]),
});
export type Incident = z.infer<typeof incidentSchema>;
export type IncidentPriority = Incident['priority'];
export type IncidentEvent = Incident['events'][number];
