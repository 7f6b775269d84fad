import { useState } from 'react';
import type { Id } from '#domain/model/values.ts';
import { useClient } from '../../../state/hooks.ts';
import { useSealedDrafts } from '../../../state/use-sealed-drafts.ts';
import { useGesture } from '../../../ui/gesture.ts';
import { p } from './strings.ts';

type NoteDraft = { readonly encounterId: Id; readonly text: string };
const emptyNote: NoteDraft = { encounterId: '', text: '' };

export type NoteInHand = {
  readonly text: string;
  /** It lies sealed on this desk. */
  readonly isKept: boolean;
  /** Why it could not be kept; null when all is well. */
  readonly failure: string | null;
  readonly change: (text: string) => void;
  /** Does nothing with an empty note. */
  readonly save: () => void;
};

/** The note about one patient that the person here is writing: kept, sealed, over the crash of its window, until saved or emptied. */
export const useNote = (encounterId: Id, name: string): NoteInHand => {
  const client = useClient();
  const gesture = useGesture();
  const { list, failure, keepSoon, discard } = useSealedDrafts('vigil-care-notes', emptyNote);
  const kept = list.find(({ form }) => form.encounterId === encounterId);
  const [typed, setTyped] = useState<string | null>(null);
  const [newId] = useState(() => client.newId());
  const text = typed ?? kept?.form.text ?? '';
  const draftId = kept?.id ?? newId;
  return {
    text,
    isKept: kept !== undefined && text !== '',
    failure,
    change: (next) => {
      setTyped(next);
      if (next.trim() === '') discard(draftId);
      else keepSoon(draftId, { encounterId, text: next });
    },
    save: () => {
      if (text.trim() === '') return;
      void gesture('addCareNote', { encounterId, text: text.trim() }, { text: p('didNote', { name }) }).then((answer) => {
        if (answer.status !== 'saved') return;
        setTyped('');
        discard(draftId);
      });
    },
  };
};
