import { z } from 'zod';
import { idSchema, instantSchema, lineSchema } from './values.ts';

/** A line to another system of the hospital, as everybody may see it: whether it speaks and what waits for a person. */
export const interfaceLinkSchema = z.strictObject({
  kind: z.literal('interfaceLink'),
  id: idSchema,
  name: lineSchema,
  direction: z.enum(['in', 'out']),
  state: z.enum(['connected', 'waiting', 'failed']),
  /** When this state began. */
  since: instantSchema,
  lastMessageAt: instantSchema.nullable(),
  /** In words; null while nothing is wrong. */
  trouble: lineSchema.nullable(),
  /** Messages that were not applied and wait for a person. */
  unresolved: z.int().min(0),
  /** Messages still to be sent. */
  queued: z.int().min(0),
});
export type InterfaceLink = z.infer<typeof interfaceLinkSchema>;
