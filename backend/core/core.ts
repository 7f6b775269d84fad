/**
 * The authority. One totally ordered log per facility: every writing transaction takes the next `rev`, and what a command
 * did, its settlement and its place in the log are one transaction. A command is known by (stationId, commandId): sent
 * again it changes nothing and gets the settlement it got the first time. Memory and subscribers move only after the
 * store has committed, so nobody ever hears of something that a crash can take back. Commands that arrive together are one
 * transaction of many steps, each step with its own rev: a disk is asked once a turn, not once a command.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { checksumText } from '#contracts/wire/checksum.ts';
import type { Row, Settlement } from '#contracts/wire/down.ts';
import type { DivergedReport, SnapshotKey } from '#contracts/wire/up.ts';
import { commandNamed } from '#domain/commands/decide.ts';
import type { Envelope } from '#domain/commands/envelope.ts';
import type { Patient } from '#domain/model/patient.ts';
import { type RecordView, recordSchemas, type VigilRecord } from '#domain/model/record.ts';
import type { Id, Instant } from '#domain/model/values.ts';
import { auditSubjects } from '#domain/rules/audit-chain.ts';
import { type LeavingKey, recordsLeaving } from '#domain/rules/retention.ts';
import { createHospitalTrail, type HospitalTrail } from '../audit/trail.ts';
import { createAuthority } from './authority.ts';
import type { GrantVerifier } from './grants.ts';
import { incidentMonth, incidentNumber } from './incident-number.ts';
import { createMemoryView } from './memory-view.ts';
import { CHECKSUM_META, openRows } from './opening-rows.ts';
import type { Projection } from './projection.ts';
import type { Store, Tombstone } from './store.ts';

/** One step of the log, or several taken together: everything that changed between `base` and `rev`. */
export type Change = {
  readonly base: number;
  readonly rev: number;
  readonly rows: readonly Row[];
  readonly deletes: readonly Tombstone[];
  readonly settlements: ReadonlyMap<Id, readonly Settlement[]>;
  /** The changed rows that a copy which is whole at `base` holds, as it holds them, by `kind/id`; empty when that is not known. */
  readonly before: ReadonlyMap<string, Row>;
};

/** A station's command, with the age of its gesture in milliseconds. */
export type Asked = {
  readonly stationId: Id;
  readonly envelope: Envelope;
  readonly ageMs: number;
  /** Acknowledged before a restore (recovery.ts): neither expiry nor a later withdrawal counts. */
  readonly history?: boolean;
};
/** `repeated` when it had been settled before. */
export type Answer = { readonly settlement: Settlement; readonly repeated: boolean };

export type Core = {
  /** Minted with the database; a restored backup gets a new one. */
  readonly epoch: Id;
  readonly rev: () => number;
  readonly view: RecordView;
  /** The first patient under a medical record number, merged ones too; found without looking through them. */
  readonly patientNumbered: (mrn: string) => Patient | undefined;
  /** The rev that last wrote a record; undefined when there is none. */
  readonly revOf: (key: SnapshotKey) => number | undefined;
  readonly audit: HospitalTrail;
  /** Writes records as one transaction, each as its schema reads it (throws ZodError, and writes none, for one that no desk could read); the rev it took, or the present one when there was nothing to write. */
  readonly commit: (puts: readonly VigilRecord[], deletes?: readonly SnapshotKey[]) => number;
  /**
   * Decides on the present view and writes, over and over, in one transaction: what `run` puts through `write` takes a rev each time
   * (as `commit` reads it, and throws), and the next decision stands on it. What else `run` writes to the store stands or falls with it.
   */
  readonly together: <T>(run: (write: (puts: readonly VigilRecord[]) => number) => T) => T;
  /** Decides a station's command with authority. Throws what the store throws. */
  readonly apply: (stationId: Id, envelope: Envelope, ageMs: number) => Answer;
  /** The newest thousand settlements of a station after a rev. */
  readonly settlementsAfter: (stationId: Id, rev: number) => readonly Settlement[];
  /** Whether a station's command has its settlement. */
  readonly isSettled: (stationId: Id, commandId: Id) => boolean;
  /** Decides commands in order in one transaction, a rev each; all stand or, when the store throws, none. */
  readonly applyAll: (asked: readonly Asked[]) => readonly Answer[];
  /** What a station at `cursor` has missed; undefined when that is too far back, too much, or ahead of the log. */
  readonly changesSince: (stationId: Id, cursor: number) => Change | undefined;
  /** One page of all records in key order, limited by rows and by bytes; `next` null at the end. */
  readonly page: (after: SnapshotKey | null) => { readonly rows: readonly Row[]; readonly next: SnapshotKey | null };
  /** The checksum of all rows of a projection at the present rev, as it travels. */
  readonly checksum: (projection: Projection) => string;
  /** False when the rows that were opened are not those that were last committed. */
  readonly rowsAsCommitted: boolean;
  /** A station's copy was not what it should have been: kept, so that somebody can find out why. */
  readonly noteDiverged: (stationId: Id, report: DivergedReport) => void;
  /** A grant or a person, by id, may act no more: whatever they made and is not settled yet is refused. */
  readonly withdraw: (id: Id) => void;
  /** Whether a grant or a person, by id, may act no more. */
  readonly isWithdrawn: (id: Id) => boolean;
  /** Called after each commit, in order; returns the stop. */
  readonly subscribe: (listen: (change: Change) => void) => () => void;
  /** Forgets tombstones after 30 days and settlements after 90; call it now and then. */
  readonly forgetOld: () => void;
  /** Takes some of what has been over for seven days from the desks into the archive, in one transaction; how many records. Call it until there are none. */
  readonly archiveOld: () => number;
};

