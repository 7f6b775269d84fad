/** How this hospital's senders speak: its own file, read once at the start (docs/it/adt.md). */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { AdtSite, LocationRule } from '#domain/adt/locations.ts';
import { bedStatuses } from '#domain/model/bed.ts';
import { dispositions } from '#domain/model/encounter.ts';
import { lineSchema } from '#domain/model/values.ts';
import { readJsonText } from '../json-file.ts';
import type { Receiver } from './outgoing-text.ts';
import { type ZoneClock, zoneClock } from './timestamp.ts';

const ruleSchema = z.union([
  z.strictObject({ bed: z.string().min(1).max(8) }),
  z.strictObject({ place: lineSchema.min(1) }),
  z.strictObject({ bedsByLabel: z.literal(true) }),
  z.strictObject({ notOurs: z.literal(true) }),
]);
const senderSchema = z.strictObject({
  /** MSH-3 and MSH-4; absent means any. */
  application: z.string().max(199).optional(),
  facility: z.string().max(199).optional(),
  name: lineSchema.min(1),
  timeZone: z.string().max(64).optional(),
  charset: z.string().max(40).optional(),
  placement: z.enum(['adt', 'vigil']).optional(),
  housekeeping: z.enum(['adt', 'vigil']).default('vigil'),
  locations: z.record(z.string().max(260), ruleSchema).default({}),
  otherwise: z.enum(['wait', 'notOurs']).default('wait'),
  bedStatuses: z.record(z.string().max(20), z.enum(bedStatuses)).default({}),
  /** Whether who is admitted (A01, A06) to a place elsewhere waits for it here, or is there. */
  admission: z.enum(['boards', 'leaves']).default('boards'),
  dispositions: z.record(z.string().max(20), z.enum(dispositions)).default({}),
});
const fileSchema = z.strictObject({
  senders: z.array(senderSchema).min(1).max(50),
  /** Whether a sender that is not listed is answered AR. */
  unlisted: z.enum(['refuse', 'accept']).default('refuse'),
  /** How long the bytes of messages are kept, and what became of them; beyond so many megabytes of them the oldest go. */
  keep: z
    .strictObject({
      bytesDays: z.int().min(1).max(3_650).default(30),
      messageDays: z.int().min(7).max(3_650).default(90),
      mostMegabytes: z.int().min(10).max(1_000_000).default(2_048),
    })
    .refine(({ bytesDays, messageDays }) => bytesDays <= messageDays, 'bytes are kept no longer than their message')
    .prefault({}),
  /** Addresses of the machines that may connect. */
  peers: z.array(z.string().min(2).max(60)).max(50).optional(),
  /** Who is told of what is done here: MSH-5 and MSH-6, and by which sender's names places are called (its `name`; absent: the first). */
  receiver: z
    .strictObject({
      application: z.string().max(199),
      facility: z.string().max(199),
      names: lineSchema.optional(),
      /** Whether it is told of departures too. */
      departures: z.boolean().default(false),
    })
    .optional(),
});

export type Sender = {
  readonly site: AdtSite;
  readonly clock: ZoneClock;
  readonly charset: string | null;
};
export type Senders = {
  /** Who sends under an application and a facility; undefined for one whose messages are not taken. */
  readonly find: (application: string, facility: string) => Sender | undefined;
  /** Addresses that may connect; null when the site names none. */
  readonly peers: readonly string[] | null;
  readonly receiver: Receiver;
  readonly keep: { readonly bytesDays: number; readonly messageDays: number; readonly mostMegabytes: number };
};

/** Why the file cannot be used: one sentence that names it. */
export class SendersError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SendersError';
  }
}

type Given = z.infer<typeof senderSchema>;

const senderOf = (given: Given, timeZone: string): Sender => ({
  site: {
    name: given.name,
    placement: given.placement ?? null,
    housekeeping: given.housekeeping,
    locations: new Map<string, LocationRule>(Object.entries(given.locations)),
    otherwise: given.otherwise,
    bedStatuses: new Map(Object.entries(given.bedStatuses)),
    admission: given.admission,
    dispositions: new Map(Object.entries(given.dispositions).map(([code, ended]) => [code.toUpperCase(), ended])),
  },
  clock: zoneClock(given.timeZone ?? timeZone),
  charset: given.charset ?? null,
});

const sentenceOf = ({ issues: [first] }: z.ZodError): string => `${first?.path.join('.') || 'the file'}: ${first?.message}`;

/** Senders from the file's JSON; `timeZone` is the facility's. Throws SendersError. */
export const parseSenders = (text: string, path: string, timeZone: string): Senders => {
  const wrong = (what: string) => new SendersError(`The list of ADT senders in ${path} cannot be used: ${what}.`);
  const { senders, unlisted, peers = null, receiver, keep } = readJsonText(text, fileSchema, wrong, sentenceOf);
  const read = senders.map((given) => {
    try {
      return { given, sender: senderOf(given, timeZone) };
    } catch {
      throw wrong(`the time zone "${given.timeZone}" of ${given.name} is not known`);
    }
  });
  const other = unlisted === 'accept' ? senderOf(senderSchema.parse({ name: 'ADT' }), timeZone) : undefined;
  const named = receiver?.names === undefined ? read[0] : read.find(({ given }) => given.name === receiver.names);
  if (!named) throw wrong(`no sender is called "${receiver?.names}"`);
  return {
    peers,
    keep,
    receiver: {
      application: receiver?.application ?? '',
      facility: receiver?.facility ?? '',
      site: named.sender.site,
      departures: receiver?.departures ?? false,
    },
    find: (application, facility) =>
      read.find(
        ({ given }) =>
          (given.application === undefined || given.application === application) &&
          (given.facility === undefined || given.facility === facility),
      )?.sender ?? other,
  };
};

/** Reads the list from a file; null takes every sender and knows no place. Throws SendersError. */
export const readSenders = (path: string | null, timeZone: string): Senders => {
  if (path === null) return parseSenders('{"senders":[{"name":"ADT"}]}', 'the shipped settings', timeZone);
  try {
    return parseSenders(readFileSync(path, 'utf8'), path, timeZone);
  } catch (error) {
    if (error instanceof SendersError) throw error;
    throw new SendersError(`The list of ADT senders cannot be read: ${(error as Error).message}.`);
  }
};
