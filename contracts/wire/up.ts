import { z } from 'zod';
import { envelopeSchema } from '#domain/commands/envelope.ts';
import { auditHeadSchema } from '#domain/model/audit.ts';
import { roleSchema } from '#domain/model/grant.ts';
import { deskQuestionSchema } from '#domain/model/message-desk.ts';
import { recordKindSchema } from '#domain/model/record.ts';
import { idSchema, instantSchema } from '#domain/model/values.ts';
import { checksumSchema } from './checksum.ts';
import { tolerant } from './tolerant.ts';

/**
 * First message of a connection. `cursor` null asks for a first snapshot; `epoch` null means none is known; `snapshotId` is
 * the snapshot that is being taken and will be carried on.
 */
export const helloSchema = z.strictObject({
  type: z.literal('hello'),
  protocol: z.int(),
  stationId: idSchema,
  deviceToken: z.string().max(512),
  streams: z.strictObject({
    facility: z.strictObject({
      epoch: idSchema.nullable(),
      cursor: z.int().min(0).nullable(),
      snapshotId: idSchema.nullable().optional(),
    }),
  }),
  /** Head of this station's audit trail: none that it has shown before may be missing from it. */
  audit: auditHeadSchema.optional(),
});

/** Commands of this station's outbox, in the order in which they were made. `ageMs` is the age of each gesture. */
export const commandsSchema = z.strictObject({
  type: z.literal('commands'),
  commands: z
    .array(z.strictObject({ envelope: envelopeSchema, ageMs: z.number().min(0) }))
    .min(1)
    .max(100),
  /** The unsettled command that was made before the first of these: they are not decided before it. Absent when there is none. */
  after: idSchema.optional(),
  /** Head of this station's audit trail, for the hospital to keep. */
  audit: auditHeadSchema.optional(),
});

/**
 * After a restore of the hospital: commands that it had acknowledged and may have lost, each with its place in the log of then.
 * In that order; applied as history.
 */
export const offerSchema = z.strictObject({
  type: z.literal('offer'),
  commands: z
    .array(z.strictObject({ envelope: envelopeSchema, epoch: idSchema, rev: z.int().min(0), answeredAt: instantSchema }))
    .min(1)
    .max(100),
});
export type OfferedCommand = z.infer<typeof offerSchema>['commands'][number];

/** One heartbeat a second; the answer carries the server's clock. */
export const pulseUpSchema = z.strictObject({ type: z.literal('pulse'), sequence: z.int().min(0) });

export const snapshotKeySchema = z.strictObject({ kind: recordKindSchema, id: idSchema });

/** Asks for the next page of a snapshot, after `after` in key order. */
export const pageRequestSchema = z.strictObject({
  type: z.literal('page'),
  snapshotId: idSchema,
  after: snapshotKeySchema.nullable(),
});

/** Development only: asks for the signed grant of the demo person (all three desk roles) or of one role alone. */
export const signInSchema = z.strictObject({ type: z.literal('signIn'), as: z.union([z.literal('demo'), roleSchema]) });

/** The copy of this station was not what the hospital's checksum at `rev` says; it was given up and is loaded anew. */
export const divergedSchema = z.strictObject({
  type: z.literal('diverged'),
  epoch: idSchema,
  rev: z.int().min(0),
  held: checksumSchema,
  expected: checksumSchema,
});
export type DivergedReport = Omit<z.infer<typeof divergedSchema>, 'type'>;

/** A question about the messages of the interfaces; `askId` names it on this connection. Under the person's signed grant. */
export const askSchema = z.strictObject({
  type: z.literal('ask'),
  askId: z.int().min(0),
  question: deskQuestionSchema,
  grant: z.string().max(4096),
});

/** Every message a station sends. */
export const upSchema = tolerant(
  z.discriminatedUnion('type', [
    helloSchema,
    commandsSchema,
    offerSchema,
    pulseUpSchema,
    pageRequestSchema,
    signInSchema,
    divergedSchema,
    askSchema,
  ]),
);
export type Up = z.infer<typeof upSchema>;
export type SnapshotKey = z.infer<typeof snapshotKeySchema>;

/** The largest message accepted on either side, bytes of JSON. */
export const MAXIMUM_MESSAGE_BYTES = 4 * 1024 * 1024;
