/**
 * How messages look on their way down. Most are objects as declared. The most frequent one, a commit that changed fields of
 * rows and nothing else, is a list: `["c", rev, patch, …]` for a poke from `rev - 1` to `rev`.
 */
import { z } from 'zod';
import { type Down, downSchema, type Poke } from './down.ts';
import { patchSchema } from './patch.ts';

export const shortPokeSchema = z.tuple([z.literal('c'), z.int().positive(), patchSchema], patchSchema);
type ShortPoke = z.infer<typeof shortPokeSchema>;

const WHAT_SHORT_POKES_SAY = new Set(['type', 'base', 'rev', 'puts', 'deletes', 'settled', 'patches']);

const shorten = (poke: Poke): ShortPoke | undefined => {
  const [first, ...more] = poke.patches ?? [];
  const others = poke.puts.length + poke.deletes.length + poke.settled.length;
  if (!first || others > 0 || poke.base !== poke.rev - 1) return undefined;
  if (Object.keys(poke).some((field) => !WHAT_SHORT_POKES_SAY.has(field))) return undefined;
  return ['c', poke.rev, first, ...more];
};

/** A message as it is sent. */
export const writeDown = (message: Down): unknown => (message.type === 'poke' ? (shorten(message) ?? message) : message);

export type DownRead = { readonly ok: true; readonly message: Down } | { readonly ok: false; readonly where: string };

/** Reads what arrived; `where` names the part that cannot be read. */
export const readDown = (raw: unknown): DownRead => {
  const parsed = Array.isArray(raw) ? shortPokeSchema.safeParse(raw) : downSchema.safeParse(raw);
  if (!parsed.success) return { ok: false, where: parsed.error.issues[0]?.path.slice(0, 3).join('.') ?? '' };
  const { data } = parsed;
  if (!Array.isArray(data)) return { ok: true, message: data };
  const [, rev, ...patches] = data;
  return { ok: true, message: { type: 'poke', base: rev - 1, rev, puts: [], deletes: [], settled: [], patches } };
};
