/**
 * What a window asks of the last hours of its desk. The rows are those that the hospital had confirmed, as this desk knew them at
 * the time; moments are server time as this desk estimated it then.
 *
 * A player takes `replayAt` once, and then `replayPart` after `replayPart`: what a part brings, applied in order, gives the same
 * picture that `replayAt` of its end would. A part ends where the record does. What lies in a gap was not recorded: after one the
 * player begins with `replayAt` again, for nothing of before it may be shown as if it had been so.
 *
 * Rows come as JSON text in pages and positions as columns of numbers, so that a large fleet crosses the port as a few blocks of
 * memory; a reader takes page by page (`readReplayRecords`, `readReplayChanges`) and position by position (`readReplayFix`).
 */
import { z } from 'zod';
import type { RecordKind, VigilRecord } from '#domain/model/record.ts';
import type { UnitFix } from '#domain/model/telemetry.ts';
import { type Id, type Instant, instantSchema } from '#domain/model/values.ts';
import { replayMarkKinds } from '#domain/rules/replay-history.ts';

/** Longest part that can be asked for, milliseconds. */
export const LONGEST_REPLAY_PART = 600_000;
/** Rows or changes in a page of text at most. */
export const mostReplayRows = 500;
/** One mark of each kind a minute, for twelve hours and the part that is not yet forgotten. */
export const mostReplayMarks = 4_000;
/** Spans without record that are sent at most; the newest. */
export const mostReplayGaps = 1_000;
/** In the column `source`: nobody said what reported it. */
export const unnamedSource = 0xffff;

/** Why nothing can be looked at, with a sentence for a person. `notKept`: this desk keeps none. `failed`: it is tried again by itself. */
export const replayUnavailableSchema = z.strictObject({
  state: z.literal('unavailable'),
  reason: z.enum(['notKept', 'failed']),
  message: z.string(),
});
export type ReplayUnavailable = z.infer<typeof replayUnavailableSchema>;

/**
 * Positions as columns of one length, oldest first. `unit` and `source` are places in the lists of that name; `heading`, `speed`,
 * `accuracy` and `skewMs` are NaN where they were not said.
 */
export const replayFixesSchema = z.strictObject({
  units: z.array(z.string()).readonly(),
  sources: z.array(z.string()).readonly(),
  unit: z.instanceof(Uint16Array),
  source: z.instanceof(Uint16Array),
  /** When it came to this desk. */
  at: z.instanceof(Float64Array),
  longitude: z.instanceof(Float64Array),
  latitude: z.instanceof(Float64Array),
  observedAt: z.instanceof(Float64Array),
  receivedAt: z.instanceof(Float64Array),
  heading: z.instanceof(Float32Array),
  speed: z.instanceof(Float32Array),
  accuracy: z.instanceof(Float32Array),
  skewMs: z.instanceof(Float32Array),
});
export type ReplayFixes = z.infer<typeof replayFixesSchema>;

const gapSchema = z.strictObject({ from: instantSchema, to: instantSchema });
export type ReplayGap = z.infer<typeof gapSchema>;

/** From when to when something is recorded, and where in between nothing is; null when there is nothing yet. */
export const replaySpan = {
  in: z.strictObject({}),
  out: z.discriminatedUnion('state', [
    z.strictObject({
      state: z.literal('found'),
      from: instantSchema.nullable(),
      to: instantSchema.nullable(),
      /** Oldest first. */
      gaps: z.array(gapSchema).max(mostReplayGaps).readonly(),
      /** What happened, counted by the minute; `at` is the beginning of it. Oldest first. */
      marks: z
        .array(z.strictObject({ at: instantSchema, kind: z.enum(replayMarkKinds), count: z.int().positive() }))
        .max(mostReplayMarks)
        .readonly(),
    }),
    replayUnavailableSchema,
  ]),
} as const;
export type ReplaySpan = z.infer<typeof replaySpan.out>;

/** The picture of a moment. A window has one such question under way: a newer one answers what waited with `superseded`. */
export const replayAt = {
  in: z.strictObject({ at: instantSchema }),
  out: z.discriminatedUnion('state', [
    z.strictObject({
      state: z.literal('found'),
      at: instantSchema,
      /** False in a gap, and before and after what is kept: then there are no rows and no positions. */
      recorded: z.boolean(),
      /** Pages for `readReplayRecords`. */
      records: z.array(z.string()).readonly(),
      /** Of each unit the newest that was kept; a unit without a row of this moment is among them. */
      fixes: replayFixesSchema,
    }),
    z.strictObject({ state: z.literal('superseded') }),
    replayUnavailableSchema,
  ]),
} as const;
export type ReplayAt = z.infer<typeof replayAt.out>;

/** What changed after `from`, up to and with `to`. */
export const replayPart = {
  in: z.strictObject({ from: instantSchema, to: instantSchema }),
  out: z.discriminatedUnion('state', [
    z.strictObject({
      state: z.literal('found'),
      from: instantSchema,
      /** How far it is told: earlier than was asked where a gap or the present comes first, and `from` where nothing was recorded. */
      to: instantSchema,
      /** Pages for `readReplayChanges`. */
      changes: z.array(z.string()).readonly(),
      fixes: replayFixesSchema,
    }),
    replayUnavailableSchema,
  ]),
} as const;
export type ReplayPart = z.infer<typeof replayPart.out>;

export type ReplayChange =
  | { readonly at: Instant; readonly record: VigilRecord }
  | { readonly at: Instant; readonly removed: { readonly kind: RecordKind; readonly id: Id } };
export type ReplayFix = UnitFix & { readonly receivedAt: Instant; readonly at: Instant };

/** The rows of a page. The station wrote the text from rows that it had parsed; throws SyntaxError for what is no JSON. */
export const readReplayRecords = (page: string): readonly VigilRecord[] => JSON.parse(page) as readonly VigilRecord[];

/** The changes of a page, oldest first; throws SyntaxError for what is no JSON. */
export const readReplayChanges = (page: string): readonly ReplayChange[] => JSON.parse(page) as readonly ReplayChange[];

/** One position of the columns; undefined beyond their end. */
export const readReplayFix = (fixes: ReplayFixes, index: number): ReplayFix | undefined => {
  const number = (column: Float32Array | Float64Array): number => column[index] ?? Number.NaN;
  const known = (column: Float32Array): number | null => (Number.isNaN(number(column)) ? null : number(column));
  const unitId = fixes.units[fixes.unit[index] ?? -1];
  if (unitId === undefined) return undefined;
  const source = fixes.sources[fixes.source[index] ?? unnamedSource];
  const [accuracy, skewMs] = [known(fixes.accuracy), known(fixes.skewMs)];
  return {
    unitId,
    position: [number(fixes.longitude), number(fixes.latitude)],
    heading: known(fixes.heading),
    speed: known(fixes.speed),
    observedAt: number(fixes.observedAt),
    receivedAt: number(fixes.receivedAt),
    at: number(fixes.at),
    ...(source !== undefined && { source }),
    ...(accuracy !== null && { accuracy }),
    ...(skewMs !== null && { skewMs }),
  };
};
