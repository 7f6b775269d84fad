import { useId } from 'react';
import { Button } from '../../../ui/controls.tsx';
import { p } from './strings.ts';
import type { NoteInHand } from './use-note.ts';

/** A line or two for the next colleague. Its key is bound by the dialog: a child's would lie under it. */
export const NoteForm = ({ note: { text, isKept, failure, change, save } }: { readonly note: NoteInHand }) => {
  const id = useId();
  return (
    <div className="record__note">
      <label className="t3" htmlFor={id}>
        {p('writeNote')}
      </label>
      <textarea id={id} rows={2} value={text} placeholder={p('noteHint')} onChange={(event) => change(event.target.value)} />
      <div className="row">
        <span className={failure === null ? 'meta' : 'notice'}>
          {failure !== null ? p('noteNotKept', { why: failure }) : isKept ? p('noteKept') : ''}
        </span>
        <span className="grow" />
        <Button touch main keyName="Ctrl+Enter" disabled={text.trim() === ''} onPress={save}>
          {p('saveNote')}
        </Button>
      </div>
    </div>
  );
};
