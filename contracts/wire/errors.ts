import { z } from 'zod';

/** transient: try again later · ambiguous: it may have happened, ask again under the same id · permanent: trying again cannot help. */
export const wireErrorCodes = {
  malformed: 'permanent',
  oversized: 'permanent',
  unknownVersion: 'permanent',
  unauthorised: 'permanent',
  wrongScope: 'permanent',
  snapshotGone: 'transient',
  busy: 'transient',
  storeFailed: 'transient',
  linkLost: 'ambiguous',
} as const;

export type WireErrorCode = keyof typeof wireErrorCodes;
export const wireErrorSchema = z.strictObject({
  code: z.enum(Object.keys(wireErrorCodes) as [WireErrorCode, ...WireErrorCode[]]),
  message: z.string().max(500),
  /** With `busy`: when to come again, milliseconds. */
  retryAfterMs: z.int().min(0).max(600_000).optional(),
});
export type WireError = z.infer<typeof wireErrorSchema>;
