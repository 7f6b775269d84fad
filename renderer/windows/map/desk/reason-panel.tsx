import { useState } from 'react';
import { Field } from '../../../ui/field.tsx';
import { useKeys } from '../../../ui/keys.tsx';
import { PanelFoot } from './panel-foot.tsx';
import { d } from './strings.ts';

/** Asks for one line before something is done: a reason, a note, a time. Enter does it, Esc leaves it. */
export const LinePanel = ({
  title,
  label,
  action,
  first = '',
  placeholder,
  hint,
  refuse,
  onDone,
  onClose,
}: {
  readonly title: string;
  readonly label: string;
  /** What the button does. */
  readonly action: string;
  readonly first?: string;
  readonly placeholder?: string;
  readonly hint?: string;
  /** Why a line cannot be taken; null when it can. */
  readonly refuse?: (line: string) => string | null;
  readonly onDone: (line: string) => void;
  readonly onClose: () => void;
}) => {
  const [line, setLine] = useState(first);
  const [said, setSaid] = useState<string | null>(null);
  const done = (): void => {
    const problem = line.trim() === '' ? d('needLine') : (refuse?.(line) ?? null);
    setSaid(problem);
    if (problem === null) onDone(line.trim());
  };
  useKeys([
    { key: 'Enter', label: action, run: done, whileTyping: true },
    { key: 'Escape', label: d('keyBack'), run: onClose },
  ]);
  return (
    <>
      <div className="panel__head map-head--line">
        <h2>{title}</h2>
      </div>
      <div className="section map-ask">
        <Field
          label={label}
          text={line}
          onChange={setLine}
          autoFocus
          {...(placeholder === undefined ? {} : { placeholder })}
          {...(said === null ? {} : { state: 'bad' as const, said })}
        />
        {hint === undefined ? null : <div className="meta">{hint}</div>}
        <PanelFoot action={action} keyName="Enter" disabled={line.trim() === ''} onDo={done} onLeave={onClose} />
      </div>
    </>
  );
};
