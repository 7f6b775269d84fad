import { z } from 'zod';
import { auditHeadSchema } from './audit.ts';
import { idSchema, instantSchema } from './values.ts';

const findingSchema = z.strictObject({
  rows: z.int(),
  head: auditHeadSchema.nullable(),
  broken: z.strictObject({ sequence: z.int(), sentence: z.string() }).nullable(),
});

/** What the verification of a desk's trail found, and what the desk was shown of the hospital's. */
export const deskAuditReportSchema = z.strictObject({
  stationId: idSchema,
  /** Older rows were cut behind this signed row; 0 for a whole trail. */
  cutBehind: z.int(),
  finding: findingSchema,
  hospitals: z.array(z.strictObject({ epoch: idSchema, ...auditHeadSchema.shape })),
});
export type DeskAuditReport = z.infer<typeof deskAuditReportSchema>;

/** What the verification of the hospital's trail found, and which heads the stations have shown it. */
export const hospitalAuditReportSchema = z.strictObject({
  epoch: idSchema,
  /** What its signatures verify with; Ed25519, SPKI, base64. */
  publicKey: z.string(),
  finding: findingSchema,
  stations: z.array(
    z.strictObject({ stationId: idSchema, ...auditHeadSchema.shape, at: instantSchema, brokenAt: instantSchema.nullable() }),
  ),
});
export type HospitalAuditReport = z.infer<typeof hospitalAuditReportSchema>;
