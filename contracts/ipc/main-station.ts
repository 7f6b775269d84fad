import { z } from 'zod';
import { instantSchema } from '#domain/model/values.ts';
import { portDownSchema, portUpSchema } from './contract.ts';
import { tileAnswerSchema, tileQuestionSchema } from './tiles.ts';

/**
 * A routing service of the site: OSRM, Valhalla or Mapbox at a URL, which may carry a token as its own parameter. It is told where
 * units and incidents are.
 */
export const routingServiceSchema = z.strictObject({
  kind: z.enum(['osrm', 'valhalla', 'mapbox']),
  url: z.url({ protocol: /^https?$/ }),
  /** How long an answer is waited for before the desk's own roads are used, milliseconds; 1,000 when absent. */
  timeoutMs: z.int().min(50).max(10_000).optional(),
});
export type RoutingService = z.infer<typeof routingServiceSchema>;

/** How main starts a station. The key is 32 bytes, handed over once and wiped by main; it reaches no log. */
export const stationStartSchema = z.strictObject({
  type: z.literal('start'),
  dataDirectory: z.string(),
  databaseKey: z.instanceof(Uint8Array),
  keyProtection: z.enum(['osKeyStore', 'developmentFile']),
  backendUrl: z.url(),
  deviceToken: z.string(),
  signInAs: z.enum(['demo', 'dispatcher', 'chargeNurse', 'triageNurse', 'display']),
  /** Where downtime packs are kept; without it none are made. */
  downtime: z
    .strictObject({
      directory: z.string(),
      /** 32 bytes, handed over and wiped like the database key. */
      key: z.instanceof(Uint8Array),
      /** The folder for copies in clear, where site policy names one. */
      plainDirectory: z.string().nullable(),
      language: z.enum(['en', 'es']),
    })
    .optional(),
  /** Where roads, addresses and places of the city lie; without it no address is found. */
  cityDirectory: z.string().optional(),
  /** Asked for drives and ways before the desk's own roads; without it nobody outside is asked. */
  routing: routingServiceSchema.optional(),
  /** The map file; the station opens it when main asks it a question, which it does when only SQLite can read it. */
  mapFile: z.string().optional(),
});
export type StationStart = z.infer<typeof stationStartSchema>;

/** A downtime pack that main showed or printed, with or without a station: an export, for the audit trail. `at` is this machine's clock. */
export const packUseSchema = z.strictObject({
  id: z.uuid(),
  how: z.enum(['opened', 'printed']),
  at: z.int(),
  madeAt: instantSchema,
});
export type PackUse = z.infer<typeof packUseSchema>;

/** main → station. `port` messages carry a window's traffic where the station cannot hold the MessagePort itself. */
export const mainToStationSchema = z.discriminatedUnion('type', [
  stationStartSchema,
  /** A window is born. In a utility process its MessagePort comes with this message. */
  z.strictObject({ type: z.literal('window'), windowId: z.string() }),
  z.strictObject({ type: z.literal('windowGone'), windowId: z.string() }),
  z.strictObject({ type: z.literal('port'), windowId: z.string(), message: portUpSchema }),
  /** What main found wrong on this desk, a sentence for the desk-health strip; null when it is over. */
  z.strictObject({ type: z.literal('trouble'), code: z.string().max(64), message: z.string().max(500).nullable() }),
  z.strictObject({ type: z.literal('packUsed'), use: packUseSchema }),
  /** A question about the map file; answered with the same id. */
  z.strictObject({ type: z.literal('tile'), id: z.int(), question: tileQuestionSchema }),
  z.strictObject({ type: z.literal('stop') }),
]);
export type MainToStation = z.infer<typeof mainToStationSchema>;

/** station → main. */
export const stationToMainSchema = z.discriminatedUnion('type', [
  /** The process runs and waits for `start`. */
  z.strictObject({ type: z.literal('waiting') }),
  /** The store is open and the boards can be served. */
  z.strictObject({ type: z.literal('ready') }),
  /** It cannot start, and starting again cannot help until someone acts. */
  z.strictObject({ type: z.literal('refused'), code: z.string(), message: z.string() }),
  z.strictObject({ type: z.literal('port'), windowId: z.string(), message: portDownSchema }),
  /** The use of a downtime pack stands in the audit trail. */
  z.strictObject({ type: z.literal('packUseNoted'), id: z.uuid() }),
  z.strictObject({ type: z.literal('tile'), id: z.int(), answer: tileAnswerSchema }),
  z.strictObject({ type: z.literal('stopped') }),
]);
export type StationToMain = z.infer<typeof stationToMainSchema>;
