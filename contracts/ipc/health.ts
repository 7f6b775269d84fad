import { z } from 'zod';
import { instantSchema } from '#domain/model/values.ts';

/** Most spans of the link's history that are kept and sent; the oldest go first. */
export const mostLinkSpans = 400;

/** How the link stood from one moment to another, server time. Between two spans that do not touch, Vigil did not run here. */
export const linkSpanSchema = z.strictObject({
  state: z.enum(['live', 'late', 'stale', 'offline']),
  from: instantSchema,
  until: instantSchema,
});
export type LinkSpan = z.infer<typeof linkSpanSchema>;

/**
 * How this desk is, for its health board and its support bundle: codes, counts, moments and versions, never a row of a patient.
 * What this station does not measure is absent, which is drawn as "not known" and never as well or as zero.
 */
export const healthSchema = z.strictObject({
  /** Server time of this report, and of the start of the running data service. */
  at: instantSchema,
  startedAt: instantSchema,
  link: z.strictObject({
    /** Oldest first, at most the last 24 hours; the last one is how it stands. */
    spans: z.array(linkSpanSchema).max(mostLinkSpans),
    /** Answered heartbeats of the last minute, milliseconds; null without one. */
    roundTrip: z.strictObject({ last: z.number(), median: z.number(), worst: z.number(), count: z.int() }).nullable(),
    /** Bound of the error of the server clock, milliseconds; null when it was never synchronised. */
    clockError: z.number().nullable(),
  }),
  outbox: z.strictObject({
    count: z.int(),
    oldestAgeMs: z.number().nullable(),
    /** When the hospital last settled a command of this desk; null when it is not remembered. */
    lastSettledAt: instantSchema.nullable(),
    conflicts: z.int(),
  }),
  copy: z.strictObject({
    rows: z.record(z.string(), z.int()),
    cursor: z.int().nullable(),
    /** Against the hospital's, at a rev; `at` null where the moment is not kept. */
    checksum: z
      .strictObject({
        state: z.enum(['agrees', 'differs', 'notCompared']),
        rev: z.int().nullable(),
        at: instantSchema.nullable(),
      })
      .optional(),
  }),
  store: z.strictObject({
    place: z.enum(['file', 'memory']),
    /** Database and its log on the disk. */
    bytes: z.int().nullable(),
    lastCheck: z.strictObject({ at: instantSchema, ok: z.boolean() }).optional(),
    /** The file that could not be read and was put aside; `unsent` null when it cannot be counted. */
    quarantined: z.strictObject({ code: z.string(), unsent: z.int().nullable() }).nullable(),
  }),
  /** The newest downtime pack, and where a plain copy goes when policy names a folder. */
  pack: z
    .strictObject({
      newestAt: instantSchema.nullable(),
      pages: z.int().nullable(),
      kept: z.int(),
      plainCopy: z.boolean(),
      problem: z.string().nullable(),
    })
    .optional(),
  /** What is kept for how long: code of the kind, how many, the limit in days or in number. */
  retention: z
    .array(
      z.strictObject({
        what: z.string(),
        count: z.int(),
        days: z.number().nullable(),
        most: z.int().nullable(),
      }),
    )
    .optional(),
  /** Of the data service: node, sqlite, protocol, schema. */
  versions: z.record(z.string(), z.string()),
  /** The newest last. */
  log: z.array(z.strictObject({ at: instantSchema, line: z.string() })),
});
export type Health = z.infer<typeof healthSchema>;

/** What main may be asked to write or to put on the clipboard, in characters. */
export const longestText = 4_194_304;

/** The text that may leave this desk for whoever supports it, as it will be written. */
export const supportBundle = {
  in: z.strictObject({ versions: z.record(z.string().max(32), z.string().max(64)) }),
  out: z.strictObject({ fileName: z.string().regex(/^[\w.-]{1,80}$/), text: z.string().max(longestText) }),
} as const;
