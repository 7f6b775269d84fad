import { useState } from 'react';
import type { Id } from '#domain/model/values.ts';
import { useClient } from '../../../state/hooks.ts';
import { useSealedDrafts } from '../../../state/use-sealed-drafts.ts';
import { Button } from '../../../ui/controls.tsx';
import { useGesture } from '../../../ui/gesture.ts';
import { useKeys } from '../../../ui/keys.tsx';
import { p } from './strings.ts';

type NoteDraft = { readonly encounterId: Id; readonly text: string };
const emptyNote: NoteDraft = { encounterId: '', text: '' };

/** A note about one patient: kept, sealed, over the crash of its window, until it is saved or emptied. */
export const NoteForm = ({ encounterId, name }: { readonly encounterId: Id; readonly name: string }) => {
  const client = useClient();
  const gesture = useGesture();
  const { list, failure, keepSoon, discard } = useSealedDrafts('vigil-care-notes', emptyNote);
  const kept = list.find(({ form }) => form.encounterId === encounterId);
  const [typed, setTyped] = useState<string | null>(null);
  const [id] = useState(() => client.newId());
  const text = typed ?? kept?.form.text ?? '';
  const draftId = kept?.id ?? id;
  const change = (next: string): void => {
    setTyped(next);
    if (next.trim() === '') discard(draftId);
    else keepSoon(draftId, { encounterId, text: next });
  };
  const save = (): void => {
    if (text.trim() === '') return;
    void gesture('addCareNote', { encounterId, text: text.trim() }, { text: p('didNote', { name }) }).then((answer) => {
      if (answer.status !== 'saved') return;
      setTyped('');
      discard(draftId);
    });
  };
  useKeys([{ key: 'Ctrl+Enter', label: p('saveNote'), whileTyping: true, when: text.trim() !== '', run: save }]);
  return (
    <div className="record__note">
      <label className="t3" htmlFor={id}>
        {p('writeNote')}
      </label>
      <textarea id={id} rows={2} value={text} placeholder={p('noteHint')} onChange={(event) => change(event.target.value)} />
      <div className="row">
        <span className={failure === null ? 'meta' : 'notice'}>
          {failure !== null ? p('noteNotKept', { why: failure }) : kept && text !== '' ? p('noteKept') : ''}
        </span>
        <span className="grow" />
        <Button touch main keyName="Ctrl+Enter" disabled={text.trim() === ''} onPress={save}>
          {p('saveNote')}
        </Button>
      </div>
    </div>
  );
};