export type CoreOptions = {
  readonly store: Store;
  readonly clock: () => Instant;
  readonly verifyGrant: GrantVerifier;
  /**
   * Called in the transaction of what people and the hospital itself did, with each record as it stands and as it stood: what others
   * must be told of it is kept with it. Not for what is applied as history, nor for what is written `together`.
   */
  readonly alsoKeep?: (changes: readonly Changed[]) => void;
};
/** A record that was put, and what stood there. */
export type Changed = { readonly record: VigilRecord; readonly before: VigilRecord | undefined };

const DAY = 86_400_000;
const TOMBSTONE_DAYS = 30;
/** Never less than the tombstones': a station that can still resume must still be answered. */
const SETTLEMENT_DAYS = 90;
const PAGE_ROWS = 2_000;
/** Of JSON, before it is packed. */
const PAGE_CHARACTERS = 256 * 1024;
/** Beyond this a snapshot in pages costs less than one long poke, and stays below the largest message. */
const MOST_RESUMED_ROWS = 2_000;
/** Records that leave in one transaction, so that no poke and no turn is long; a group that is larger leaves alone. */
const MOST_ARCHIVED = 200;
/** Many more than a station can have on their way. */
const MOST_TOLD_SETTLEMENTS = 1_000;

type Step = {
  readonly puts: readonly VigilRecord[];
  readonly deletes: readonly SnapshotKey[];
  readonly settled?: [Id, Settlement];
};
type Turn = {
  readonly base: number;
  rev: number;
  readonly changed: Map<string, { readonly key: SnapshotKey; readonly before: Row | undefined }>;
  readonly settlements: Map<Id, Settlement[]>;
};

const kept = new Map<string, z.ZodType>(Object.entries(recordSchemas).map(([kind, schema]) => [kind, z.compile(schema)]));
// A desk keeps what the schema reads. A field more here would be in this checksum and not in theirs, and they would load for ever.
const asKept = (record: VigilRecord): VigilRecord => (kept.get(record.kind) as z.ZodType<VigilRecord>).parse(record);

