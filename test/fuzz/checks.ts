/**
 * What must be true. While it runs: a desk's file holds exactly what the hospital held at the desk's cursor, after every commit
 * and every death. At the end, when everything has healed: nothing lost, nothing twice, order kept, all copies the same, nothing
 * pending, every refusal in sight. The ledger is read again by the domain's own decisions, one command after the other.
 */
import { projectRows } from '#backend/server/projecting.ts';
import type { Row, Settlement } from '#contracts/wire/down.ts';
import { commandNamed, decide } from '#domain/commands/decide.ts';
import { URGENT_WITHIN } from '#domain/commands/definition.ts';
import type { Envelope } from '#domain/commands/envelope.ts';
import type { VigilRecord } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { readMeta } from '#station/store/queries/meta.ts';
import { readOutbox } from '#station/store/queries/outbox.ts';
import { readRows } from '#station/store/queries/records.ts';

import type { Desk } from './desk.ts';
import { createDigest } from './digest.ts';
import type { Held, History } from './history.ts';
import type { Entry, Hospital } from './hospital.ts';
import { createLedgerView } from './ledger-view.ts';

export type Finding = { readonly rule: string; readonly what: string };
export type Found = (rule: string, what: string) => void;

const NAMES = 'SELECT kind, id, rev FROM record';
const CONFLICTS = 'SELECT command_id AS commandId, dismissed_at AS dismissedAt FROM conflict';

/**
 * A desk's file against what the hospital held at its cursor. A snapshot under way is not a copy yet; and its last page may bring
 * rows of which the poke is still to come, so that the file is ahead of its cursor for a moment.
 */
export const checkFile = (desk: Desk, history: History, found: Found): void => {
  const { read } = desk.database;
  const cursor = readMeta(read, 'cursor');
  if (cursor === undefined || readMeta(read, 'snapshot') !== undefined) return;
  const held: Held = readMeta(read, 'projection') ?? 'desk';
  const digest = createDigest();
  for (const row of read.all<{ kind: 'bed'; id: Id; rev: number }>(NAMES)) {
    if (row.rev > cursor) return;
    digest.add(row);
  }
  const expected = history.at(held, cursor);
  if (digest.text() !== expected) found('S4', `desk ${desk.index} at rev ${cursor} holds ${digest.text()}, not ${expected}`);
};

