import { z } from 'zod';
import { refusalCodes } from '#domain/commands/definition.ts';
import { sentenceSchema } from '#domain/commands/sentence.ts';
import { roleSchema } from '#domain/model/grant.ts';
import { handoverSchema } from '#domain/model/handover.ts';
import { deskAnswerSchema, deskQuestionSchema } from '#domain/model/message-desk.ts';
import { recordKindSchema, recordSchema } from '#domain/model/record.ts';
import { deviceReadingSchema, unitFixSchema } from '#domain/model/telemetry.ts';
import { idSchema, instantSchema } from '#domain/model/values.ts';
import type { Contract } from './contract.ts';
import { isochrone, recommend, recommendHospital, route, searchAddress } from './dispatch-desk.ts';
import { printFileSchema } from './downtime-pack.ts';
import { healthSchema, longestText, supportBundle } from './health.ts';
import { replayAt, replayPart, replaySpan } from './replay.ts';

/** LIVE: a heartbeat each second, answered · LATE 3 s · STALE 5 s · OFFLINE socket known dead or 15 s. */
export const linkStates = ['live', 'late', 'stale', 'offline'] as const;

/** What the strip of every window shows, once a second and at every change. */
export const frameSchema = z.strictObject({
  sequence: z.int(),
  facilityName: z.string().nullable(),
  /** IANA zone of the facility; null until known. */
  timeZone: z.string().nullable(),
  /** Server time as the station estimates it now, with the bound of its error in milliseconds; error null when never synchronised. */
  serverTime: instantSchema,
  serverTimeError: z.number().nullable(),
  link: z.strictObject({
    state: z.enum(linkStates),
    /** Server time when this state's cause began: the last answered heartbeat. Null when there never was one. */
    lastHeardAt: instantSchema.nullable(),
    roundTripMs: z.number().nullable(),
  }),
  unsent: z.strictObject({ count: z.int(), oldestAgeMs: z.number().nullable() }),
  conflicts: z.int(),
  /** Null when it is not known: device alarms are not reaching this desk. */
  alarms: z.strictObject({ high: z.int(), medium: z.int(), low: z.int(), unacknowledged: z.int() }).nullable(),
  monitors: z.strictObject({ reporting: z.int(), total: z.int() }).nullable(),
  /** What the desk holds: nothing yet, loading a snapshot, or a whole copy as of a moment. */
  copy: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('empty') }),
    /** `asOf`: to when the rows were right that it replaces; absent at the first copy. */
    z.strictObject({ state: z.literal('loading'), loaded: z.int(), total: z.int(), asOf: instantSchema.optional() }),
    z.strictObject({ state: z.literal('whole'), asOf: instantSchema }),
  ]),
  person: z.strictObject({ id: idSchema, name: z.string(), roles: z.array(roleSchema) }).nullable(),
  /** Desk-health: what is wrong here, newest first. An empty list means nothing known is wrong. */
  troubles: z.array(
    z.strictObject({
      code: z.string(),
      severity: z.enum(['notSaved', 'degraded', 'information']),
      message: z.string(),
      at: instantSchema,
      count: z.int(),
    }),
  ),
});
export type Frame = z.infer<typeof frameSchema>;
export type LinkState = Frame['link']['state'];

/** A row as shown: confirmed, or with this desk's unsettled commands on top (`pending`). */
export const shownRowSchema = z.strictObject({ record: recordSchema, pending: z.boolean() });
export type ShownRow = z.infer<typeof shownRowSchema>;

/** First value: `reset` true with everything. Then what changed. */
export const recordsPatchSchema = z.strictObject({
  reset: z.boolean(),
  puts: z.array(shownRowSchema),
  removes: z.array(z.strictObject({ kind: recordKindSchema, id: idSchema })),
});
export type RecordsPatch = z.infer<typeof recordsPatchSchema>;

/** Latest fixes; `receivedAt` is server time by this desk's estimate. */
export const positionsPatchSchema = z.strictObject({ fixes: z.array(unitFixSchema.extend({ receivedAt: instantSchema })) });

