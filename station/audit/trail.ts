/**
 * The desk's audit trail. A row is written in the transaction of what it tells (SYNC A1), so the two stand or fall together;
 * the head is read from the file each time, because a transaction that failed must leave no trace in memory either.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { type AuditAnswer, auditAnchorText } from '#contracts/wire/audit.ts';
import type { AuditEntry, AuditHead } from '#domain/model/audit.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { auditDigest, auditRow } from '#domain/rules/audit-chain.ts';
import type { Database, WriteHandle } from '../store/database.ts';
import { appendAudit, cutAudit, keepAnchor, keepHospitalHead, readAuditHead, readHospitalHead } from '../store/queries/audit.ts';

/** What was done or refused. The payload leaves only its digest behind. */
export type AuditEvent = Pick<AuditEntry, 'action' | 'subjects' | 'outcome'> & {
  readonly payload: unknown;
  /** Absent: the person who is signed in. */
  readonly actor?: AuditEntry['actor'];
};

export type AuditTrail = {
  /** Appends one row in the transaction of what it tells. */
  readonly write: (handle: WriteHandle, event: AuditEvent) => void;
  /** Appends one row by itself, for what has no other effect on the file. Throws StoreError. */
  readonly note: (event: AuditEvent) => void;
  /** What the hospital is shown. */
  readonly head: () => AuditHead | null;
  /** Keeps the hospital's answer with the settlements it came with; one that the hospital did not sign is left out. */
  readonly answered: (
    handle: WriteHandle,
    answer: AuditAnswer,
    hospital: { readonly epoch: Id; readonly grantKey: string },
  ) => void;
  /** Removes rows 90 days after the hospital signed them; without a signature none. */
  readonly cut: (handle: WriteHandle) => void;
};

/** A desk keeps its rows this long after the hospital has signed them, milliseconds. */
export const KEPT_FOR = 90 * 86_400_000;

/** The hash of the trail. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Whether the hospital with this key (Ed25519, SPKI, base64) signed this station's head. */
export const isAnchorSigned = (stationId: Id, anchor: AuditAnswer['station'], grantKey: string): boolean => {
  try {
    const key = createPublicKey({ key: Buffer.from(grantKey, 'base64'), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(auditAnchorText(stationId, anchor)), key, Buffer.from(anchor.signature, 'base64url'));
  } catch {
    return false;
  }
};

/** Goes on with the trail of an opened store. */
export const createAuditTrail = (options: {
  readonly database: Database;
  readonly stationId: Id;
  readonly serverNow: () => Instant;
  readonly serverTimeError: () => number | null;
  /** The person who is signed in, by the grant. */
  readonly person: () => Id | null;
  /** The hospital's trail has gone back, or says something else where this desk was shown another row. */
  readonly hospitalBroken: () => void;
}): AuditTrail => {
  const { database, stationId } = options;
  const reported = new Set<Id>();
  const write: AuditTrail['write'] = (handle, { action, subjects, outcome, payload, actor }) =>
    appendAudit(
      handle,
      auditRow(sha256, readAuditHead(handle), {
        at: options.serverNow(),
        atError: options.serverTimeError(),
        actor: actor ?? options.person() ?? 'nobody',
        stationId,
        action,
        subjects,
        outcome,
        digest: auditDigest(sha256, payload),
      }),
    );
  return {
    write,
    note: (event) => database.transaction((handle) => write(handle, event)),
    head: () => readAuditHead(database.read),
    answered: (handle, { hospital, station }, { epoch, grantKey }) => {
      if (!isAnchorSigned(stationId, station, grantKey)) return;
      keepAnchor(handle, { ...station, signedBy: grantKey });
      const known = readHospitalHead(handle, epoch);
      const goesOn =
        !known || hospital.sequence > known.sequence || (hospital.sequence === known.sequence && hospital.hash === known.hash);
      if (goesOn) return keepHospitalHead(handle, epoch, hospital);
      if (reported.has(epoch)) return;
      reported.add(epoch);
      write(handle, {
        actor: 'station',
        action: 'hospitalTrailBroken',
        subjects: [epoch],
        outcome: 'found',
        payload: { known, hospital },
      });
      options.hospitalBroken();
    },
    cut: (handle) => {
      const anchor = cutAudit(handle, options.serverNow() - KEPT_FOR);
      if (anchor) write(handle, { actor: 'station', action: 'checkpoint', subjects: [], outcome: 'cut', payload: anchor });
    },
  };
};
