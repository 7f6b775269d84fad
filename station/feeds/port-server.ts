/**
 * Serves one contract to one window over its port. Of each feed at most one value is on its way: until the window says `taken`,
 * only the keys of what moved are remembered, and the next value is made from the present state. A slow window gets a newer
 * state and never a backlog.
 */
import { type Contract, type PortDown, type PortError, portUpSchema, type Served } from '#contracts/ipc/contract.ts';

export type Port = {
  readonly post: (message: PortDown) => void;
  readonly onMessage: (listen: (message: unknown) => void) => void;
};

/** One feed: its first value, undefined while nothing is known, and a later one for the keys that moved; undefined when there is nothing to say. */
export type FeedSource = { readonly first: () => unknown; readonly patch: (moved: ReadonlySet<string>) => unknown };
export type FeedSources<C extends Contract> = { readonly [F in keyof C['feeds']]: FeedSource };

export type Subscriber = {
  /** Keys of a feed have moved. */
  readonly moved: (feed: string, keys: Iterable<string>) => void;
  readonly close: () => void;
};

/** A call that the owner refuses with a code of the contract. */
export class CallRefused extends Error {
  readonly code: PortError['code'];
  constructor(code: PortError['code'], message: string) {
    super(message);
    this.name = 'CallRefused';
    this.code = code;
  }
}

type Subscription = { readonly source: FeedSource; first: boolean; underWay: boolean; readonly moved: Set<string> };

/** Begins to serve; `failed` hears of calls that broke. Values are sent at the end of the turn in which something moved. */
export const servePort = <C extends Contract>(
  contract: C,
  port: Port,
  options: {
    readonly calls: Served<C>;
    readonly feeds: FeedSources<C>;
    readonly soon: (call: () => void) => void;
    readonly failed: (what: string, error: unknown) => void;
  },
): Subscriber => {
  const subscriptions = new Map<string, Subscription>();
  let closed = false;
  let flushing = false;

  const flush = (): void => {
    flushing = false;
    if (closed) return;
    const values: { feed: string; value: unknown }[] = [];
    for (const [feed, subscription] of subscriptions) {
      if (subscription.underWay || (!subscription.first && subscription.moved.size === 0)) continue;
      const value = subscription.first ? subscription.source.first() : subscription.source.patch(subscription.moved);
      subscription.moved.clear();
      if (value === undefined) continue;
      subscription.first = false;
      subscription.underWay = true;
      values.push({ feed, value });
    }
    if (values.length > 0) port.post({ type: 'values', values });
  };
  const flushSoon = (): void => {
    if (flushing || closed) return;
    flushing = true;
    options.soon(flush);
  };

  const refuse = (id: number, code: PortError['code'], message: string): void =>
    port.post({ type: 'refused', id, error: { code, message } });
  const answer = async (id: number, name: string, input: unknown): Promise<void> => {
    if (!Object.hasOwn(contract.calls, name)) return refuse(id, 'unknownCall', `There is no call ${name.slice(0, 64)}.`);
    const parsed = contract.calls[name]?.in.safeParse(input);
    if (!parsed?.success) return refuse(id, 'malformed', parsed?.error.issues[0]?.message ?? 'malformed');
    try {
      // The input was parsed by the schema of this very call.
      const value = await (options.calls[name] as (input: unknown) => unknown)(parsed.data);
      // What the call did goes out with its answer, not a turn behind it: a window draws both in one frame.
      if (flushing) flush();
      if (!closed) port.post({ type: 'answer', id, value });
    } catch (error) {
      if (error instanceof CallRefused) return refuse(id, error.code, error.message);
      options.failed(name, error);
      refuse(id, 'failed', 'This desk could not do it.');
    }
  };

  port.onMessage((raw) => {
    if (closed) return;
    const parsed = portUpSchema.safeParse(raw);
    if (!parsed.success) {
      const id = typeof raw === 'object' && raw !== null && 'id' in raw && Number.isInteger(raw.id) ? Number(raw.id) : -1;
      return refuse(id, 'malformed', 'This message has no known form.');
    }
    const message = parsed.data;
    switch (message.type) {
      case 'call':
        return void answer(message.id, message.name, message.input);
      case 'subscribe': {
        if (!Object.hasOwn(options.feeds, message.feed))
          return refuse(-1, 'unknownFeed', `There is no feed ${message.feed.slice(0, 64)}.`);
        const source = (options.feeds as Readonly<Record<string, FeedSource>>)[message.feed];
        if (source) subscriptions.set(message.feed, { source, first: true, underWay: false, moved: new Set() });
        return flushSoon();
      }
      case 'unsubscribe':
        return void subscriptions.delete(message.feed);
      case 'taken':
        for (const feed of message.feeds) {
          const subscription = subscriptions.get(feed);
          if (!subscription) continue;
          subscription.underWay = false;
          if (subscription.moved.size > 0) flushSoon();
        }
        return undefined;
      default:
        return message satisfies never;
    }
  });

  return {
    moved: (feed, keys) => {
      const subscription = subscriptions.get(feed);
      if (!subscription) return;
      for (const key of keys) subscription.moved.add(key);
      if (!subscription.underWay) flushSoon();
    },
    close: () => {
      closed = true;
      subscriptions.clear();
    },
  };
};
