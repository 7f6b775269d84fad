import { z } from 'zod';
import { refusalCodes } from '#domain/commands/definition.ts';
import { sentenceSchema } from '#domain/commands/sentence.ts';
import { alarmSchema } from '#domain/model/alarm.ts';
import { deskAnswerSchema } from '#domain/model/message-desk.ts';
import { recordKindSchema, recordSchema } from '#domain/model/record.ts';
import { deviceReadingSchema, unitFixSchema } from '#domain/model/telemetry.ts';
import { idSchema, instantSchema } from '#domain/model/values.ts';
import { auditAnswerSchema } from './audit.ts';
import { checksumSchema } from './checksum.ts';
import { wireErrorSchema } from './errors.ts';
import { patchSchema } from './patch.ts';
import { tolerant } from './tolerant.ts';
import { snapshotKeySchema } from './up.ts';

/** A record as of the revision that wrote it. */
export const rowSchema = z.strictObject({ rev: z.int().positive(), record: recordSchema });
export type Row = z.infer<typeof rowSchema>;

/** What became of a command. */
export const settlementSchema = z.strictObject({
  commandId: idSchema,
  rev: z.int().min(0),
  outcome: z.discriminatedUnion('status', [
    /** `note`: where it was done instead, when the record it names had been merged. */
    z.strictObject({ status: z.literal('applied'), note: z.string().max(500).optional() }),
    /** `sentence`: the message by its key, so that a desk says it in its own language. */
    z.strictObject({
      status: z.literal('refused'),
      code: z.enum(refusalCodes),
      message: z.string().max(500),
      sentence: sentenceSchema.optional(),
    }),
  ]),
});
export type Settlement = z.infer<typeof settlementSchema>;

/**
 * When this station's turn to connect comes, so that all of them together stay below the connects a second that the backend
 * takes: whenever server time is `slotMs` into a period of `periodMs`.
 */
export const spreadSchema = z.strictObject({ slotMs: z.int().min(0).max(600_000), periodMs: z.int().min(0).max(600_000) });
export type Spread = z.infer<typeof spreadSchema>;

/** Answer to hello. `resume`: pokes from the cursor follow. `snapshot`: ask for pages; live pokes from `rev` on flow meanwhile. */
export const welcomeSchema = z.strictObject({
  type: z.literal('welcome'),
  protocol: z.int(),
  epoch: idSchema,
  rev: z.int().min(0),
  serverTime: instantSchema,
  facilityName: z.string().max(200),
  /** Ed25519 public key (SPKI, base64) that signs persons' grants. */
  grantKey: z.string().max(512),
  /** What of each row this station may hold. */
  projection: z.enum(['desk', 'display']),
  /**
   * The hospital was restored from a backup that ends at `from` (null: nothing is left of before). `collecting` and `closed`: offer
   * what was acknowledged after it. `refused`: an administrator began anew without it.
   */
  recovery: z
    .strictObject({
      state: z.enum(['collecting', 'closed', 'refused']),
      from: z.strictObject({ epoch: idSchema, rev: z.int().min(0) }).nullable(),
    })
    .optional(),
  start: z.discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('resume') }),
    z.strictObject({ mode: z.literal('snapshot'), snapshotId: idSchema, total: z.int().min(0) }),
  ]),
  /** Missing: connect whenever chance says. */
  spread: spreadSchema.optional(),
  /** With a snapshot, which brings no settlements: those of this station after its cursor. */
  settled: z.array(settlementSchema).optional(),
});

/** Everything between `base` and `rev` of the log that this scope may see. Empty lists still move the cursor. */
export const pokeSchema = z.strictObject({
  type: z.literal('poke'),
  base: z.int().min(0),
  rev: z.int().min(0),
  puts: z.array(rowSchema),
  deletes: z.array(z.strictObject({ kind: recordKindSchema, id: idSchema, rev: z.int().positive() })),
  settled: z.array(settlementSchema),
  /** Another part of the same poke follows, with the same `base` and `rev`; all are taken together or none. */
  more: z.literal(true).optional(),
  /** With the first settlements after a head was shown. */
  audit: auditAnswerSchema.optional(),
  /** Changed fields of rows that a whole copy at `base` holds. */
  patches: z.array(patchSchema).optional(),
});
export type Poke = z.infer<typeof pokeSchema>;

/**
 * One page of a snapshot in key order. `next` null ends it. `packed`: more rows, as MessagePack with records, deflated
 * without a header; at most MAXIMUM_MESSAGE_BYTES when inflated.
 */
export const pageSchema = z.strictObject({
  type: z.literal('page'),
  snapshotId: idSchema,
  rows: z.array(rowSchema),
  packed: z.instanceof(Uint8Array).optional(),
  next: snapshotKeySchema.nullable(),
});

/**
 * Alarms ahead of the log, for a station whose pokes are held back or long: shown at once, kept only when a poke or a page
 * brings them.
 */
export const alarmsSchema = z.strictObject({
  type: z.literal('alarms'),
  rows: z.array(z.strictObject({ rev: z.int().positive(), record: alarmSchema })).max(500),
});
export type Alarms = z.infer<typeof alarmsSchema>;

/** Latest values; lossy, never in the log. */
export const telemetrySchema = z.strictObject({
  type: z.literal('telemetry'),
  fixes: z.array(unitFixSchema),
  readings: z.array(deviceReadingSchema),
  /** How long the backend has had each value, milliseconds, in the same order; missing: no time worth saying. */
  ages: z.strictObject({ fixes: z.array(z.int().min(0)), readings: z.array(z.int().min(0)) }).optional(),
});
export type Telemetry = z.infer<typeof telemetrySchema>;

export const pulseDownSchema = z.strictObject({
  type: z.literal('pulse'),
  sequence: z.int().min(0),
  serverTime: instantSchema,
  /** Only when it is another than this station was told last. */
  spread: spreadSchema.optional(),
  /** The checksum that a whole copy has at `rev`, when every poke up to there was sent before. */
  sum: z.strictObject({ rev: z.int().min(0), checksum: checksumSchema }).optional(),
});
export type CopySum = NonNullable<z.infer<typeof pulseDownSchema>['sum']>;
/** A signed grant, answer to signIn. */
export const signedInSchema = z.strictObject({ type: z.literal('signedIn'), grant: z.string().max(4096) });
/** The answer to the question of this id. */
export const answerSchema = z.strictObject({ type: z.literal('answer'), askId: z.int().min(0), answer: deskAnswerSchema });
/** The last message before the backend closes, or the answer to a message that cannot be taken. */
export const refusedSchema = z.strictObject({ type: z.literal('refused'), error: wireErrorSchema });

/** Every message a backend sends. */
export const downSchema = tolerant(
  z.discriminatedUnion('type', [
    welcomeSchema,
    pokeSchema,
    pageSchema,
    alarmsSchema,
    telemetrySchema,
    pulseDownSchema,
    signedInSchema,
    answerSchema,
    refusedSchema,
  ]),
);
export type Down = z.infer<typeof downSchema>;
