import type { Database } from 'better-sqlite3';
import type { AuditHead, AuditRow } from '#domain/model/audit.ts';
import type { Id } from '#domain/model/values.ts';
import type { AuditStore, StationAnchor } from '../../audit/audit-store.ts';

type StoredRow = {
  readonly sequence: number;
  readonly at: number;
  readonly atError: number | null;
  readonly actor: string;
  readonly stationId: string | null;
  readonly action: string;
  readonly subjects: string;
  readonly outcome: string;
  readonly digest: Buffer;
  readonly previous: Buffer;
  readonly hash: Buffer;
};
type StoredAnchor = Omit<StationAnchor, 'hash'> & { readonly hash: Buffer };

const HEAD = 'SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1';
const APPEND = 'INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
const ROWS = `SELECT sequence, at, at_error AS atError, actor, station_id AS stationId, action, subjects, outcome, digest, previous, hash
  FROM audit ORDER BY sequence`;
const ANCHOR_COLUMNS = 'station_id AS stationId, sequence, hash, at, broken_at AS brokenAt';
const ANCHOR = `SELECT ${ANCHOR_COLUMNS} FROM audit_anchor WHERE station_id = ?`;
const ANCHORS = `SELECT ${ANCHOR_COLUMNS} FROM audit_anchor ORDER BY station_id`;
const KEEP_ANCHOR = `INSERT INTO audit_anchor (station_id, sequence, hash, at, broken_at) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (station_id) DO UPDATE SET
    sequence = excluded.sequence, hash = excluded.hash, at = excluded.at, broken_at = excluded.broken_at`;

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const anchorOf = (stored: StoredAnchor): StationAnchor => ({ ...stored, hash: stored.hash.toString('hex') });

/** The audit trail in an opened database. `forget` after a transaction that did not stand: the newest row and the anchors are remembered. */
export const openAudit = (database: Database): AuditStore & { readonly forget: () => void } => {
  let known: AuditHead | null = null;
  // Asked with every row of a station: one of thousands of commands that come after an outage.
  const anchors = new Map<Id, StationAnchor>();
  const statements = {
    head: database.prepare<[], { sequence: number; hash: Buffer }>(HEAD),
    append: database.prepare(APPEND),
    rows: database.prepare<[], StoredRow>(ROWS),
    anchor: database.prepare<[string], StoredAnchor>(ANCHOR),
    anchors: database.prepare<[], StoredAnchor>(ANCHORS),
    keepAnchor: database.prepare(KEEP_ANCHOR),
  };
  return {
    head: () => {
      if (known) return known;
      const last = statements.head.get();
      known = last ? { sequence: last.sequence, hash: last.hash.toString('hex') } : null;
      return known;
    },
    forget: () => {
      known = null;
      anchors.clear();
    },
    append: (row) => {
      statements.append.run(
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
      known = { sequence: row.sequence, hash: row.hash };
    },
    rows: function* () {
      for (const stored of statements.rows.iterate()) {
        yield {
          ...stored,
          actor: stored.actor as AuditRow['actor'],
          subjects: stored.subjects === '' ? [] : stored.subjects.split(' '),
          digest: stored.digest.toString('hex'),
          previous: stored.previous.toString('hex'),
          hash: stored.hash.toString('hex'),
        };
      }
    },
    anchor: (stationId) => {
      const remembered = anchors.get(stationId);
      if (remembered) return remembered;
      const found = statements.anchor.get(stationId);
      if (found) anchors.set(stationId, anchorOf(found));
      return anchors.get(stationId);
    },
    keepAnchor: ({ stationId, sequence, hash, at, brokenAt }) => {
      statements.keepAnchor.run(stationId, sequence, bytes(hash), at, brokenAt);
      anchors.set(stationId, { stationId, sequence, hash, at, brokenAt });
    },
    anchors: () => statements.anchors.all().map(anchorOf),
  };
};
