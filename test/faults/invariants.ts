/**
 * What must hold after every fault, read from what lies on the disks and from nothing else: no saved command lost (I1), none
 * done twice (I2), one desk's commands in the order in which they were made (I3), every refused one in sight (I6), both audit
 * trails whole and agreeing with each other (I7), both files whole, and after quiescence the same rows on the desk as in the hospital.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import BetterSqlite from 'better-sqlite3';
import { verifyHospital } from '#backend/audit/verify.ts';
import { openForReading } from '#backend/store/sqlite/open.ts';
import type { AuditHead } from '#domain/model/audit.ts';
import type { DeskAuditReport, HospitalAuditReport } from '#domain/model/audit-report.ts';
import type { VigilRecord } from '#domain/model/record.ts';
import type { Id } from '#domain/model/values.ts';
import { verifyDesk } from '#station/audit/verify.ts';
import { type Database, StoreError } from '#station/store/database.ts';
import { openEncryptedDatabase } from '#station/store/open.ts';
import { databaseFile } from '#station/store/open-store.ts';
import { readMeta } from '#station/store/queries/meta.ts';
import type { Desk, Scene } from './scene.ts';
import { department } from './work.ts';

export type Settled = { readonly stationId: Id; readonly commandId: Id; readonly rev: number; readonly status: string };
export type HospitalContent = {
  readonly rev: number;
  readonly settlements: readonly Settled[];
  readonly records: ReadonlyMap<string, VigilRecord>;
  readonly integrity: string;
};

/** Reads the file of a hospital that does not run. */
export const readHospital = (file: string): HospitalContent => {
  const database = new BetterSqlite(file);
  try {
    const settlements = database
      .prepare('SELECT station_id AS stationId, command_id AS commandId, rev, outcome FROM settlement ORDER BY rev')
      .all() as readonly { stationId: Id; commandId: Id; rev: number; outcome: string }[];
    const records = (database.prepare('SELECT body FROM record').all() as readonly { body: string }[]).map(
      ({ body }) => JSON.parse(body) as VigilRecord,
    );
    const meta = database.prepare("SELECT value FROM meta WHERE key = 'rev'").get() as { value: string };
    return {
      rev: Number(meta.value),
      settlements: settlements.map(({ outcome, ...rest }) => ({
        ...rest,
        status: (JSON.parse(outcome) as { status: string }).status,
      })),
      records: new Map(records.map((record) => [`${record.kind}/${record.id}`, record])),
      integrity: database.pragma('integrity_check', { simple: true }) as string,
    };
  } finally {
    database.close();
  }
};

export type DeskContent = {
  readonly stationId: Id;
  readonly outbox: readonly Id[];
  readonly answered: readonly Id[];
  readonly conflicts: readonly Id[];
  readonly records: ReadonlyMap<string, VigilRecord>;
  readonly cursor: number | undefined;
  readonly integrity: string;
  /** Its audit trail, judged against what the hospital kept of it and under the hospital's key; null in a file of an older version. */
  readonly audit: DeskAuditReport | null;
};

const commandIds = (database: Database, table: 'outbox' | 'answered' | 'conflict', order: string): readonly Id[] =>
  database.read.all<{ command_id: Id }>(`SELECT command_id FROM ${table} ORDER BY ${order}`).map((row) => row.command_id);

const auditOf = (database: Database, hospital: HospitalAuditReport | null): DeskAuditReport | null => {
  try {
    return verifyDesk(database.read, (stationId) => ({
      now: Date.now(),
      hospitalKept: hospital?.stations.filter((one) => one.stationId === stationId) ?? [],
      hospitalKey: hospital?.publicKey ?? null,
    }));
  } catch (error) {
    if (error instanceof StoreError && error.code === 'unsupported') return null;
    throw error;
  }
};

/** Reads what an open database of a desk holds; `hospital` is the hospital's own report of its trail, null when it is not asked. */
const readDeskDatabase = (database: Database, hospital: HospitalAuditReport | null): DeskContent => ({
  stationId: readMeta(database.read, 'stationId') ?? '',
  outbox: commandIds(database, 'outbox', 'sequence'),
  answered: commandIds(database, 'answered', 'command_id'),
  conflicts: commandIds(database, 'conflict', 'command_id'),
  records: new Map(
    database.read.all<{ body: string }>('SELECT body FROM record').map(({ body }) => {
      const record = JSON.parse(body) as VigilRecord;
      return [`${record.kind}/${record.id}`, record];
    }),
  ),
  cursor: readMeta(database.read, 'cursor'),
  audit: auditOf(database, hospital),
  integrity: Object.values(database.read.get<Record<string, string>>('PRAGMA integrity_check') ?? {})[0] ?? 'nothing',
});

/** Reads the database of a desk that does not run; throws StoreError. */
export const readDesk = async (
  directory: string,
  key: Uint8Array,
  hospital: HospitalAuditReport | null = null,
): Promise<DeskContent> => {
  const database = await openEncryptedDatabase(join(directory, databaseFile), key);
  try {
    return readDeskDatabase(database, hospital);
  } finally {
    database.close();
  }
};

