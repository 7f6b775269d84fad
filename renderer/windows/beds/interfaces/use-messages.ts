import { useCallback, useEffect, useRef, useState } from 'react';
import {
  type DeskAnswer,
  type DeskMessage,
  type DeskOutgoing,
  type DeskQuestion,
  type MappedPlace,
  mostListed,
  refusedAnswer,
} from '#domain/model/message-desk.ts';
import { useClient } from '../../../state/hooks.ts';
import { m } from './strings.ts';

/** What the message desk asks the hospital for: messages that came, those of Vigil's own, and places that people mapped. */
export const messageViews = ['waiting', 'refused', 'all', 'dead', 'outgoing', 'places'] as const;
export type MessageView = (typeof messageViews)[number];

export type Listed =
  | { readonly way: 'in'; readonly message: DeskMessage }
  | { readonly way: 'out'; readonly message: DeskOutgoing }
  | { readonly way: 'place'; readonly place: MappedPlace };
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
      return { about: 'outgoing', states: ['queued', 'sent', 'dropped'], before };
    case 'places':
      return { about: 'places' };
  }
};

/** Why a question got no answer, in the language of this window. */
export const refusalText = ({ code, message }: Extract<DeskAnswer, { about: 'refused' }>): string =>
  m(`refused_${code}`, { why: message });

const lastOf = (rows: readonly Listed[]): number | null => {
  const last = rows.at(-1);
  return last === undefined || last.way === 'place' ? null : last.message.sequence;
};
const pageOf = (answer: DeskAnswer): { readonly rows: readonly Listed[]; readonly more: boolean } | undefined => {
  switch (answer.about) {
    case 'messages':
      return { rows: answer.messages.map((message) => ({ way: 'in', message })), more: answer.more };
    case 'outgoing':
      return { rows: answer.messages.map((message) => ({ way: 'out', message })), more: answer.more };
    case 'places':
      return { rows: answer.places.map((place) => ({ way: 'place', place })), more: answer.more };
    default:
      return undefined;
  }
};

export type Ask = (question: DeskQuestion) => Promise<DeskAnswer>;
/** Asks the hospital; a desk whose station is away reaches nobody. Never rejects. */
export const useAsk = (): Ask => {
  const client = useClient();
  return useCallback((question) => client.askMessageDesk(question).catch(() => refusedAnswer('notReached', '')), [client]);
};

/**
 * One list, asked for when it is looked at and again whenever `news` changes, unless older pages are open; `older` adds a page,
 * `again` begins anew. Null asks nothing.
 */
export const useMessages = (
  view: MessageView | null,
  sender: string | null,
  news: string,
  serverNow: () => number,
): { readonly messages: Messages; readonly older: () => void; readonly again: () => void } => {
  const ask = useAsk();
  const of = `${view} ${sender}`;
  const [answered, setAnswered] = useState<{ readonly of: string; readonly messages: Messages }>();
  // What was listed before belongs to another list: nothing of it is shown, or chosen, under this one.
  const messages: Messages = answered?.of === of ? answered.messages : { state: 'loading' };
  /** Only the newest question may change the list. */
  const asked = useRef(0);
  const now = useRef(serverNow);
  now.current = serverNow;
  const load = useCallback(
    async (kept: readonly Listed[]): Promise<void> => {
      if (view === null) return;
      asked.current += 1;
      const turn = asked.current;
      const answer = await ask(questionOf(view, sender, lastOf(kept)));
      if (turn !== asked.current) return;
      const setMessages = (told: Messages): void => setAnswered({ of, messages: told });
      if (answer.about === 'refused') setMessages({ state: 'refused', why: refusalText(answer) });
      else {
        const page = pageOf(answer);
        if (page) setMessages({ state: 'listed', rows: [...kept, ...page.rows], more: page.more, asOf: now.current() });
      }
    },
    [ask, view, sender, of],
  );
  useEffect(() => {
    void load([]);
    return () => {
      asked.current += 1;
    };
  }, [load]);
  const isPaged = messages.state === 'listed' && messages.rows.length > mostListed && view !== 'places';
  const told = useRef(news);
  useEffect(() => {
    if (told.current === news || isPaged) return;
    told.current = news;
    void load([]);
  }, [news, isPaged, load]);
  return {
    messages,
    older: () => {
      if (messages.state === 'listed' && messages.more) void load(messages.rows);
    },
    again: () => void load([]),
  };
};
