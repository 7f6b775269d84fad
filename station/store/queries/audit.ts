import type { AuditAnchor } from '#contracts/wire/audit.ts';
import type { AuditHead, AuditRow } from '#domain/model/audit.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import type { ReadHandle, WriteHandle } from '../database.ts';

/** An anchor with the public key that it verifies with. */
export type SignedAnchor = AuditAnchor & { readonly signedBy: string };
type StoredHead = { readonly sequence: number; readonly hash: Uint8Array };
type StoredAnchor = StoredHead & { readonly at: number; readonly signature: string; readonly signedBy: string };
type StoredRow = {
  readonly sequence: number;
  readonly at: number;
  readonly atError: number | null;
  readonly actor: string;
  readonly stationId: string | null;
  readonly action: string;
  readonly subjects: string;
  readonly outcome: string;
  readonly digest: Uint8Array;
  readonly previous: Uint8Array;
  readonly hash: Uint8Array;
};

const APPEND = 'INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
const LAST = 'SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1';
const ROWS = `SELECT sequence, at, at_error AS atError, actor, station_id AS stationId, action, subjects, outcome, digest, previous, hash
  FROM audit ORDER BY sequence`;
const ANCHOR_COLUMNS = 'sequence, hash, at, signature, signed_by AS signedBy';
const KEEP_ANCHOR = 'INSERT OR IGNORE INTO audit_anchor (sequence, hash, at, signature, signed_by) VALUES (?, ?, ?, ?, ?)';
export const THIN_ANCHORS = 'DELETE FROM audit_anchor WHERE at >= ? AND at <= ? AND sequence < ? AND cut = 0';
const ANCHORS = `SELECT ${ANCHOR_COLUMNS} FROM audit_anchor ORDER BY sequence`;
const CUT_ANCHOR = `SELECT ${ANCHOR_COLUMNS} FROM audit_anchor WHERE cut = 1 ORDER BY sequence DESC LIMIT 1`;
export const CUTTABLE = `SELECT ${ANCHOR_COLUMNS} FROM audit_anchor WHERE at < ? AND cut = 0 ORDER BY at DESC LIMIT 1`;
const MARK_CUT = 'UPDATE audit_anchor SET cut = 1 WHERE sequence = ?';
export const CUT_ROWS = 'DELETE FROM audit WHERE sequence <= ?';
const FORGET_ANCHORS = 'DELETE FROM audit_anchor WHERE sequence < ?';
const HOSPITAL = 'SELECT sequence, hash FROM audit_of_hospital WHERE epoch = ?';
const HOSPITALS = 'SELECT epoch, sequence, hash FROM audit_of_hospital ORDER BY epoch';
const KEEP_HOSPITAL = `INSERT INTO audit_of_hospital (epoch, sequence, hash) VALUES (?, ?, ?)
  ON CONFLICT (epoch) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash`;

const DAY = 86_400_000;
const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
const hex = (stored: Uint8Array): string => Buffer.from(stored).toString('hex');
const anchorOf = (stored: StoredAnchor): SignedAnchor => ({ ...stored, hash: hex(stored.hash) });

export const appendAudit = (handle: WriteHandle, row: AuditRow): void =>
  void handle.run(
    APPEND,
    row.sequence,
    row.at,
    row.atError,
    row.actor,
    row.stationId,
    row.action,
    row.subjects.join(' '),
    row.outcome,
    bytes(row.digest),
    bytes(row.previous),
    bytes(row.hash),
  );

/** The newest row's place and hash; where all rows were cut, the anchor that stands for them; null for a trail that has not begun. */
export const readAuditHead = (handle: ReadHandle): AuditHead | null => {
  const last = handle.get<StoredHead>(LAST) ?? handle.get<StoredAnchor>(CUT_ANCHOR);
  return last ? { sequence: last.sequence, hash: hex(last.hash) } : null;
};

/** The whole trail in order, row by row. */
export const readAudit = function* (handle: ReadHandle): Iterable<AuditRow> {
  for (const stored of handle.iterate<StoredRow>(ROWS)) {
    yield {
      ...stored,
      actor: stored.actor as AuditRow['actor'],
      subjects: stored.subjects === '' ? [] : stored.subjects.split(' '),
      digest: hex(stored.digest),
      previous: hex(stored.previous),
      hash: hex(stored.hash),
    };
  }
};

/** Keeps what the hospital signed; of one day only the newest stays. */
export const keepAnchor = (handle: WriteHandle, anchor: SignedAnchor): void => {
  handle.run(KEEP_ANCHOR, anchor.sequence, bytes(anchor.hash), anchor.at, anchor.signature, anchor.signedBy);
  handle.run(THIN_ANCHORS, anchor.at - (anchor.at % DAY), anchor.at, anchor.sequence);
};

export const readAnchors = (handle: ReadHandle): readonly SignedAnchor[] => handle.all<StoredAnchor>(ANCHORS).map(anchorOf);

/** The anchor behind which rows were cut. */
export const readCutAnchor = (handle: ReadHandle): SignedAnchor | undefined => {
  const found = handle.get<StoredAnchor>(CUT_ANCHOR);
  return found && anchorOf(found);
};

/** Removes the rows up to the newest anchor signed before a moment; that anchor, or undefined when there is none. */
export const cutAudit = (handle: WriteHandle, before: Instant): SignedAnchor | undefined => {
  const found = handle.get<StoredAnchor>(CUTTABLE, before);
  if (!found) return undefined;
  handle.run(MARK_CUT, found.sequence);
  handle.run(CUT_ROWS, found.sequence);
  handle.run(FORGET_ANCHORS, found.sequence);
  return anchorOf(found);
};

/** The furthest head of the hospital's trail that this desk was shown in an epoch. */
export const readHospitalHead = (handle: ReadHandle, epoch: Id): AuditHead | undefined => {
  const found = handle.get<StoredHead>(HOSPITAL, epoch);
  return found && { sequence: found.sequence, hash: hex(found.hash) };
};

/** The furthest head of the hospital's trail in each epoch that this desk has seen. */
export const readHospitalHeads = (handle: ReadHandle): readonly (AuditHead & { readonly epoch: Id })[] =>
  handle.all<StoredHead & { readonly epoch: Id }>(HOSPITALS).map((found) => ({ ...found, hash: hex(found.hash) }));

export const keepHospitalHead = (handle: WriteHandle, epoch: Id, { sequence, hash }: AuditHead): void =>
  void handle.run(KEEP_HOSPITAL, epoch, sequence, bytes(hash));
