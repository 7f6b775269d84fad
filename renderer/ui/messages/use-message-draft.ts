import { useEffect, useRef, useState } from 'react';
import type { Id } from '#domain/model/values.ts';
import { useClient, useFramePart } from '../../state/hooks.ts';
import { useSealedDrafts } from '../../state/use-sealed-drafts.ts';
import { emptyMessage, type MessageDraft } from './draft.ts';

const isEmpty = ({ to, text }: MessageDraft): boolean => to.length === 0 && text.trim() === '';

/** The message that the person here is writing: kept, sealed, over the crash of its window, and never shown to the next person. */
export const useMessageDraft = (): readonly [draft: MessageDraft, change: (draft: MessageDraft) => void] => {
  const client = useClient();
  const person = useFramePart('person')?.name ?? null;
  const { list, keepSoon, discard } = useSealedDrafts('vigil-messages', emptyMessage);
  const [draft, setDraft] = useState(emptyMessage);
  /** Null until something was written here or found: then what stands in the window is newer than what was kept. */
  const id = useRef<Id | null>(null);
  const author = useRef(person);
  const othersList = useRef<typeof list | null>(null);
  useEffect(() => {
    if (author.current !== person) {
      author.current = person;
      id.current = null;
      othersList.current = list;
      setDraft(emptyMessage);
    }
    const [last] = list;
    if (id.current !== null || !last || othersList.current === list) return;
    id.current = last.id;
    setDraft(last.form);
  }, [person, list]);
  const change = (next: MessageDraft): void => {
    id.current ??= client.newId();
    setDraft(next);
    if (isEmpty(next)) discard(id.current);
    else keepSoon(id.current, next);
  };
  return [draft, change];
};
