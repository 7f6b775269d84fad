/**
 * The window's end of a boundary. What comes over the port has left another process: answers and feed values are parsed here,
 * once, and trusted from here on. A feed may bring its own cheaper check where values come often.
 */
import type { z } from 'zod';
import {
  type Contract,
  type PortDown,
  type PortError,
  type PortUp,
  portDownSchema,
  type Remote,
} from '#contracts/ipc/contract.ts';

/** As much of a MessagePort as is used. */
export type Port = Pick<MessagePort, 'postMessage' | 'start' | 'close'> & { onmessage: ((event: MessageEvent) => void) | null };

export type Connection<C extends Contract> = Remote<C> & {
  /** Ends it from this side: calls that wait are refused as closed. */
  readonly close: () => void;
};

/** A call that was refused or cannot be answered any more. */
export class CallRefused extends Error {
  readonly code: PortError['code'];
  constructor({ code, message }: PortError) {
    super(message);
    this.code = code;
  }
}

type Waiting = { readonly schema: z.ZodType; readonly resolve: (value: never) => void; readonly reject: (error: Error) => void };
type Check = (value: unknown) => boolean;

/**
 * Connects to a contract over a port. `checks` replaces the schema of a feed by a structural check; `malformed` hears of what
 * was dropped. A dropped feed value is taken all the same, so that the next one comes.
 */
export const connectPort = <C extends Contract>(
  contract: C,
  port: Port,
  malformed: (why: string) => void,
  checks: { readonly [F in keyof C['feeds']]?: Check } = {},
): Connection<C> => {
  const waiting = new Map<number, Waiting>();
  const takers = new Map<string, (value: never, taken: () => void) => void>();
  let nextCall = 0;
  let isClosed = false;
  const post = (message: PortUp): void => {
    if (!isClosed) port.postMessage(message);
  };

  const settle = (id: number, act: (call: Waiting) => void): void => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (call) act(call);
  };
  let taken: string[] = [];
  /** What was taken in one task is said in one message. */
  const sayTaken = (feed: string): void => {
    taken.push(feed);
    if (taken.length > 1) return;
    queueMicrotask(() => {
      post({ type: 'taken', feeds: taken });
      taken = [];
    });
  };
  const deliver = (feed: string, value: unknown): void => {
    const take = takers.get(feed);
    const schema = contract.feeds[feed];
    if (!take || !schema) return;
    const check = checks[feed as keyof C['feeds']];
    const problem = check ? (check(value) ? null : 'not of its shape') : (schema.safeParse(value).error?.message ?? null);
    if (problem === null) take(value as never, () => sayTaken(feed));
    else {
      malformed(`a value of the feed "${feed}" was dropped: ${problem}`);
      sayTaken(feed);
    }
  };
  const receive = (message: PortDown): void => {
    if (message.type === 'values') for (const { feed, value } of message.values) deliver(feed, value);
    else
      settle(message.id, ({ schema, resolve, reject }) => {
        if (message.type === 'refused') return reject(new CallRefused(message.error));
        const parsed = schema.safeParse(message.value);
        if (parsed.success) resolve(parsed.data as never);
        else reject(new CallRefused({ code: 'malformed', message: parsed.error.message }));
      });
  };
  port.onmessage = ({ data }) => {
    if (isClosed) return;
    const parsed = portDownSchema.safeParse(data);
    if (parsed.success) receive(parsed.data);
    else malformed(`a message was dropped: ${parsed.error.message}`);
  };
  port.start();

  return {
    call: (name, input) =>
      new Promise((resolve, reject) => {
        const schema = contract.calls[name]?.out;
        if (isClosed || !schema)
          return reject(
            new CallRefused({ code: isClosed ? 'closed' : 'unknownCall', message: `"${name}" cannot be asked now.` }),
          );
        nextCall += 1;
        waiting.set(nextCall, { schema, resolve, reject });
        post({ type: 'call', id: nextCall, name, input });
      }),
    subscribe: (feed, take) => {
      takers.set(feed, take);
      post({ type: 'subscribe', feed });
      return () => {
        if (takers.get(feed) === take && takers.delete(feed)) post({ type: 'unsubscribe', feed });
      };
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      takers.clear();
      port.close();
      for (const { reject } of waiting.values()) reject(new CallRefused({ code: 'closed', message: 'The other side is gone.' }));
      waiting.clear();
    },
  };
};
