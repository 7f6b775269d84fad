import { z } from 'zod';
import { type AuditHead, auditHeadSchema } from '#domain/model/audit.ts';
import { type Id, type Instant, instantSchema } from '#domain/model/values.ts';

/** A station's head as the hospital keeps it: when it was shown, and the hospital's Ed25519 signature over `auditAnchorText`, base64url. */
export const auditAnchorSchema = z.strictObject({
  ...auditHeadSchema.shape,
  at: instantSchema,
  signature: z.string().max(128),
});
export type AuditAnchor = z.infer<typeof auditAnchorSchema>;

/** The hospital's answer to a head: the head of its own trail, and the station's one signed. */
export const auditAnswerSchema = z.strictObject({ hospital: auditHeadSchema, station: auditAnchorSchema });
export type AuditAnswer = z.infer<typeof auditAnswerSchema>;

/** The text that the hospital signs. It has spaces, so it can never be taken for the text of a grant. */
export const auditAnchorText = (stationId: Id, { sequence, hash, at }: AuditHead & { readonly at: Instant }): string =>
  `vigil audit anchor ${stationId} ${sequence} ${hash} ${at}`;
