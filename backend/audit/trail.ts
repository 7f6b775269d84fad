/**
 * The hospital's audit trail. A row is written in the transaction of what it tells (SYNC A2). With its commands a station shows
 * the head of its own trail: it is kept in the transaction of the settlements that answer them. A greeting whose head goes back,
 * or a head that says something else where another row was shown, is never taken for the new truth (A6). Commands may have
 * been overtaken on their way, so an older head that comes with them says nothing.
 */
import { hash } from 'node:crypto';
import type { AuditEntry, AuditHead } from '#domain/model/audit.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { auditDigest, auditRow } from '#domain/rules/audit-chain.ts';
import type { AuditStore, StationAnchor } from './audit-store.ts';

/** What was done or refused. The payload leaves only its digest behind. */
export type AuditEvent = Pick<AuditEntry, 'actor' | 'stationId' | 'action' | 'subjects' | 'outcome'> & {
  readonly payload: unknown;
};

export type HospitalTrail = {
  /** Appends one row in the transaction of what it tells, and keeps the head that the station showed. */
  readonly write: (event: AuditEvent) => void;
  /** Appends one row by itself, for what has no other effect on the store. */
  readonly note: (event: AuditEvent) => void;
  /** Appends several rows by themselves, in order, in one transaction. */
  readonly noteAll: (events: readonly AuditEvent[]) => void;
  /** A station greets with its head: it is noted when rows are missing that it showed before. */
  readonly greeted: (stationId: Id, head: AuditHead) => void;
  /** A station has shown its head with commands: kept with its next row. */
  readonly shown: (stationId: Id, head: AuditHead) => void;
  /** What the station is told of it, once, after it was kept; undefined when there is nothing to tell. */
  readonly answer: (
    stationId: Id,
  ) => { readonly hospital: AuditHead; readonly station: AuditHead & { readonly at: Instant } } | undefined;
};

/** The hash of the trail. */
export const sha256 = (text: string): string => hash('sha256', text);

const isSame = (one: AuditHead, other: AuditHead): boolean => one.sequence === other.sequence && one.hash === other.hash;

/** Goes on with the trail of an opened store. */
export const createHospitalTrail = (options: {
  readonly store: { readonly audit: AuditStore; readonly transact: <T>(write: () => T) => T };
  readonly clock: () => Instant;
}): HospitalTrail => {
  const { clock } = options;
  const { audit, transact } = options.store;
  const heads = new Map<Id, AuditHead>();
  const append = ({ payload, ...event }: AuditEvent): void =>
    audit.append(auditRow(sha256, audit.head(), { ...event, at: clock(), atError: 0, digest: auditDigest(sha256, payload) }));
  const broken = (kept: StationAnchor, head: AuditHead): void => {
    const { stationId } = kept;
    audit.keepAnchor({ ...kept, brokenAt: clock() });
    const payload = { kept: { sequence: kept.sequence, hash: kept.hash }, shown: head };
    append({ actor: 'hospital', stationId, action: 'stationTrailBroken', subjects: [stationId], outcome: 'found', payload });
  };
  const keep = (stationId: Id, head: AuditHead): void => {
    const kept = audit.anchor(stationId);
    if (kept && (kept.brokenAt !== null || isSame(kept, head))) return;
    if (!kept || head.sequence > kept.sequence) audit.keepAnchor({ stationId, ...head, at: clock(), brokenAt: null });
    else if (head.sequence === kept.sequence) broken(kept, head);
  };
  const write: HospitalTrail['write'] = (event) => {
    append(event);
    const head = event.stationId === null ? undefined : heads.get(event.stationId);
    if (event.stationId !== null && head) keep(event.stationId, head);
  };
  return {
    write,
    note: (event) => transact(() => write(event)),
    noteAll: (events) => transact(() => events.forEach(write)),
    greeted: (stationId, head) => {
      const kept = audit.anchor(stationId);
      if (kept && kept.brokenAt === null && head.sequence <= kept.sequence && !isSame(kept, head))
        transact(() => broken(kept, head));
    },
    shown: (stationId, head) => void heads.set(stationId, head),
    answer: (stationId) => {
      const head = heads.get(stationId);
      if (!head) return undefined;
      const [kept, hospital] = [audit.anchor(stationId), audit.head()];
      if (!kept || !hospital || kept.brokenAt !== null || !isSame(kept, head)) return undefined;
      heads.delete(stationId);
      return { hospital, station: { sequence: kept.sequence, hash: kept.hash, at: kept.at } };
    },
  };
};