const canonical = (record: VigilRecord): string =>
  JSON.stringify(record, (_key, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
const bodies = (rows: readonly Row[]): ReadonlyMap<string, string> =>
  new Map(rows.map(({ rev, record }) => [`${record.kind}/${record.id}`, `${rev} ${canonical(record)}`]));

const differences = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter((key) => one.get(key) !== other.get(key));

/** Whether a desk has nothing left to do; undefined when it has, else why not. */
export const unfinished = (desk: Desk, hospital: Hospital): string | undefined => {
  const core = hospital.core();
  const frame = desk.frame();
  if (!core) return 'the hospital is down';
  if (!desk.running() || !frame) return `desk ${desk.index} does not run`;
  const cursor = readMeta(desk.database.read, 'cursor');
  if (cursor !== core.rev()) return `desk ${desk.index} stands at ${cursor}, the hospital at ${core.rev()}`;
  if (frame.link.state !== 'live') return `desk ${desk.index} is ${frame.link.state}`;
  if (frame.unsent.count > 0) return `desk ${desk.index} has ${frame.unsent.count} unsent`;
  if (frame.copy.state !== 'whole') return `desk ${desk.index} has a copy that is ${frame.copy.state}`;
  return undefined;
};

/** The copies of all desks, on disk and in the windows, against the hospital's rows. */
export const checkCopies = (desks: readonly Desk[], held: readonly Held[], hospital: Hospital, found: Found): void => {
  const all = [...hospital.store.allRows()];
  const core = hospital.core();
  for (const desk of desks) {
    const expected = bodies(projectRows(held[desk.index] as Held, all, 'initials'));
    const { read } = desk.database;
    const onDisk = differences(bodies(readRows(read).rows), expected);
    if (onDisk.length > 0)
      found('convergence', `desk ${desk.index} differs from the hospital in ${onDisk.slice(0, 3).join(', ')}`);
    const shown = new Map(desk.shown().map(({ record }) => [`${record.kind}/${record.id}`, canonical(record)]));
    const bare = new Map([...expected].map(([key, body]) => [key, body.slice(body.indexOf(' ') + 1)]));
    const inWindow = differences(shown, bare);
    if (inWindow.length > 0)
      found('convergence', `the window of desk ${desk.index} differs in ${inWindow.slice(0, 3).join(', ')}`);
    const pending = desk.shown().filter((row) => row.pending);
    if (pending.length > 0) found('O7', `desk ${desk.index} still shows ${pending.length} rows as pending`);
    if (readOutbox(read).length > 0) found('I1', `the outbox of desk ${desk.index} is not empty`);
    if (core && readMeta(read, 'cursor') !== core.rev())
      found('convergence', `desk ${desk.index} stands before the end of the log`);
    if (core && readMeta(read, 'epoch') !== core.epoch) found('S8', `desk ${desk.index} has another epoch`);
    const conflicts = read.all<{ dismissedAt: number | null }>(CONFLICTS).filter(({ dismissedAt }) => dismissedAt === null);
    if (desk.conflicts().length !== conflicts.length) found('O6', `the window of desk ${desk.index} does not show its conflicts`);
  }
};

type Fate = { readonly outcome: Settlement['outcome']; readonly rev: number; readonly at: number };
/** A gesture's moment at a desk is in whole milliseconds, and so is the hospital's clock. */
const ROUNDED = 2;
/** What was settled longer ago may be refused as too old when it is asked again: it is not done twice (SYNC S13), milliseconds. */
const SETTLEMENTS_KEPT = 90 * 86_400_000;
const tooLate: readonly string[] = ['expired', 'tooOld'];

/** Every gesture against what became of it: none lost, none twice, order kept, every refusal in sight. */
export const checkFates = (desk: Desk, ledger: readonly Entry[], envelopes: ReadonlyMap<Id, Envelope>, found: Found): void => {
  const stationId = readMeta(desk.database.read, 'stationId');
  const fates = new Map<Id, Fate>();
  for (const { at, settled } of ledger) {
    for (const { stationId: whose, settlement } of settled) {
      if (whose !== stationId) continue;
      const { commandId, outcome, rev } = settlement;
      const first = fates.get(commandId);
      const isForgotten =
        first !== undefined && at - first.at > SETTLEMENTS_KEPT && outcome.status === 'refused' && outcome.code === 'tooOld';
      if (first && !isForgotten) found('I2', `${commandId} of desk ${desk.index} was settled twice`);
      if (!desk.gestures.has(commandId)) found('I2', `${commandId} was settled for desk ${desk.index}, where nobody made it`);
      fates.set(commandId, { outcome, rev, at });
    }
  }
  const conflicts = new Map(
    desk.database.read
      .all<{ commandId: Id; dismissedAt: number | null }>(CONFLICTS)
      .map(({ commandId, dismissedAt }) => [commandId, dismissedAt === null] as const),
  );
  for (const { commandId, name, madeAt, answers } of desk.gestures.values()) {
    const fate = fates.get(commandId);
    const saved = answers.some(({ status }) => status === 'saved');
    if (saved && !fate && !desk.told.has(commandId))
      found('I1', `${name} ${commandId} of desk ${desk.index} was saved and is lost`);
    if (fate?.outcome.status === 'refused' && !desk.told.has(commandId))
      found('O6', `${name} ${commandId} of desk ${desk.index} was refused and nobody is told`);
    // What the hospital has forgotten it can tell nobody.
    const isRemembered = fate && (ledger.at(-1)?.at ?? 0) - fate.at <= SETTLEMENTS_KEPT;
    if (fate?.outcome.status === 'applied' && isRemembered && conflicts.get(commandId))
      found('O6', `${name} ${commandId} was done and is shown as a conflict`);
    // The hospital knows the moment of the gesture as well as the desk knew its time.
    const latest = URGENT_WITHIN + 2 * (envelopes.get(commandId)?.issuedAtError ?? 0) + ROUNDED;
    if (fate?.outcome.status === 'applied' && commandNamed(name)?.offline.whenOffline === 'refuse' && fate.at - madeAt > latest)
      found('O5', `${name} ${commandId} was done ${fate.at - madeAt} ms after the gesture`);
  }
  let last = 0;
  for (const [commandId] of [...desk.places].sort(([, one], [, other]) => one - other)) {
    const fate = fates.get(commandId);
    // What came too late was not decided on any record, so it overtook nothing.
    if (!fate || (fate.outcome.status === 'refused' && tooLate.includes(fate.outcome.code))) continue;
    if (fate.rev < last) found('I3', `${commandId} of desk ${desk.index} overtook an earlier command`);
    last = fate.rev;
  }
};

/** Refusals that depend on more than the records: who signed, and how long it took. */
const besidesRecords = ['expired', 'tooOld', 'grantInvalid', 'grantExpired', 'grantRevoked'];

const withoutNumber = (record: VigilRecord): VigilRecord => (record.kind === 'incident' ? { ...record, number: null } : record);

/** The ledger against one decision after the other on a view of its own: exactly the effect of each command, once. */
export const checkLedger = (hospital: Hospital, envelopes: ReadonlyMap<Id, Envelope>, found: Found): void => {
  const view = createLedgerView();
  let rev = 0;
  for (const entry of hospital.ledger) {
    for (let next = rev + 1; next <= entry.rev; next += 1) {
      const rows = entry.rows.filter((row) => row.rev === next);
      const deletes = entry.deletes.filter((gone) => gone.rev === next);
      const settled = entry.settled.filter(({ settlement }) => settlement.rev === next);
      if (!entry.byHospital)
        for (const { settlement } of settled) {
          const envelope = envelopes.get(settlement.commandId);
          const grant = envelope && hospital.grants.verify(envelope.grant);
          const since = hospital.withdrawn.get(grant?.grantId ?? '') ?? Infinity;
          if (settlement.outcome.status === 'applied' && entry.at > since)
            found('O16', `${settlement.commandId} was done although its sign-in had been withdrawn`);
        }
      if (!entry.byHospital)
        checkEffect(
          next,
          rows,
          settled,
          envelopes,
          (envelope) => {
            const grant = hospital.grants.verify(envelope.grant);
            return grant ? decide(view, envelope, grant, 0) : undefined;
          },
          found,
        );
      for (const { record } of rows) view.put(record);
      for (const { kind, id } of deletes) view.remove(kind, id);
    }
    if (entry.rev > 0 && entry.rev <= rev) found('log', `rev ${entry.rev} was given twice`);
    rev = Math.max(rev, entry.rev);
    if (entry.rev === 0) found('log', `${entry.rows.length + entry.settled.length} writes took no rev`);
  }
};

/** No desk loses a row of its audit trail, so none may seem to have. */
export const checkTrails = (hospital: Hospital, found: Found): void => {
  for (const { stationId, brokenAt } of hospital.store.audit.anchors())
    if (brokenAt !== null) found('A6', `station ${stationId} seemed to have lost a row of its trail at ${brokenAt}`);
};

const checkEffect = (
  rev: number,
  rows: readonly Row[],
  settled: Entry['settled'],
  envelopes: ReadonlyMap<Id, Envelope>,
  decideAgain: (envelope: Envelope) => ReturnType<typeof decide> | undefined,
  found: Found,
): void => {
  const [first, ...more] = settled;
  if (!first || more.length > 0) {
    found('I2', `rev ${rev} has ${rows.length} rows and ${settled.length} settlements`);
    return;
  }
  const { commandId, outcome } = first.settlement;
  const envelope = envelopes.get(commandId);
  if (!envelope) {
    found('I1', `${commandId} was settled and never arrived`);
    return;
  }
  const decision = decideAgain(envelope);
  if (outcome.status === 'refused') {
    if (rows.length > 0) found('I2', `${envelope.name} ${commandId} was refused and changed ${rows.length} rows`);
    if (decision?.ok && !besidesRecords.includes(outcome.code))
      found('I2', `${envelope.name} ${commandId} was refused (${outcome.code}) although it was possible`);
    return;
  }
  if (!decision?.ok) {
    found('I2', `${envelope.name} ${commandId} was done although ${decision?.refusal.message ?? 'nobody signed it'}`);
    return;
  }
  const key = (record: VigilRecord): string => `${record.kind}/${record.id}`;
  const expected = new Map(decision.puts.map((record) => [key(record), canonical(withoutNumber(record))]));
  const written = new Map(rows.map(({ record }) => [key(record), canonical(withoutNumber(record))]));
  const wrong = differences(expected, written);
  if (wrong.length > 0) found('I2', `${envelope.name} ${commandId} did not do what it decides: ${wrong.join(', ')}`);
};
