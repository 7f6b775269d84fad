import { z } from 'zod';
import { hospitalServiceSchema } from './hospital.ts';
import { incidentPrioritySchema } from './incident.ts';
import { capabilitySchema, unitStatuses } from './unit.ts';
import { lineSchema, shortTextSchema } from './values.ts';

const minutesSchema = z.number().min(0);

/** What calls of one kind need. */
export const runCardSchema = z.strictObject({
  /** Name of the call category; null is every category that has no card of its own. */
  category: lineSchema.nullable(),
  /** Null is every priority. */
  priority: incidentPrioritySchema.nullable(),
  needs: z.array(z.strictObject({ what: capabilitySchema, count: z.int().min(1).max(20) })).max(10),
  /** What the hospital must offer. */
  services: z.array(hospitalServiceSchema).max(4),
});
export type RunCard = z.infer<typeof runCardSchema>;

/** How a site dispatches. Every threshold of the dispatch desk stands here and nowhere else. */
export const dispatchSettingsSchema = z.strictObject({
  /** `arp`: C1 to C4 as in England's Ambulance Response Programme; `plain`: 1 to 5. */
  priorityScheme: z.enum(['arp', 'plain']),
  categories: z
    .array(z.strictObject({ name: lineSchema.min(1), code: shortTextSchema(16), priority: incidentPrioritySchema }))
    .max(200),
  runCards: z.array(runCardSchema).max(400),
  /** Minutes in a unit status after which it warns and alerts. */
  statusLimits: z
    .array(z.strictObject({ status: z.enum(unitStatuses), warn: minutesSchema, alert: minutesSchema }))
    .max(unitStatuses.length),
  /** Minutes without a unit after which an open incident warns and alerts, by priority. */
  waitLimits: z.array(z.strictObject({ priority: incidentPrioritySchema, warn: minutesSchema, alert: minutesSchema })).max(5),
  /** Minutes at a hospital at which the handover steps up. */
  offloadSteps: z.tuple([minutesSchema, minutesSchema, minutesSchema, minutesSchema]),
  geofence: z.strictObject({ mode: z.enum(['off', 'suggest', 'automatic']), metres: z.number().min(10).max(2_000) }),
  /** Minutes between two roll-calls, then the seconds to answer and to answer again. */
  rollCall: z.strictObject({ everyMinutes: minutesSchema, answerSeconds: minutesSchema, retrySeconds: minutesSchema }),
  /** Open incidents nearer than this, in metres and minutes, are offered as the same. */
  duplicate: z.strictObject({ metres: z.number().min(0), minutes: minutesSchema }),
  /** A dispatch that no crew answered for so many seconds asks to be sent by radio. */
  unansweredSeconds: z.number().min(1),
  /** Minutes from the call to the first unit on scene: the mean and the 90th centile to be kept, by priority; null is none. */
  responseTargets: z
    .array(
      z.strictObject({ priority: incidentPrioritySchema, mean: minutesSchema.nullable(), centile90: minutesSchema.nullable() }),
    )
    .max(5),
  /** Local times at which shifts begin, minutes after midnight. */
  shiftStarts: z.array(z.int().min(0).max(1_439)).min(1).max(8),
});
export type DispatchSettings = z.infer<typeof dispatchSettingsSchema>;
export type CallCategory = DispatchSettings['categories'][number];
