/**
 * One boundary, declared once: named calls and named feeds. Both ends are derived from the declaration. Over any port the
 * same five messages run (`PortUp`, `PortDown`); payloads are parsed where they leave a process boundary.
 *
 * Feeds: a subscriber gets the snapshot as its first value, then patches. It answers each value with `taken`; until then the
 * owner sends nothing more on that feed and coalesces, so a slow window gets a newer state and never a backlog.
 */
import { z } from 'zod';

export type Contract = {
  readonly calls: Readonly<Record<string, { readonly in: z.ZodType; readonly out: z.ZodType }>>;
  readonly feeds: Readonly<Record<string, z.ZodType>>;
};

type In<C extends Contract, N extends keyof C['calls']> = z.infer<C['calls'][N]['in']>;
type Out<C extends Contract, N extends keyof C['calls']> = z.infer<C['calls'][N]['out']>;
export type FeedValue<C extends Contract, F extends keyof C['feeds']> = z.infer<C['feeds'][F]>;

/** What the owner of a boundary implements; it may answer at once. */
export type Served<C extends Contract> = {
  readonly [N in keyof C['calls']]: (input: In<C, N>) => Out<C, N> | Promise<Out<C, N>>;
};

/** What everyone else sees: always asynchronous, and a feed that ends by its own stop. */
export type Remote<C extends Contract> = {
  readonly call: <N extends keyof C['calls'] & string>(name: N, input: In<C, N>) => Promise<Out<C, N>>;
  /** `taken` must be called once the value is on screen (or used); returns the stop. */
  readonly subscribe: <F extends keyof C['feeds'] & string>(
    feed: F,
    take: (value: FeedValue<C, F>, taken: () => void) => void,
  ) => () => void;
};

/** A refused call. Carried over the port in place of an answer, never `undefined`. */
export const portErrorSchema = z.strictObject({
  code: z.enum(['malformed', 'unknownCall', 'unknownFeed', 'notAllowed', 'failed', 'closed']),
  message: z.string(),
});
export type PortError = z.infer<typeof portErrorSchema>;

export const portUpSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('call'), id: z.int(), name: z.string(), input: z.unknown() }),
  z.strictObject({ type: z.literal('subscribe'), feed: z.string() }),
  z.strictObject({ type: z.literal('unsubscribe'), feed: z.string() }),
  z.strictObject({ type: z.literal('taken'), feeds: z.array(z.string()) }),
]);
export type PortUp = z.infer<typeof portUpSchema>;

export const portDownSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('answer'), id: z.int(), value: z.unknown() }),
  z.strictObject({ type: z.literal('refused'), id: z.int(), error: portErrorSchema }),
  z.strictObject({ type: z.literal('values'), values: z.array(z.strictObject({ feed: z.string(), value: z.unknown() })) }),
]);
export type PortDown = z.infer<typeof portDownSchema>;
