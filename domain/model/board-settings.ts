import { z } from 'zod';
import { lineSchema, shortTextSchema } from './values.ts';

const minutesSchema = z.number().min(0);
/** A span that a person chooses by one key: whole minutes, a day at most. */
const offeredSchema = z.int().min(1).max(1_440);
/** As long as a clean may be said to take (`cleanBed`). */
const cleanSchema = z.int().min(1).max(480);

export const surgeMeasures = ['nedocs', 'occupancyPercent', 'boarders', 'waiting', 'longestWaitMinutes'] as const;

/** How a site runs its bed board. Every threshold of the board stands here and nowhere else. */
export const boardSettingsSchema = z.strictObject({
  /** Who is believed on where a patient is when ADT and a desk differ. */
  placementLeads: z.enum(['adt', 'vigil']),
  /** Minutes from a patient's leaving to a clean bed. */
  turnaroundMinutes: minutesSchema,
  /** Minutes that a clean is offered to take: an ordinary one, and a deep one. */
  cleaningMinutes: z.strictObject({ standard: cleanSchema, deep: cleanSchema }).default({ standard: 20, deep: 45 }),
  /** Spans in minutes offered beside "nobody knows": for a bed that is blocked or closed, and for a patient who is out. */
  offeredMinutes: z
    .strictObject({ outOfUse: z.array(offeredSchema).max(6), away: z.array(offeredSchema).max(6) })
    .default({ outOfUse: [60, 240, 480], away: [30, 60, 120] }),
  /**
   * Minutes that a bed stays held after the one it is held for was expected. Where nobody knows when that is, they are expected after
   * as long again, so that the hold ends after twice this.
   */
  holdGraceMinutes: minutesSchema.default(30),
  /** Minutes from the decision to admit after which boarding is over its target. */
  boardingMinutes: minutesSchema,
  /** Minutes to the next observations by NEWS2: total 0, 1 to 4, one parameter at 3, 5 or 6, and 7 or more without a monitor. */
  observationMinutes: z.strictObject({
    none: minutesSchema,
    low: minutesSchema,
    single: minutesSchema,
    medium: minutesSchema,
    high: minutesSchema,
  }),
  /**
   * Minutes to the next observations of whom NEWS2 does not score (under 16 years, pregnant), for levels 1 to 5; null: the site has
   * no such rule, and no time is due.
   */
  levelObservationMinutes: z
    .tuple([minutesSchema, minutesSchema, minutesSchema, minutesSchema, minutesSchema])
    .nullable()
    .default(null),
  /** From so many minutes before a set of observations is due the tile counts down. */
  observationNoticeMinutes: minutesSchema.default(15),
  /** From so many minutes before it is due a re-triage is said to be near. */
  retriageNoticeMinutes: minutesSchema.default(5),
  /** Minutes for which one who left without being seen stays listed, to be called or brought back. */
  leftListedMinutes: minutesSchema.default(720),
  /** Whether a patient under the flag NIV counts as ventilated in NEDOCS. */
  nivIsVentilated: z.boolean().default(false),
  /**
   * Above which value of a measure (`from`) somebody must decide what is done, and what may be done. It is over at `until` and
   * below, so that a value that sways about the threshold does not make it come and go; null: 5 % below `from`.
   */
  surge: z
    .array(
      z.strictObject({
        code: shortTextSchema(16).min(1),
        name: lineSchema.min(1),
        measure: z.enum(surgeMeasures),
        from: z.number(),
        until: z.number().nullable().default(null),
        actions: z.array(lineSchema.min(1)).max(12),
      }),
    )
    .max(20),
  /** What walls show of who a patient is: those of displays, and those that a desk opens. */
  wall: z
    .strictObject({ displays: z.enum(['initials', 'nobody']), desks: z.enum(['initials', 'names']) })
    .default({ displays: 'initials', desks: 'initials' }),
});
export type BoardSettings = z.infer<typeof boardSettingsSchema>;
