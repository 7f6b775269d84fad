import type { AuditHead } from '#domain/model/audit.ts';
import type { HospitalAuditReport } from '#domain/model/audit-report.ts';
import { verifyAudit } from '#domain/rules/audit-chain.ts';
import { createGrantAuthority } from '../core/grants.ts';
import type { Store } from '../core/store.ts';
import { sha256 } from './trail.ts';

/** Verifies the hospital's trail without changing it, against what desks were shown of it; throws when it has no trail. */
export const verifyHospital = (
  store: Pick<Store, 'audit' | 'meta'>,
  shown: readonly (AuditHead & { readonly epoch: string; readonly by: string })[],
): HospitalAuditReport => {
  const [epoch, signingKey] = [store.meta('epoch'), store.meta('grantSigningKey')];
  if (epoch === undefined || signingKey === undefined) throw new Error('This is not the database of a hospital.');
  const witnesses = shown.filter((head) => head.epoch === epoch);
  return {
    epoch,
    publicKey: createGrantAuthority(signingKey).publicKey,
    finding: verifyAudit(sha256, null, store.audit.rows(), witnesses),
    stations: [...store.audit.anchors()],
  };
};