/** Latest readings with a trend: one [instant, heartRate, spo2] a minute, oldest first, null where not measured. */
export const readingsPatchSchema = z.strictObject({
  readings: z.array(
    deviceReadingSchema.extend({
      receivedAt: instantSchema,
      trend: z.array(z.tuple([instantSchema, z.number().nullable(), z.number().nullable()])),
    }),
  ),
});

/** A field in which a command that was not done differs from what stands: the losing text beside the one that won; null is "not set". */
export const stakeSchema = z.strictObject({
  kind: recordKindSchema,
  id: idSchema,
  /** What a person calls the record, such as `B12`; empty when it has no name. */
  label: z.string(),
  field: z.string(),
  lost: z.string().nullable(),
  won: z.string().nullable(),
  /** Allergies, triage level, bed, destination: never merged silently. */
  safety: z.boolean(),
});
export type Stake = z.infer<typeof stakeSchema>;

/** A refused or impossible command that waits for a person. */
export const conflictSchema = z.strictObject({
  commandId: idSchema,
  name: z.string(),
  summary: z.string(),
  code: z.enum(refusalCodes),
  message: z.string(),
  /** The message by its key, worded in the language of the window; a conflict of an older version has none. */
  sentence: sentenceSchema.optional(),
  by: z.string(),
  issuedAt: instantSchema,
  foundAt: instantSchema,
  /** `waiting`: it cannot be applied as things stand, and the hospital still decides; it cannot be resolved yet. `decided`: a person chooses. */
  state: z.enum(['waiting', 'decided']),
  /** The records concerned. */
  targets: z.array(z.strictObject({ kind: recordKindSchema, id: idSchema })),
  stakes: z.array(stakeSchema),
  /** Who set what stands now and when, as far as it is known. */
  wonBy: z.string().nullable(),
  wonAt: instantSchema.nullable(),
  /** The same can be done now, as a new command of the person signed in. */
  canApply: z.boolean(),
});
export type Conflict = z.infer<typeof conflictSchema>;

/** The oldest of the unsettled commands that a window is shown; how many there are in all says the frame. */
export const mostUnsentShown = 100;
/** One command of this desk that the backend has not settled. */
export const unsentSchema = z.strictObject({
  commandId: idSchema,
  name: z.string(),
  summary: z.string(),
  by: z.string(),
  issuedAt: instantSchema,
});

export const submitAnswerSchema = z.discriminatedUnion('status', [
  /** Durable in the outbox (synchronous=FULL) and shown; when it was issued, unless it was asked for again after it had been settled. */
  z.strictObject({ status: z.literal('saved'), commandId: idSchema, issuedAt: instantSchema.optional() }),
  z.strictObject({
    status: z.literal('refused'),
    commandId: idSchema,
    code: z.enum(refusalCodes),
    message: z.string(),
    sentence: sentenceSchema.optional(),
  }),
  /** The disk did not take it. The window keeps the input. */
  z.strictObject({
    status: z.literal('notSaved'),
    commandId: idSchema,
    message: z.string(),
    sentence: sentenceSchema.optional(),
  }),
]);
export type SubmitAnswer = z.infer<typeof submitAnswerSchema>;

/** `kept`: what stands stays, and the conflict is closed. Otherwise what became of the new command. */
export const resolveAnswerSchema = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('kept') }),
  ...submitAnswerSchema.options,
]);
export type ResolveAnswer = z.infer<typeof resolveAnswerSchema>;

/** What a person looks at on this desk: one thing, in whichever window it was chosen; null when nothing is. */
export const selectionSchema = z.strictObject({ kind: z.enum(['incident', 'unit', 'hospital']), id: idSchema }).nullable();
export type DeskSelection = z.infer<typeof selectionSchema>;

