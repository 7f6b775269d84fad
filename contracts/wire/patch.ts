/**
 * A changed row as the fields that changed. It stands on the row at one rev, `from`; a copy whose row has another rev must
 * not guess and takes nothing.
 */
import { z } from 'zod';
import { type RecordKind, recordKindSchema, recordSchemas, type VigilRecord } from '#domain/model/record.ts';
import { lengthenId, shortenId, shortIdSchema } from './short-id.ts';
import { tolerant } from './tolerant.ts';

/** The fields of each kind, in which a newer peer may say more than this version understands. */
const fieldsOf = Object.fromEntries(
  Object.entries(recordSchemas).map(([kind, schema]) => [kind, tolerant(schema as z.ZodObject).shape]),
) as Readonly<Record<RecordKind, Readonly<Record<string, z.ZodType>>>>;

type HeldRow = { readonly rev: number; readonly record: VigilRecord };

/** `[kind, id, from, set, unset?, rev?]`: the rev of the row is that of its poke when it is not said. */
export const patchSchema = z.tuple([
  recordKindSchema,
  shortIdSchema,
  z.int().min(0),
  z.record(z.string(), z.unknown()),
  z.array(z.string()).optional(),
  z.int().positive().optional(),
]);
export type Patch = z.infer<typeof patchSchema>;

const same = (one: unknown, other: unknown): boolean => {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [a, b] = [one as Record<string, unknown>, other as Record<string, unknown>];
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
};

/** What makes `after` of `before`, two rows of one key, for a poke at `pokeRev`; undefined when the whole row says it as well. */
export const patchBetween = (before: HeldRow, after: HeldRow, pokeRev: number): Patch | undefined => {
  const old = before.record as unknown as Readonly<Record<string, unknown>>;
  const now = after.record as unknown as Readonly<Record<string, unknown>>;
  const fields = Object.keys(now).filter((field) => now[field] !== undefined);
  const changed = fields.filter((field) => !same(old[field], now[field]));
  if (changed.length * 2 > fields.length) return undefined;
  const gone = Object.keys(old).filter((field) => old[field] !== undefined && now[field] === undefined);
  const { kind, id } = after.record;
  const set = Object.fromEntries(changed.map((field) => [field, now[field]]));
  if (after.rev !== pokeRev) return [kind, shortenId(id), before.rev, set, gone, after.rev];
  return gone.length > 0 ? [kind, shortenId(id), before.rev, set, gone] : [kind, shortenId(id), before.rev, set];
};

/** The id of the row that a patch is for. */
export const patchedId = (patch: Patch): string => lengthenId(patch[1]);

/**
 * The row that a patch makes of the one it stands on; undefined when it stands on another rev or a field cannot be read.
 * A field that this version does not know is left out, as it is where whole rows are read.
 */
export const applyPatch = (row: HeldRow, patch: Patch, pokeRev: number): HeldRow | undefined => {
  const [kind, , from, set, unset = [], rev = pokeRev] = patch;
  if (row.rev !== from || row.record.kind !== kind) return undefined;
  const shape = fieldsOf[kind];
  const record: Record<string, unknown> = { ...row.record };
  for (const [field, value] of Object.entries(set)) {
    const schema = Object.hasOwn(shape, field) ? shape[field] : undefined;
    if (!schema) continue;
    const parsed = schema.safeParse(value);
    if (!parsed.success || field === 'id') return undefined;
    record[field] = parsed.data;
  }
  for (const field of unset) {
    if (!Object.hasOwn(shape, field)) continue;
    if (!shape[field]?.safeParse(undefined).success) return undefined;
    delete record[field];
  }
  return { rev, record: record as VigilRecord };
};
