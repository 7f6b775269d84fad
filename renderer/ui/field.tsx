import { type ReactNode, type RefObject, useId } from 'react';

type FieldState = 'plain' | 'warn' | 'bad';
const stateClass: Readonly<Record<FieldState, string>> = { plain: '', warn: ' in--warn', bad: ' in--bad' };

/**
 * A labelled line of input. `text` is what was typed, kept as typed; `state` and `said` are the caller's judgement of it
 * (`warn` unusual but taken, `bad` not taken and why). `unit` and `range` stand in the field.
 */
export const Field = ({
  label,
  text,
  onChange,
  unit,
  range,
  state = 'plain',
  said,
  kind = 'text',
  placeholder,
  autoFocus = false,
  inputRef,
  mark,
  list,
  onFocus,
  onBlur,
}: {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly unit?: string;
  readonly range?: string;
  readonly state?: FieldState;
  readonly said?: string;
  readonly kind?: 'text' | 'number' | 'date';
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  readonly inputRef?: RefObject<HTMLInputElement | null>;
  /** Something small after the label, such as points. */
  readonly mark?: ReactNode;
  /** The list of what this line may mean, and which of it Enter takes. */
  readonly list?: { readonly id: string; readonly open: boolean; readonly active: string | null };
  readonly onFocus?: () => void;
  readonly onBlur?: () => void;
}) => {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {mark}
      </label>
      <div className={`in${text === '' ? ' in--empty' : ''}${stateClass[state]}`}>
        <input
          id={id}
          ref={inputRef}
          value={text}
          placeholder={placeholder ?? (kind === 'number' ? '–' : '')}
          type={kind === 'date' ? 'date' : 'text'}
          inputMode={kind === 'number' ? 'decimal' : 'text'}
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: a form opened by a key takes the typing at once
          autoFocus={autoFocus}
          aria-invalid={state === 'bad'}
          {...(list === undefined
            ? {}
            : {
                role: 'combobox',
                'aria-autocomplete': 'list' as const,
                'aria-expanded': list.open,
                'aria-controls': list.id,
                ...(list.open && list.active !== null ? { 'aria-activedescendant': list.active } : {}),
              })}
          aria-describedby={said === undefined ? undefined : `${id}-said`}
          onChange={(event) => onChange(event.target.value)}
          onFocus={onFocus}
          onBlur={onBlur}
        />
        {unit === undefined ? null : <span>{unit}</span>}
        {range === undefined ? null : <span className="sp">{range}</span>}
      </div>
      {said === undefined ? null : (
        <div id={`${id}-said`} className={state === 'bad' ? 'field__said field__said--bad' : 'field__said'}>
          {said}
        </div>
      )}
    </div>
  );
};

/** One of a few, by touch or arrow keys: native radio buttons drawn as one row. */
export const Choice = <V extends string>({
  label,
  options,
  value,
  onChange,
}: {
  readonly label: string;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly value: V | null;
  readonly onChange: (value: V) => void;
}) => {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={option.value === value ? 'choice__one is-chosen' : 'choice__one'}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
};
