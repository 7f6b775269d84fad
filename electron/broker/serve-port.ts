/** Main's own boundary to a window, served over a port: calls are parsed and answered, feeds send the newest value and wait for `taken`. */
import type { MessagePortMain } from 'electron';
import {
  type Contract,
  type FeedValue,
  type PortDown,
  type PortError,
  portUpSchema,
  type Served,
} from '#contracts/ipc/contract.ts';

export type ServedPort<C extends Contract> = {
  /** Sets the value of a feed; a subscriber gets it at once, or when it has taken the one before. */
  readonly publish: <F extends keyof C['feeds'] & string>(feed: F, value: FeedValue<C, F>) => void;
  readonly close: () => void;
};

type FeedState = { value: unknown; hasNews: boolean; isSubscribed: boolean; isAwaited: boolean };

/** Serves a contract over one port until it is closed. `refused` hears of every message that was not taken. */
export const servePort = <C extends Contract>(
  contract: C,
  port: MessagePortMain,
  served: Served<C>,
  refused: (why: string) => void,
): ServedPort<C> => {
  const feeds = new Map<string, FeedState>(
    Object.keys(contract.feeds).map((feed) => [
      feed,
      { value: undefined, hasNews: false, isSubscribed: false, isAwaited: false },
    ]),
  );
  const post = (message: PortDown): void => port.postMessage(message);
  const refuse = (id: number, code: PortError['code'], message: string): void => {
    refused(message);
    post({ type: 'refused', id, error: { code, message } });
  };

  const answer = async (id: number, name: string, input: unknown): Promise<void> => {
    const call = Object.hasOwn(contract.calls, name) ? contract.calls[name] : undefined;
    if (!call) return refuse(id, 'unknownCall', `There is no call "${name}".`);
    const parsed = call.in.safeParse(input);
    if (!parsed.success) return refuse(id, 'malformed', `The input of "${name}" is malformed: ${parsed.error.message}`);
    try {
      post({ type: 'answer', id, value: await served[name as keyof C['calls']](parsed.data as never) });
    } catch (error) {
      refuse(id, 'failed', error instanceof Error ? error.message : String(error));
    }
  };

  const flush = (feed: string, state: FeedState): void => {
    if (!state.isSubscribed || state.isAwaited || !state.hasNews) return;
    state.hasNews = false;
    state.isAwaited = true;
    post({ type: 'values', values: [{ feed, value: state.value }] });
  };

  port.on('message', ({ data }) => {
    const parsed = portUpSchema.safeParse(data);
    if (!parsed.success) return refused('a malformed message was dropped');
    const message = parsed.data;
    if (message.type === 'call') return void answer(message.id, message.name, message.input);
    for (const feed of message.type === 'taken' ? message.feeds : [message.feed]) {
      const state = feeds.get(feed);
      if (!state) {
        refused(`there is no feed "${feed}"`);
        continue;
      }
      state.isAwaited = false;
      if (message.type !== 'taken') {
        state.isSubscribed = message.type === 'subscribe';
        state.hasNews = state.isSubscribed && state.value !== undefined;
      }
      flush(feed, state);
    }
  });
  port.start();

  return {
    publish: (feed, value) => {
      const state = feeds.get(feed);
      if (!state) return;
      state.value = value;
      state.hasNews = true;
      flush(feed, state);
    },
    close: () => port.close(),
  };
};
