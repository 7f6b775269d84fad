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

// Version 1 refuses a code that it does not know; the sentence says the rest.
const code = any.transform((given) => (given === 'archived' ? 'notFound' : given));
const settlement = z.object({ commandId: any, rev: any, outcome: z.object({ status: any, code, message: any }) });
const fix = z.object({ unitId: any, position: any, heading: any, speed: any, observedAt: any });
const down = z.discriminatedUnion('type', [
  message('welcome', ['protocol', 'epoch', 'rev', 'serverTime', 'facilityName', 'grantKey', 'projection', 'start']),
  z.object({ type: z.literal('poke'), base: any, rev: any, puts: any, deletes: any, settled: z.array(settlement) }),
  message('page', ['snapshotId', 'rows', 'next']),
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
