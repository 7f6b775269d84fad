import { useCallback, useEffect, useRef, useState } from 'react';
import {
  type DeskAnswer,
  type DeskMessage,
  type DeskOutgoing,
  type DeskQuestion,
  refusedAnswer,
} from '#domain/model/message-desk.ts';
import { useClient } from '../../../state/hooks.ts';
import { m } from './strings.ts';

/** The lists of the message desk: messages that came, and those of Vigil's own. */
export const messageViews = ['waiting', 'refused', 'all', 'dead', 'outgoing'] as const;
export type MessageView = (typeof messageViews)[number];

export type Listed =
  | { readonly way: 'in'; readonly message: DeskMessage }
  | { readonly way: 'out'; readonly message: DeskOutgoing };
export type Messages =
  | { readonly state: 'loading' }
  | { readonly state: 'listed'; readonly rows: readonly Listed[]; readonly more: boolean; readonly asOf: number }
  | { readonly state: 'refused'; readonly why: string };

const questionOf = (view: MessageView, sender: string | null, before: number | null): DeskQuestion => {
  switch (view) {
    case 'waiting':
      return { about: 'messages', states: ['waiting'], sender, before };
    case 'refused':
      return { about: 'messages', states: ['refused', 'rejected'], sender, before };
    case 'all':
      return { about: 'messages', states: null, sender, before };
    case 'dead':
      return { about: 'outgoing', states: ['dead'], before };
    case 'outgoing':
      return { about: 'outgoing', states: ['queued', 'sent'], before };
  }
};

/** Why a question got no answer, in the language of this window. */
export const refusalText = ({ code, message }: Extract<DeskAnswer, { about: 'refused' }>): string =>
  m(`refused_${code}`, { why: message });

export type Ask = (question: DeskQuestion) => Promise<DeskAnswer>;
/** Asks the hospital; a desk whose station is away reaches nobody. Never rejects. */
export const useAsk = (): Ask => {
  const client = useClient();
  return useCallback((question) => client.askMessageDesk(question).catch(() => refusedAnswer('notReached', '')), [client]);
};

/** One list of messages, asked for when it is looked at; `older` adds a page, `again` begins anew. Null asks nothing. */
export const useMessages = (
  view: MessageView | null,
  sender: string | null,
  serverNow: () => number,
): { readonly messages: Messages; readonly older: () => void; readonly again: () => void } => {
  const ask = useAsk();
  const [messages, setMessages] = useState<Messages>({ state: 'loading' });
  /** Only the newest question may change the list. */
  const asked = useRef(0);
  const now = useRef(serverNow);
  now.current = serverNow;
  const load = useCallback(
    async (kept: readonly Listed[]): Promise<void> => {
      if (view === null) return;
      asked.current += 1;
      const turn = asked.current;
      const answer = await ask(questionOf(view, sender, kept.at(-1)?.message.sequence ?? null));
      if (turn !== asked.current) return;
      if (answer.about === 'refused') setMessages({ state: 'refused', why: refusalText(answer) });
      else if (answer.about === 'messages' || answer.about === 'outgoing') {
        const page: readonly Listed[] =
          answer.about === 'messages'
            ? answer.messages.map((message) => ({ way: 'in', message }))
            : answer.messages.map((message) => ({ way: 'out', message }));
        setMessages({ state: 'listed', rows: [...kept, ...page], more: answer.more, asOf: now.current() });
      }
    },
    [ask, view, sender],
  );
  useEffect(() => {
    setMessages({ state: 'loading' });
    void load([]);
    return () => {
      asked.current += 1;
    };
  }, [load]);
  return {
    messages,
    older: () => {
      if (messages.state === 'listed' && messages.more) void load(messages.rows);
    },
    again: () => void load([]),
  };
};
