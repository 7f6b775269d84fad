import { useId, useRef, useState } from 'react';
import type { RecordView } from '#domain/model/record.ts';
import { Button } from '../controls.tsx';
import { useGesture } from '../gesture.ts';
import { Icon } from '../icon.tsx';
import { useKeys } from '../keys.tsx';
import { refusalText } from '../refusal-text.ts';
import type { MessageDraft } from './draft.ts';
import { keyOf, labelOf, recipientsOf, type Suggestion, suggestionsFor } from './recipients.ts';
import { s } from './strings.ts';

/** A message being written. What was refused or not sent stays as it was typed. */
export const Composer = ({
  view,
  draft,
  onDraft,
  onSent,
  onBack,
}: {
  readonly view: RecordView;
  readonly draft: MessageDraft;
  readonly onDraft: (draft: MessageDraft) => void;
  readonly onSent: () => void;
  readonly onBack: () => void;
}) => {
  const gesture = useGesture();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const [isAddressing, setAddressing] = useState(true);
  const [refusal, setRefusal] = useState<string | null>(null);
  const sending = useRef(false);
  const textField = useRef<HTMLTextAreaElement>(null);
  const toId = useId();
  const textId = useId();
  const isAsking = isAddressing && (typed.trim() !== '' || draft.to.length === 0);
  const suggestions = isAsking ? suggestionsFor(typed, view, draft.to) : [];
  const index = Math.min(chosen, Math.max(0, suggestions.length - 1));
  const recipients = recipientsOf(view, draft.to);
  const lacks = recipients.length === 0 ? s('needTo') : draft.text.trim() === '' ? s('needText') : null;

  const add = ({ addressee }: Suggestion): void => {
    onDraft({ ...draft, to: [...draft.to, addressee] });
    setTyped('');
    setChosen(0);
  };
  const takeOff = (key: string): void => onDraft({ ...draft, to: draft.to.filter((one) => keyOf(one) !== key) });
  const send = async (): Promise<void> => {
    if (lacks !== null || sending.current) return;
    sending.current = true;
    const answer = await gesture(
      'sendMessage',
      {
        text: draft.text.trim().slice(0, 4000),
        urgent: draft.urgent,
        incidentId: draft.to.find((one) => one.to === 'incident')?.incidentId ?? null,
        recipients: [...recipients],
      },
      { text: s('sent', { count: recipients.length }) },
    );
    sending.current = false;
    if (answer.status === 'saved') onSent();
    else setRefusal(refusalText(answer));
  };
  const suggestion = suggestions[index];
  useKeys([
    {
      key: ['ArrowUp', 'ArrowDown'],
      label: s('keyPick'),
      whileTyping: true,
      when: isAddressing && suggestions.length > 1,
      run: (key) => setChosen(Math.min(suggestions.length - 1, Math.max(0, index + (key === 'ArrowUp' ? -1 : 1)))),
    },
    {
      key: 'Enter',
      label: s('keyAdd'),
      whileTyping: true,
      when: isAddressing,
      run: () => {
        // With somebody in the line and nothing typed the line is done.
        if (!isAsking) textField.current?.focus();
        else if (suggestion) add(suggestion);
      },
    },
    {
      key: 'Backspace',
      label: s('keyTakeOff'),
      whileTyping: true,
      quiet: true,
      when: isAddressing && typed === '' && draft.to.length > 0,
      run: () => onDraft({ ...draft, to: draft.to.slice(0, -1) }),
    },
    { key: 'Alt+u', label: s('keyUrgent'), whileTyping: true, run: () => onDraft({ ...draft, urgent: !draft.urgent }) },
    { key: 'Ctrl+Enter', label: s('keySend'), when: lacks === null, run: () => void send() },
    { key: 'Escape', label: s('back'), run: onBack },
  ]);
  return (
    <div className="composer">
      <div className="field">
        <label htmlFor={toId}>{s('to')}</label>
        <div className="composer__to">
          {draft.to.map((one) => {
            const key = keyOf(one);
            const name = labelOf(view, one);
            return (
              <button
                key={key}
                type="button"
                className="composer__one"
                aria-label={s('remove', { name })}
                onClick={() => takeOff(key)}
              >
                {name}
                <Icon name="close" size={12} />
              </button>
            );
          })}
          <input
            id={toId}
            value={typed}
            placeholder={draft.to.length === 0 ? s('toHint') : ''}
            autoComplete="off"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: a form opened by a key takes the typing at once
            autoFocus={draft.to.length === 0}
            onFocus={() => setAddressing(true)}
            onBlur={() => setAddressing(false)}
            onChange={(event) => {
              setTyped(event.target.value);
              setChosen(0);
            }}
          />
        </div>
      </div>
      {suggestions.length > 0 ? (
        <ul className="composer__list">
          {suggestions.map((one, place) => (
            <li key={keyOf(one.addressee)}>
              <button
                type="button"
                tabIndex={-1}
                className={place === index ? 'composer__row is-selected' : 'composer__row'}
                // The field keeps the focus, so that the list is still there when the touch ends.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => add(one)}
              >
                {one.label}
              </button>
            </li>
          ))}
        </ul>
      ) : isAsking ? (
        <p className="notice">{s('noMatch', { typed: typed.trim() })}</p>
      ) : null}
      <div className="field">
        <label htmlFor={textId}>{s('text')}</label>
        <textarea
          id={textId}
          ref={textField}
          className="composer__text"
          value={draft.text}
          maxLength={4000}
          // biome-ignore lint/a11y/noAutofocus: what was begun goes on where it stopped
          autoFocus={draft.to.length > 0}
          onChange={(event) => onDraft({ ...draft, text: event.target.value })}
        />
      </div>
      <label className="composer__urgent">
        <input type="checkbox" checked={draft.urgent} onChange={(event) => onDraft({ ...draft, urgent: event.target.checked })} />
        <b>{s('urgent')}</b> <span className="t2">{s('urgentWhy')}</span> <kbd>Alt</kbd>
        <kbd>U</kbd>
      </label>
      {refusal === null ? null : (
        <p className="composer__refused" role="alert">
          <Icon name="warning" />
          {refusal} {s('draft')}
        </p>
      )}
      <div className="row row--wrap">
        <Button main touch keyName="Ctrl+Enter" disabled={lacks !== null} onPress={() => void send()}>
          {s('send', { count: recipients.length })}
        </Button>
        <Button touch keyName="Escape" onPress={onBack}>
          {s('back')}
        </Button>
        {lacks === null ? null : <span className="notice">{lacks}</span>}
      </div>
    </div>
  );
};