/** Opens the authority over a store; a new store gets its epoch. */
export const createCore = ({ store, clock, verifyGrant, alsoKeep }: CoreOptions): Core => {
  const epoch = store.meta('epoch') ?? randomUUID();
  if (store.meta('epoch') === undefined) store.transact(() => store.setMeta('epoch', epoch));
  const audit = createHospitalTrail({ store, clock });
  const { rows, asCommitted } = openRows(store);
  const view = createMemoryView(rows);
  const listeners = new Set<(change: Change) => void>();
  let rev = Number(store.meta('rev') ?? 0);
  let horizon = Number(store.meta('horizon') ?? 0);

  const numbered = (record: VigilRecord): VigilRecord => {
    if (record.kind !== 'incident' || record.number !== null) return record;
    const [facility] = view.list('facility');
    const month = incidentMonth(record.callReceivedAt, facility?.timeZone ?? 'UTC');
    const key = `incidentNumber:${month}`;
    const count = Number(store.meta(key) ?? 0) + 1;
    store.setMeta(key, String(count));
    return { ...record, number: incidentNumber(month, count) };
  };

  /** One rev inside a turn. Memory moves with it, so that the next step decides on it; a turn that fails puts it back. */
  const write = (turn: Turn, { puts, deletes, settled }: Step): void => {
    const next = turn.rev + 1;
    const set = (key: SnapshotKey, row: Row | undefined): void => {
      const name = `${key.kind}/${key.id}`;
      const before = view.set(key, row);
      if (!turn.changed.has(name)) turn.changed.set(name, { key: { kind: key.kind, id: key.id }, before });
    };
    for (const record of puts) {
      const row = { rev: next, record: numbered(record) };
      store.putRow(row);
      set(row.record, row);
    }
    for (const key of deletes) {
      store.bury({ kind: key.kind, id: key.id, rev: next }, clock());
      set(key, undefined);
    }
    if (settled) {
      const [stationId, settlement] = settled;
      store.putSettlement(stationId, settlement, clock());
      const told = turn.settlements.get(stationId);
      if (told) told.push(settlement);
      else turn.settlements.set(stationId, [settlement]);
    }
    turn.rev = next;
  };
  const changeOf = ({ base, rev: reached, changed, settlements }: Turn): Change => {
    const rows: Row[] = [];
    const deletes: Tombstone[] = [];
    const before = new Map<string, Row>();
    for (const [name, { key, before: stood }] of changed) {
      const row = view.row(key);
      if (row) rows.push(row);
      else deletes.push({ ...key, rev: reached });
      if (row && stood) before.set(name, stood);
    }
    return { base, rev: reached, rows, deletes, settlements, before };
  };
  const takeTurn = <T>(run: (turn: Turn) => T): T => {
    const turn: Turn = { base: rev, rev, changed: new Map(), settlements: new Map() };
    let result: T;
    try {
      result = store.transact(() => {
        const done = run(turn);
        if (turn.rev > turn.base) {
          store.setMeta('rev', String(turn.rev));
          store.setMeta(CHECKSUM_META, checksumText(view.sums().desk));
        }
        return done;
      });
    } catch (error) {
      for (const { key, before } of turn.changed.values()) view.set(key, before);
      throw error;
    }
    rev = turn.rev;
    if (turn.rev > turn.base) {
      const change = changeOf(turn);
      for (const listen of listeners) listen(change);
    }
    return result;
  };

  const authority = createAuthority({
    view,
    clock,
    isWithdrawn: (id) => store.isWithdrawn(id),
    isArchived: (id) => store.isArchived(id),
    rememberedDays: SETTLEMENT_DAYS,
  });

  const keepAlso = (puts: readonly VigilRecord[]): void => {
    if (alsoKeep) alsoKeep(puts.map((record) => ({ record, before: view.row(record)?.record })));
  };
  const settle = (turn: Turn, { stationId, envelope, ageMs, history }: Asked): Answer => {
    const before = store.settlement(stationId, envelope.commandId);
    if (before) return { settlement: before, repeated: true };
    const grant = verifyGrant(envelope.grant);
    const decided = history ? authority.decideAsHistory(envelope, grant) : authority.decide(envelope, ageMs, grant);
    const refused = 'code' in decided;
    const settlement: Settlement = {
      commandId: envelope.commandId,
      rev: turn.rev + 1,
      outcome: refused
        ? {
            status: 'refused',
            code: decided.code,
            message: decided.message.slice(0, 500),
            ...(decided.sentence && { sentence: decided.sentence }),
          }
        : { status: 'applied', ...(decided.note === undefined ? {} : { note: decided.note.slice(0, 500) }) },
    };
    const puts = refused ? [] : decided.puts;
    if (!history) keepAlso(puts);
    write(turn, { puts, deletes: [], settled: [stationId, settlement] });
    audit.write({
      actor: grant?.personId ?? 'unknown',
      stationId,
      action: `${history ? 'recovery' : 'command'}.${commandNamed(envelope.name)?.name ?? 'unknown'}`,
      subjects: auditSubjects(envelope.commandId, envelope.input, refused ? [] : decided.puts),
      outcome: refused ? decided.code : 'applied',
      payload: envelope,
    });
    return { settlement, repeated: false };
  };
  const applyAll = (asked: readonly Asked[]): readonly Answer[] => takeTurn((turn) => asked.map((one) => settle(turn, one)));

  return {
    epoch,
    rev: () => rev,
    view,
    patientNumbered: view.patientNumbered,
    revOf: (key) => view.row(key)?.rev,
    audit,
    rowsAsCommitted: asCommitted,
    checksum: (projection) => checksumText(view.sums()[projection]),
    commit: (puts, deletes = []) =>
      puts.length + deletes.length === 0
        ? rev
        : takeTurn((turn) => {
            const kept = puts.map(asKept);
            keepAlso(kept);
            write(turn, { puts: kept, deletes });
            return turn.rev;
          }),
    together: (run) =>
      takeTurn((turn) =>
        run((puts) => {
          const kept = puts.map(asKept);
          if (kept.length > 0) write(turn, { puts: kept, deletes: [] });
          return turn.rev;
        }),
      ),
    apply: (stationId, envelope, ageMs) => applyAll([{ stationId, envelope, ageMs }])[0] as Answer,
    applyAll,
    settlementsAfter: (stationId, after) => store.settlementsAfter(stationId, after).slice(-MOST_TOLD_SETTLEMENTS),
    isSettled: (stationId, commandId) => store.settlement(stationId, commandId) !== undefined,
    changesSince: (stationId, cursor) => {
      if (cursor > rev || cursor < horizon) return undefined;
      const rows = view.rowsAfter(cursor, MOST_RESUMED_ROWS);
      if (!rows) return undefined;
      const settlements = new Map([[stationId, store.settlementsAfter(stationId, cursor)]]);
      return { base: cursor, rev, rows, deletes: store.tombstonesAfter(cursor), settlements, before: new Map() };
    },
    page: (after) => {
      const rows = store.rowsInKeyOrder(after, PAGE_ROWS, PAGE_CHARACTERS);
      const last = rows.at(-1);
      const more = last !== undefined && store.rowsInKeyOrder(last.record, 1, 1).length > 0;
      return { rows, next: more ? { kind: last.record.kind, id: last.record.id } : null };
    },
    noteDiverged: (stationId, report) => store.transact(() => store.putDivergence(stationId, report, clock())),
    withdraw: (id) =>
      store.transact(() => {
        store.putWithdrawal(id, clock());
        const payload = { id };
        audit.write({ actor: 'administrator', stationId: null, action: 'withdrawn', subjects: [id], outcome: 'done', payload });
      }),
    isWithdrawn: (id) => store.isWithdrawn(id),
    subscribe: (listen) => {
      listeners.add(listen);
      return () => void listeners.delete(listen);
    },
    forgetOld: () => {
      const now = clock();
      const highest = store.transact(() => {
        const forgotten = store.forget(now - TOMBSTONE_DAYS * DAY, now - SETTLEMENT_DAYS * DAY);
        if (forgotten > horizon) store.setMeta('horizon', String(forgotten));
        return forgotten;
      });
      horizon = Math.max(horizon, highest);
    },
    archiveOld: () => {
      const leaving: LeavingKey[] = [];
      for (const group of recordsLeaving(view, clock())) {
        if (leaving.length > 0 && leaving.length + group.length > MOST_ARCHIVED) break;
        leaving.push(...group);
      }
      if (leaving.length === 0) return 0;
      takeTurn((turn) => {
        for (const key of leaving) {
          const row = view.row(key);
          if (row) store.archive(row, clock());
        }
        write(turn, { puts: [], deletes: leaving });
        audit.write({
          actor: 'hospital',
          stationId: null,
          action: 'archived',
          subjects: leaving.filter(({ kind }) => kind === 'encounter' || kind === 'incident').map(({ id }) => id),
          outcome: 'done',
          payload: leaving,
        });
      });
      return leaving.length;
    },
  };
};
