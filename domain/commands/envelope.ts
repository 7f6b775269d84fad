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
});
export type Envelope = z.infer<typeof envelopeSchema>;
