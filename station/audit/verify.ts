import type { AuditHead } from '#domain/model/audit.ts';
import type { DeskAuditReport } from '#domain/model/audit-report.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { type AuditFinding, type AuditWitness, verifyAudit } from '#domain/rules/audit-chain.ts';
import { type ReadHandle, StoreError } from '../store/database.ts';
import { readAnchors, readAudit, readCutAnchor, readHospitalHeads, type SignedAnchor } from '../store/queries/audit.ts';
import { readMeta } from '../store/queries/meta.ts';
import { isAnchorSigned, KEPT_FOR, sha256 } from './trail.ts';

/** What the verifier knows from elsewhere. */
export type FromElsewhere = {
  readonly now: Instant;
  /** What the hospital itself keeps of this desk's trail; empty when the hospital was not asked. */
  readonly hospitalKept: readonly AuditHead[];
  /** The hospital's own key; null when it was not asked: then a signature counts under the key kept beside it. */
  readonly hospitalKey: string | null;
};

const findingOf = (handle: ReadHandle, stationId: Id, elsewhere: FromElsewhere): AuditFinding => {
  const anchors = readAnchors(handle);
  const cut = readCutAnchor(handle) ?? null;
  const signed = ({ signedBy, ...anchor }: SignedAnchor): boolean =>
    isAnchorSigned(stationId, anchor, elsewhere.hospitalKey ?? signedBy);
  const forged = anchors.find((anchor) => !signed(anchor));
  if (forged) {
    const sentence = `The hospital did not sign row ${forged.sequence} as it is kept here.`;
    return { rows: 0, head: null, broken: { sequence: forged.sequence, sentence } };
  }
  if (cut && cut.at > elsewhere.now - KEPT_FOR) {
    const sentence = `Rows up to ${cut.sequence} were cut before their 90 days were over.`;
    return { rows: 0, head: null, broken: { sequence: cut.sequence, sentence } };
  }
  const witnesses: readonly AuditWitness[] = [
    ...anchors.map(({ sequence, hash }) => ({ sequence, hash, by: 'the hospital' })),
    ...elsewhere.hospitalKept.map((head) => ({ ...head, by: 'the hospital' })),
  ];
  return verifyAudit(sha256, cut && { sequence: cut.sequence, hash: cut.hash }, readAudit(handle), witnesses);
};

/** Verifies the trail in a desk's database without changing it; throws StoreError for one that has no trail. */
export const verifyDesk = (handle: ReadHandle, elsewhereOf: (stationId: Id) => FromElsewhere): DeskAuditReport => {
  const version = handle.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
  const stationId = version < 40 ? undefined : readMeta(handle, 'stationId');
  if (stationId === undefined) throw new StoreError('unsupported', 'This database has no audit trail.');
  return {
    stationId,
    cutBehind: readCutAnchor(handle)?.sequence ?? 0,
    finding: findingOf(handle, stationId, elsewhereOf(stationId)),
    hospitals: [...readHospitalHeads(handle)],
  };
};
