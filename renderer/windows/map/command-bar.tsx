import { useEffect, useRef, useState } from 'react';
import { useKeys } from '../../ui/keys.tsx';
import { m } from './strings.ts';

/** One line for people who type. `onRun` answers with the problem to show, or null when it was done. */
export const CommandBar = ({
  open,
  last,
  onRun,
  onOpen,
  onClose,
}: {
  readonly open: boolean;
  readonly last: string | null;
  readonly onRun: (line: string) => string | null;
  readonly onOpen: () => void;
  readonly onClose: () => void;
}) => {
  const [line, setLine] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (open) input.current?.focus();
    else input.current?.blur();
  }, [open]);
  const run = (): void => {
    const answer = onRun(line);
    setProblem(answer);
    if (answer === null) {
      setLine('');
      onClose();
    }
  };
  useKeys([
    { key: 'Enter', label: m('keySend'), when: open, run, whileTyping: true, quiet: true },
    { key: 'Escape', label: m('keyBack'), when: open, run: onClose, quiet: true },
  ]);
  return (
    <div className="map-command">
      {problem === null || !open ? null : (
        <div className="map-command__problem" role="alert">
          {problem}
        </div>
      )}
      <kbd>/</kbd>
      <input
        ref={input}
        value={line}
        placeholder={m('commandHint')}
        aria-label={m('command')}
        autoComplete="off"
        spellCheck={false}
        onFocus={onOpen}
        onBlur={onClose}
        onChange={(event) => {
          setLine(event.target.value);
          setProblem(null);
        }}
      />
      {last === null ? null : <span className="meta nw">{last}</span>}
    </div>
  );
};
