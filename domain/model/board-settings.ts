import { z } from 'zod';
import { lineSchema, shortTextSchema } from './values.ts';

const minutesSchema = z.number().min(0);

export const surgeMeasures = ['nedocs', 'occupancyPercent', 'boarders', 'waiting', 'longestWaitMinutes'] as const;

/** How a site runs its bed board. Every threshold of the board stands here and nowhere else. */
export const boardSettingsSchema = z.strictObject({
  /** Who is believed on where a patient is when ADT and a desk differ. */
  placementLeads: z.enum(['adt', 'vigil']),
  /** Minutes from a patient's leaving to a clean bed. */
  turnaroundMinutes: minutesSchema,
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
