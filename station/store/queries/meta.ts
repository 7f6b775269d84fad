import { z } from 'zod';
import { checksumSchema } from '#contracts/wire/checksum.ts';
import { divergedSchema, snapshotKeySchema } from '#contracts/wire/up.ts';
import { idSchema, instantSchema } from '#domain/model/values.ts';
import type { ReadHandle, WriteHandle } from '../database.ts';

/** Everything the station knows about itself, by name, each with its shape. */
const shapes = {
  stationId: idSchema,
  epoch: idSchema,
  /** The rev up to which the rows are known. */
  cursor: z.int().min(0),
  /** The snapshot that is being taken; its absence together with a cursor means a whole copy. */
  snapshot: z.strictObject({
    snapshotId: idSchema,
    rev: z.int(),
    after: snapshotKeySchema.nullable(),
    loaded: z.int(),
    total: z.int(),
  }),
  /** The checksum of the rows, and the wire's hash under which it was taken: rows of another shape have other sums. */
  checksum: z.strictObject({ sum: checksumSchema, wire: z.string() }),
  /** The copy was found to differ and must not be carried on. */
  divergence: divergedSchema.omit({ type: true }),
  /** Server time up to which the copy is known to be right. */
  asOf: instantSchema,
  grantKey: z.string(),
  facilityName: z.string(),
  /** What of each row the kept copy holds. */
  projection: z.enum(['desk', 'display']),
  /** Server time minus wall time at the last synchronisation, milliseconds. */
  wallOffset: z.number(),
  /** Server time at a moment of the machine's monotonic clock: it goes on from there while the machine is not started anew. */
  keptTime: z.strictObject({ bootId: z.string(), monotonicAt: z.number(), serverTime: instantSchema }),
  /** Saved commands that a damaged file did not hold any more, and when that was found. */
  lostCommands: z.strictObject({ count: z.int().positive(), at: instantSchema }),
  /** Rows were evicted, and the file still has their deleted pages. */
  toScrub: z.literal(true),
  /** The token of each development sign-in, by what it was asked as. */
  grants: z.record(z.string(), z.string()),
} as const;

type Shapes = typeof shapes;
export type MetaName = keyof Shapes;
export type MetaValue<N extends MetaName> = z.infer<Shapes[N]>;

const GET = 'SELECT value FROM meta WHERE name = ?';
const SET = 'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value';
const CLEAR = 'DELETE FROM meta WHERE name = ?';
const DRAFT_KEY = 'SELECT key FROM draft_key WHERE author = ?';
const KEEP_DRAFT_KEY = 'INSERT INTO draft_key (author, key) VALUES (?, ?)';

/** One value; undefined when it was never set or has another shape. */
export const readMeta = <N extends MetaName>(handle: ReadHandle, name: N): MetaValue<N> | undefined => {
  const found = handle.get<{ value: string }>(GET, name);
  if (!found) return undefined;
  const parsed = shapes[name].safeParse(JSON.parse(found.value));
  return parsed.success ? (parsed.data as MetaValue<N>) : undefined;
};

/** Sets one value; null clears it. */
export const writeMeta = <N extends MetaName>(handle: WriteHandle, name: N, value: MetaValue<N> | null): void => {
  if (value === null) handle.run(CLEAR, name);
  else handle.run(SET, name, JSON.stringify(value));
};

/** The 32-byte key of an author's drafts; undefined when there is none yet. */
export const readDraftKey = (handle: ReadHandle, author: string): Uint8Array | undefined =>
  handle.get<{ key: Uint8Array }>(DRAFT_KEY, author)?.key;
export const keepDraftKey = (handle: WriteHandle, author: string, key: Uint8Array): void =>
  void handle.run(KEEP_DRAFT_KEY, author, key);
