import { z } from 'zod';
import { idSchema, instantSchema } from '../model/values.ts';

/** A command as it is kept in the outbox and sent: what, when as the gesture's server time, and by whose signed grant. */
export const envelopeSchema = z.strictObject({
  commandId: idSchema,
  name: z.string().max(64),
  input: z.unknown(),
  issuedAt: instantSchema,
  /** Bound of the error of `issuedAt`, milliseconds. */
  issuedAtError: z.number().min(0),
  /** The person's signed grant, opaque to all but the verifier. */
  grant: z.string().max(4096),
  /** What the author saw of the safety fields of the records concerned, by `kind/id` and field (rules/safety.ts). */
  seen: z.record(z.string().max(80), z.record(z.string().max(40), z.unknown())).optional(),
});
export type Envelope = z.infer<typeof envelopeSchema>;
