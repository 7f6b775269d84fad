import { z } from 'zod';
import { acuitySchema, encounterFlagSchema, encounterFlags, isolationKinds } from './encounter.ts';
import { authorSchema, idSchema, instantSchema, lineSchema, shortTextSchema, textSchema } from './values.ts';

const signatureSchema = z.strictObject({ by: authorSchema, at: instantSchema });

/** What a point is against the handover before: `left` was spoken of then and is gone. */
export const handoverChanges = ['new', 'changed', 'left', 'same'] as const;

/** Why a point is new or changed, in the order of weight. */
export const handoverReasons = [
  'level',
  'news2',
  'alarm',
  'isolation',
  'flag',
  'admitted',
  'moved',
  'away',
  'task',
  'note',
  'arrived',
  'left',
  'opened',
  'corrected',
  'overdue',
] as const;

/** How a patient stood when it was written: what the next handover compares with where a record does not keep the moment. */
const stoodSchema = z.strictObject({
  acuity: acuitySchema.nullable(),
  /** Total, or the lowest it can be; null when nothing could be said. */
  news2: z.int().nullable(),
  /** Something was not measured: it is at least so much. */
  news2AtLeast: z.boolean().default(false),
  isolation: z.enum(isolationKinds).nullable(),
  flags: z.array(encounterFlagSchema).max(encounterFlags.length),
  /** Label of the bed; null for who waits, and in what was written before it was kept. */
  bed: lineSchema.nullable().default(null),
  /** Who had the patient. */
  nurse: lineSchema.nullable().default(null),
});

/** The most characters of the facts of a point: a long complaint may not push out what stands after it. */
export const longestFacts = 600;

/** What is spoken of, with what somebody had to say of it. */
export const handoverPointSchema = z.strictObject({
  about: z.enum(['patient', 'incident', 'alarm', 'task', 'department']),
  /** The record it is about; null for the department as a whole. */
  id: idSchema.nullable(),
  /** The facts, as they stood. */
  text: shortTextSchema(longestFacts),
  spoken: z.boolean(),
  /** What the one who hands over adds. */
  note: lineSchema.default(''),
  change: z.enum(handoverChanges).default('same'),
  reasons: z.array(z.enum(handoverReasons)).max(handoverReasons.length).default([]),
  /** Of a patient only. */
  stood: stoodSchema.nullable().default(null),
});

/** A shift handed over: what was written, what was spoken through, and who signed. Signed by both it never changes. */
export const handoverSchema = z.strictObject({
  kind: z.literal('handover'),
  id: idSchema,
  /** When it was last written; a mark or a signature names the writing that it means. */
  writtenAt: instantSchema,
  by: authorSchema,
  /** When the handover before this one was written, from which "what changed" is told; null for the first. */
  since: instantSchema.nullable(),
  /** What concerns the whole department. */
  summary: textSchema,
  points: z.array(handoverPointSchema).max(600),
  /** Who hands over and who takes over. */
  given: signatureSchema.nullable(),
  taken: signatureSchema.nullable(),
});
export type Handover = z.infer<typeof handoverSchema>;
export type HandoverPoint = z.infer<typeof handoverPointSchema>;
export type HandoverChange = HandoverPoint['change'];
export type HandoverReason = HandoverPoint['reasons'][number];
