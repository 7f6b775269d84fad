/**
 * What version 1 could read: it refused every message with a field that it did not know. Versions from 2 on let unknown fields
 * pass, so that nothing like this is needed for them. Frozen: this is history.
 */
import { z } from 'zod';
import type { Down } from './down.ts';
import type { Up } from './up.ts';

const any = z.unknown().optional();
const message = <T extends string>(type: T, fields: readonly string[]) =>
  z.object({ type: z.literal(type), ...Object.fromEntries(fields.map((field) => [field, any])) });

/** Fields that records got after version 1. */
const laterFields: Readonly<Record<string, readonly string[]>> = {
  facility: ['dispatch', 'board'],
  area: ['layout', 'sex'],
  bed: ['space', 'single', 'cleaner', 'dirtySince', 'cell', 'retired'],
  encounter: [
    'mergedInto',
    'flagNotes',
    'isolation',
    'waitingFor',
    'away',
    'admitTo',
    'disposition',
    'visitNumber',
    'moves',
    'changes',
  ],
  incident: ['caller', 'dispatchNotifiedAt', 'endReason', 'mergedInto', 'splitFrom', 'events'],
  assignment: ['refusal', 'endReason', 'divertedTo', 'prealert', 'seenArrivals', 'endedByVoice'],
  unit: ['shiftEndsAt', 'capabilities', 'emergencySince', 'emergencyReason', 'rollCallAnsweredAt'],
  device: ['boundAt'],
  hospital: ['divert', 'clinicalStatus', 'facilityStatus', 'capacity', 'services'],
};
const laterKinds: ReadonlySet<unknown> = new Set([
  'call',
  'message',
  'careNote',
  'task',
  'capacitySample',
  'surge',
  'handover',
  'disagreement',
  'interfaceLink',
]);
const laterFlags: ReadonlySet<unknown> = new Set(['INF', 'SAFE', 'INT']);

type Fields = Readonly<Record<string, unknown>>;

/** A record with what version 1 can read of it. */
const recordForVersion1 = (record: Fields): Fields => {
  const later = laterFields[String(record['kind'])] ?? [];
  const known = Object.fromEntries(Object.entries(record).filter(([field]) => !later.includes(field)));
  if (record['kind'] === 'incident')
    return {
      ...known,
      status: record['status'] === 'merged' ? 'cancelled' : record['status'],
      priority: Math.min(4, Number(record['priority'])),
    };
  if (record['kind'] === 'assignment') {
    const { careTransferred: _, ...times } = record['times'] as Fields;
    return { ...known, times };
  }
  if (record['kind'] === 'encounter')
    return {
      ...known,
      ventilated: record['ventilated'] === true,
      flags: (record['flags'] as readonly string[]).filter((flag) => !laterFlags.has(flag)).slice(0, 12),
    };
  const reservation = record['reservation'];
  if (record['kind'] === 'bed' && typeof reservation === 'object' && reservation !== null) {
    const { assignmentId: _, ...held } = reservation as Fields;
    return { ...known, reservation: held };
  }
  return known;
};
const rowsForVersion1 = (rows: readonly { readonly rev: number; readonly record: Fields }[]) =>
  rows.flatMap(({ rev, record }) => (laterKinds.has(record['kind']) ? [] : [{ rev, record: recordForVersion1(record) }]));
const rows = z.array(z.object({ rev: z.number(), record: z.record(z.string(), z.unknown()) })).transform(rowsForVersion1);
const deletes = z
  .array(z.looseObject({ kind: z.string() }))
  .transform((keys) => keys.filter(({ kind }) => !laterKinds.has(kind)));

// Version 1 refuses a code that it does not know; the sentence says the rest.
const code = any.transform((given) => (given === 'archived' ? 'notFound' : given));
const settlement = z.object({ commandId: any, rev: any, outcome: z.object({ status: any, code, message: any }) });
const fix = z.object({ unitId: any, position: any, heading: any, speed: any, observedAt: any });
const down = z.discriminatedUnion('type', [
  message('welcome', ['protocol', 'epoch', 'rev', 'serverTime', 'facilityName', 'grantKey', 'projection', 'start']),
  z.object({ type: z.literal('poke'), base: any, rev: any, puts: rows, deletes, settled: z.array(settlement) }),
  z.object({ type: z.literal('page'), snapshotId: any, rows, next: any }),
  z.object({ type: z.literal('telemetry'), fixes: z.array(fix), readings: any }),
  message('pulse', ['sequence', 'serverTime']),
  message('signedIn', ['grant']),
  z.object({ type: z.literal('refused'), error: z.object({ code: any, message: any }) }),
]);

const envelope = z.object({ commandId: any, name: any, input: any, issuedAt: any, issuedAtError: any, grant: any });
const streams = z.object({ facility: z.object({ epoch: any, cursor: any }) });
const up = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), protocol: any, stationId: any, deviceToken: any, streams }),
  z.object({ type: z.literal('commands'), commands: z.array(z.object({ envelope, ageMs: any })) }),
  message('pulse', ['sequence']),
  message('page', ['snapshotId', 'after']),
  message('signIn', ['as']),
]);

/** The message as version 1 can read it, without what came later; null when version 1 knows nothing of its kind. */
export const downForVersion1 = (given: Down): Down | null => (down.safeParse(given).data as Down | undefined) ?? null;

/** The same for what a station says. */
export const upForVersion1 = (given: Up): Up | null => (up.safeParse(given).data as Up | undefined) ?? null;