const verifyHospitalFile = (
  file: string,
  shown: readonly (AuditHead & { readonly epoch: string; readonly by: string })[],
): HospitalAuditReport => {
  const store = openForReading(file);
  try {
    return verifyHospital(store, shown);
  } finally {
    store.close();
  }
};

const few = (ids: readonly unknown[]): string => `${ids.length} (${ids.slice(0, 3).join(', ')}${ids.length > 3 ? ', …' : ''})`;

/** Judges one desk against the hospital; both must have ended. `quiet`: all was settled before, so nothing may be on its way. */
export const judge = async (
  scene: Scene,
  desks: readonly Desk[],
  options: { readonly hospitalFile: string; readonly quiet: boolean; readonly conflicts?: 'none' | 'some' },
): Promise<void> => {
  const { expect } = scene;
  const hospital = readHospital(options.hospitalFile);
  expect(hospital.integrity === 'ok', `the hospital's file is damaged: ${hospital.integrity}`);
  // Nobody writes here but the desks and the clock: each settlement takes one step of the log, each count of the department another,
  // and the department took the first.
  const steps = new Set(hospital.settlements.map(({ rev }) => rev)).size;
  const counts = [...hospital.records.values()].filter(({ kind }) => kind === 'capacitySample').length;
  expect(
    steps === hospital.settlements.length && hospital.rev === steps + counts + 1,
    `I2: ${hospital.settlements.length} settlements and ${counts} counts took ${hospital.rev - 1} steps of the log`,
  );
  const numbers = [...hospital.records.values()].flatMap((record) => (record.kind === 'incident' ? [record.number ?? ''] : []));
  const sequence = numbers.map((number) => Number(number.split('-')[1])).sort((one, other) => one - other);
  expect(
    sequence.every((number, index) => number === index + 1),
    `I2: the numbers of ${numbers.length} calls have a gap: ${sequence.at(-1)}`,
  );
  const kept = verifyHospitalFile(options.hospitalFile, []);
  const heads: (AuditHead & { readonly epoch: string; readonly by: string })[] = [];
  for (const desk of desks) {
    const content = await readDesk(desk.directory, desk.key, kept);
    const broken = content.audit ? content.audit.finding.broken : { sentence: 'there is none' };
    expect(broken === null, `I7: the desk's audit trail: ${broken?.sentence}`);
    for (const { epoch, sequence, hash } of content.audit?.hospitals ?? [])
      heads.push({ epoch, sequence, hash, by: content.stationId });
    const own = hospital.settlements.filter(({ stationId }) => stationId === content.stationId);
    const byId = new Map(own.map((settlement) => [settlement.commandId, settlement]));
    expect(content.integrity === 'ok', `the desk's file is damaged: ${content.integrity}`);
    const waiting = new Set([...content.outbox, ...content.conflicts]);
    const lost = desk.saved.filter((commandId) => !byId.has(commandId) && !waiting.has(commandId));
    expect(lost.length === 0, `I1: ${few(lost)} saved commands are nowhere`);
    const revs = desk.saved.flatMap((commandId) => byId.get(commandId)?.rev ?? []);
    expect(
      revs.every((rev, index) => index === 0 || rev > (revs[index - 1] ?? 0)),
      `I3: commands were done in another order than they were made`,
    );
    const conflicts = new Set(content.conflicts);
    const unseen = own.filter(({ status, commandId }) => status === 'refused' && !conflicts.has(commandId));
    if (options.quiet) {
      expect(unseen.length === 0, `I6: ${few(unseen.map(({ commandId }) => commandId))} refused commands are not in sight`);
      expect(content.outbox.length === 0, `${few(content.outbox)} commands are still on their way`);
      expect(content.cursor === hospital.rev, `the desk ends at ${content.cursor}, the hospital at ${hospital.rev}`);
      const differing = [...new Set([...content.records.keys(), ...hospital.records.keys()])].filter(
        (key) => !isDeepStrictEqual(content.records.get(key), hospital.records.get(key)),
      );
      expect(differing.length === 0, `${few(differing)} rows differ between desk and hospital`);
    }
    if (options.conflicts !== 'some') expect(conflicts.size === 0, `${few(content.conflicts)} commands became conflicts`);
    expect(existsSync(join(desk.directory, databaseFile)) && content.records.size >= department.length, 'the desk has lost rows');
  }
  const { finding, stations } = verifyHospitalFile(options.hospitalFile, heads);
  expect(finding.broken === null, `I7: the hospital's audit trail: ${finding.broken?.sentence}`);
  expect(
    stations.every(({ brokenAt }) => brokenAt === null),
    'I7: a desk showed the hospital a trail without a row that it had shown before',
  );
};

/** Ends the desks and the hospital in good order and judges what they leave. */
export const endAndJudge = async (
  scene: Scene,
  hospital: { readonly file: string; readonly stop: () => Promise<void> },
  desks: readonly Desk[],
  options: { readonly quiet?: boolean; readonly conflicts?: 'none' | 'some' } = {},
): Promise<void> => {
  for (const desk of desks) await desk.stop();
  await hospital.stop();
  await judge(scene, desks, { quiet: true, ...options, hospitalFile: hospital.file });
};