/** A handover that was written, or the draft of a window. */
const handoverAskedSchema = z.union([
  z.strictObject({ handoverId: idSchema }),
  z.strictObject({ draft: handoverSchema.pick({ summary: true, points: true }) }),
]);
export type HandoverAsked = z.infer<typeof handoverAskedSchema>;
/** What lies ready for main to print, and what its PDF is called. */
const drawnSheetSchema = z.strictObject({
  file: printFileSchema,
  fileName: z.string().regex(/^[\w.-]{1,80}$/),
  pages: z.int(),
});
export type DrawnSheet = z.infer<typeof drawnSheetSchema>;

/** With what a person signs in: in development a role of their choice, which proves nothing. */
const credential = { as: z.union([z.literal('demo'), roleSchema]) };

/** The boundary between the station and one window. The port is the capability. */
export const stationWindow = {
  calls: {
    /** Makes a command. The window mints `commandId` at the gesture, so that a double click is one command. */
    submit: { in: z.strictObject({ commandId: idSchema, name: z.string(), input: z.unknown() }), out: submitAnswerSchema },
    /** Signs a person in at this desk. */
    signIn: { in: z.strictObject(credential), out: z.strictObject({ name: z.string() }) },
    /**
     * A second person does one thing at this window under a sign-in of their own, which the hospital gives now or not at all; who is
     * signed in at the desk stays so. Refused `notAllowed` when it does not.
     */
    countersign: {
      in: z.strictObject({ ...credential, commandId: idSchema, name: z.literal('signHandover'), input: z.unknown() }),
      out: submitAnswerSchema,
    },
    /** AES-GCM key for this author's drafts (32 bytes, base64). */
    draftKey: { in: z.strictObject({}), out: z.strictObject({ key: z.string() }) },
    /**
     * A person decides about a conflict: `keep` what stands, or `apply` what was lost as a new command of their own. A refused or
     * unsaved new command leaves the conflict open. Refused `failed` when the conflict is gone or the hospital still decides.
     */
    resolveConflict: {
      in: z.strictObject({ commandId: idSchema, choice: z.enum(['keep', 'apply']), reason: z.string().min(1).max(500) }),
      out: resolveAnswerSchema,
    },
    searchAddress,
    route,
    isochrone,
    recommend,
    recommendHospital,
    replaySpan,
    replayAt,
    replayPart,
    /** What may leave this desk for whoever supports it, as text; `versions` are those that only main knows. */
    supportBundle,
    /** A person chose something in this window; the desk's other windows hear it. */
    select: { in: z.strictObject({ selection: selectionSchema }), out: z.strictObject({}) },
    /** The missions of the calls received in [from, to) as CSV, without anything of a patient; it is noted in the audit trail. */
    exportMissions: {
      in: z.strictObject({ from: instantSchema, to: instantSchema }),
      out: z.strictObject({ fileName: z.string().regex(/^[\w.-]{1,80}$/), text: z.string().max(longestText), lines: z.int() }),
    },
    /**
     * A question about messages of the hospital's interfaces, asked once as the person signed in: never kept and never sent again.
     * Answers within about 10 s, at once where the hospital is not reached.
     */
    askMessageDesk: { in: deskQuestionSchema, out: deskAnswerSchema },
    /**
     * Draws a handover for main, which prints it or saves it as a PDF: one that was written, or the draft of this window. It is an
     * export, noted in the audit trail, and needs no link.
     */
    exportHandover: {
      in: z.strictObject({
        of: handoverAskedSchema,
        language: z.enum(['en', 'es']),
      }),
      out: drawnSheetSchema,
    },
    /** A window tells what it could not show or draw; it joins the desk-health troubles. */
    report: { in: z.strictObject({ code: z.string().max(64), message: z.string().max(500) }), out: z.strictObject({}) },
  },
  feeds: {
    frame: frameSchema,
    records: recordsPatchSchema,
    positions: positionsPatchSchema,
    readings: readingsPatchSchema,
    conflicts: z.strictObject({ conflicts: z.array(conflictSchema), unsent: z.array(unsentSchema).max(mostUnsentShown) }),
    health: healthSchema,
    /** What was chosen last in another window of this desk. */
    selection: z.strictObject({ selection: selectionSchema }),
  },
} as const satisfies Contract;
