import type { Database, Statement } from 'better-sqlite3';
import type {
  KeptMessage,
  MappedLocation,
  MessageBytes,
  MessageState,
  MessageStore,
  OutgoingMessage,
} from '../../adt/message-store.ts';
import { isNewerOf, touchedBy } from '../../adt/outgoing-order.ts';

const COLUMNS = `sequence, received_at AS receivedAt, sender, control_id AS controlId, lower(hex(digest)) AS digest, trigger_event AS "trigger",
  occurred_at AS occurredAt, visit_key AS visitKey, mrn, encounter_id AS encounterId, location, state, code, reason, event`;
const OUTGOING = `sequence, created_at AS createdAt, order_key AS "key", trigger_event AS "trigger", control_id AS controlId, body, state, attempts,
  next_at AS nextAt, reason, answered, ended_at AS endedAt`;

/** Every statement about ADT messages, by name. */
export const adtSql = {
  add: `INSERT INTO adt_message (received_at, sender, control_id, digest, trigger_event, occurred_at, visit_key, mrn, encounter_id,
    location, state, code, reason, event) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  addBytes: 'INSERT INTO adt_bytes (sequence, received_at, received, answered) VALUES (?, ?, ?, ?)',
  changeBytes: 'UPDATE adt_bytes SET answered = ? WHERE sequence = ?',
  change: `UPDATE adt_message SET state = ?, code = ?, reason = ?, encounter_id = ?, location = ?, visit_key = ?, mrn = ?, occurred_at = ?,
    event = ?, trigger_event = ? WHERE sequence = ?`,
  get: `SELECT ${COLUMNS} FROM adt_message WHERE sequence = ?`,
  bytes: 'SELECT received, answered FROM adt_bytes WHERE sequence = ?',
  named: `SELECT ${COLUMNS} FROM adt_message WHERE control_id = ? AND sender = ? AND state <> 'duplicate' ORDER BY sequence DESC LIMIT 20`,
  ofVisit: 'SELECT sequence, encounter_id AS encounterId, event FROM adt_message WHERE visit_key = ? ORDER BY sequence',
  list: `SELECT ${COLUMNS} FROM adt_message WHERE sequence < ? ORDER BY sequence DESC LIMIT ?`,
  listTrouble: `SELECT ${COLUMNS} FROM adt_message WHERE state = ? AND state IN ('waiting', 'refused', 'rejected') AND sequence < ?
    ORDER BY sequence DESC LIMIT ?`,
  waitingFor: `SELECT ${COLUMNS} FROM adt_message WHERE location = ? AND sender = ? AND state = 'waiting' ORDER BY sequence LIMIT 1000`,
  unresolved: `SELECT count(*) AS count FROM adt_message WHERE state = 'waiting' AND state IN ('waiting', 'refused', 'rejected')`,
  mapLocation: `INSERT INTO adt_location (sender, location, bed_id, mapped_by, at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (sender, location) DO UPDATE SET bed_id = excluded.bed_id, mapped_by = excluded.mapped_by, at = excluded.at`,
  mappedLocations: 'SELECT sender, location, bed_id AS bedId, mapped_by AS "by", at FROM adt_location ORDER BY sender, location',
  unmapLocation: 'DELETE FROM adt_location WHERE sender = ? AND location = ?',
  // Messages stand in the order in which they came: the oldest are looked at, and no index is kept for it.
  oldestBytes: `SELECT sequence, received_at AS receivedAt, length(received) AS size FROM adt_bytes AS kept
    WHERE NOT EXISTS (SELECT 1 FROM adt_message AS message WHERE message.sequence = kept.sequence AND message.state = 'waiting')
    ORDER BY sequence LIMIT ?`,
  forgetBytes: 'DELETE FROM adt_bytes WHERE sequence IN (SELECT value FROM json_each(?))',
  forgetMessages: `DELETE FROM adt_message WHERE sequence IN (SELECT sequence FROM
    (SELECT sequence, received_at FROM adt_message WHERE state <> 'waiting' ORDER BY sequence LIMIT ?) WHERE received_at < ?)`,
  forgetOutgoing: `DELETE FROM adt_outgoing WHERE sequence IN
    (SELECT sequence FROM adt_outgoing WHERE ended_at IS NOT NULL AND ended_at < ? AND state <> 'dead' LIMIT ?)`,
  keptBytes: "SELECT value FROM meta WHERE key = 'adt:keptBytes'",
  setKeptBytes: `INSERT INTO meta (key, value) VALUES ('adt:keptBytes', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  bytesAfter: 'SELECT max(sequence) AS newest, total(length(received)) AS size FROM adt_bytes WHERE sequence > ?',
  enqueue: `INSERT INTO adt_outgoing (created_at, order_key, trigger_event, control_id, body, state, attempts, next_at)
    VALUES (?, ?, ?, ?, ?, 'queued', 0, ?)`,
  queue: `SELECT sequence, order_key AS "key", next_at AS nextAt FROM adt_outgoing WHERE state = 'queued' ORDER BY sequence`,
  outgoing: `SELECT ${OUTGOING} FROM adt_outgoing WHERE sequence = ?`,
  // Asked by a person of a message that was given up: those after it are few.
  overtaking: `SELECT order_key AS "key" FROM adt_outgoing WHERE sequence > ? AND state IN ('queued', 'sent')`,
  changeOutgoing:
    'UPDATE adt_outgoing SET state = ?, attempts = ?, next_at = ?, reason = ?, answered = ?, ended_at = ? WHERE sequence = ?',
  listOutgoing: `SELECT ${OUTGOING} FROM adt_outgoing WHERE state = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?`,
  queuedCount: `SELECT count(*) AS count FROM adt_outgoing WHERE state = 'queued'`,
  deadCount: `SELECT count(*) AS count FROM adt_outgoing WHERE state = 'dead'`,
} as const;

type Stored = Omit<KeptMessage, 'event'> & { readonly event: string | null };

/** States that have an index of their own: few messages are in them, and people ask for those. */
const troubles: readonly MessageState[] = ['waiting', 'refused', 'rejected'];
/** So far back one question looks for what it asks for. */
const MOST_LOOKED_AT = 2_000;

const withEvent = <T extends { readonly event: string | null }>(
  stored: T,
): Omit<T, 'event'> & { readonly event: KeptMessage['event'] } => ({
  ...stored,
  event: stored.event === null ? null : JSON.parse(stored.event),
});
const readKept = (stored: Stored): KeptMessage => withEvent(stored);

/** The messages in an opened database. */
export const openMessages = (database: Database): MessageStore => {
  const prepared = Object.fromEntries(Object.entries(adtSql).map(([name, text]) => [name, database.prepare(text)])) as Record<
    keyof typeof adtSql,
    Statement<unknown[]>
  >;
  const kept = (rows: unknown[]): readonly KeptMessage[] => (rows as Stored[]).map(readKept);
  const counted = (row: unknown): number => (row as { count: number }).count;
  const newest = <T extends { readonly sequence: number }>(rows: readonly T[], limit: number): readonly T[] =>
    rows.toSorted((a, b) => b.sequence - a.sequence).slice(0, limit);
  /** All that is kept of what came: counted on from where it was counted last, so that a full store is not read through. */
  const keptBytes = (): { readonly size: number; readonly newest: number } => {
    const stored = prepared.keptBytes.get() as { value: string } | undefined;
    const counted = stored ? (JSON.parse(stored.value) as { size: number; newest: number }) : { size: 0, newest: 0 };
    const { size, newest } = prepared.bytesAfter.get(counted.newest) as { size: number; newest: number | null };
    return { size: counted.size + size, newest: newest ?? counted.newest };
  };
  return {
    add: (one) => {
      const { lastInsertRowid } = prepared.add.run(
        one.receivedAt,
        one.sender,
        one.controlId,
        Buffer.from(one.digest, 'hex'),
        one.trigger,
        one.occurredAt,
        one.visitKey,
        one.mrn,
        one.encounterId,
        one.location,
        one.state,
        one.code,
        one.reason,
        one.event && JSON.stringify(one.event),
      );
      prepared.addBytes.run(lastInsertRowid, one.receivedAt, one.received, one.answered);
      return Number(lastInsertRowid);
    },
    change: (sequence, one) => {
      prepared.change.run(
        one.state,
        one.code,
        one.reason,
        one.encounterId,
        one.location,
        one.visitKey,
        one.mrn,
        one.occurredAt,
        one.event && JSON.stringify(one.event),
        one.trigger,
        sequence,
      );
      prepared.changeBytes.run(one.answered, sequence);
    },
    get: (sequence) => {
      const row = prepared.get.get(sequence) as Stored | undefined;
      if (!row) return undefined;
      const bytes = prepared.bytes.get(sequence) as MessageBytes | undefined;
      return { ...readKept(row), received: bytes?.received ?? null, answered: bytes?.answered ?? null };
    },
    named: (sender, controlId) => kept(prepared.named.all(controlId, sender)),
    ofVisit: (key) => (prepared.ofVisit.all(key) as Pick<Stored, 'sequence' | 'encounterId' | 'event'>[]).map(withEvent),
    list: ({ states, sender, before = Number.MAX_SAFE_INTEGER, limit }) => {
      const isAsked = (row: KeptMessage): boolean =>
        (!states || states.includes(row.state)) && (sender === undefined || row.sender === sender);
      if (states?.every((state) => troubles.includes(state)))
        return newest(
          states.flatMap((state) => kept(prepared.listTrouble.all(state, before, MOST_LOOKED_AT))).filter(isAsked),
          limit,
        );
      return kept(prepared.list.all(before, MOST_LOOKED_AT)).filter(isAsked).slice(0, limit);
    },
    waitingFor: (sender, location) => kept(prepared.waitingFor.all(location, sender)),
    unresolved: () => counted(prepared.unresolved.get()),
    mapLocation: ({ sender, location, bedId, by, at }) => void prepared.mapLocation.run(sender, location, bedId, by, at),
    unmapLocation: (sender, location) => prepared.unmapLocation.run(sender, location).changes > 0,
    mappedLocations: () => prepared.mappedLocations.all() as MappedLocation[],
    forget: ({ bytesBefore, messagesBefore, mostBytes, most }) => {
      let { size, newest } = keptBytes();
      const leaving: number[] = [];
      for (const one of prepared.oldestBytes.all(most) as { sequence: number; receivedAt: number; size: number }[]) {
        if (one.receivedAt >= bytesBefore && size <= mostBytes) break;
        leaving.push(one.sequence);
        size -= one.size;
      }
      prepared.forgetBytes.run(JSON.stringify(leaving));
      prepared.setKeptBytes.run(JSON.stringify({ size, newest }));
      const messages = prepared.forgetMessages.run(most, messagesBefore).changes;
      const outgoing = prepared.forgetOutgoing.run(messagesBefore, most).changes;
      const bytes = leaving.length;
      return { bytes, messages, outgoing, more: [bytes, messages, outgoing].some((count) => count >= most) };
    },
    enqueue: ({ createdAt, key, trigger, controlId, body }) =>
      Number(prepared.enqueue.run(createdAt, key, trigger, controlId, body, createdAt).lastInsertRowid),
    nextOutgoing: (now) => {
      // What waits after a refusal holds back whatever tells of the same; few do, and the first that may go ends the search.
      const held = new Set<string>();
      for (const row of prepared.queue.iterate()) {
        const { sequence, key, nextAt } = row as Pick<OutgoingMessage, 'sequence' | 'key' | 'nextAt'>;
        const touched = touchedBy(key);
        const isHeld = nextAt > now || touched.some((id) => held.has(id));
        if (!isHeld) return prepared.outgoing.get(sequence) as OutgoingMessage;
        for (const id of touched) held.add(id);
      }
      return undefined;
    },
    outgoing: (sequence) => prepared.outgoing.get(sequence) as OutgoingMessage | undefined,
    isOvertaken: ({ sequence, key }) => {
      const later = prepared.overtaking.all(sequence) as Pick<OutgoingMessage, 'key'>[];
      return later.some((one) => isNewerOf(key, one.key));
    },
    changeOutgoing: ({ sequence, state, attempts, nextAt, reason, answered, endedAt }) =>
      void prepared.changeOutgoing.run(state, attempts, nextAt, reason, answered, endedAt, sequence),
    listOutgoing: ({ states, before = Number.MAX_SAFE_INTEGER, limit }) =>
      newest(
        states.flatMap((state) => prepared.listOutgoing.all(state, before, limit) as OutgoingMessage[]),
        limit,
      ),
    queuedCount: () => counted(prepared.queuedCount.get()),
    deadCount: () => counted(prepared.deadCount.get()),
  };
};
