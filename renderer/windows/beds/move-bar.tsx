import { useLayoutEffect, useRef, useState } from 'react';
import type { Id } from '#domain/model/values.ts';
import { useKeys } from '../../ui/keys.tsx';
import { type LineContext, type LineMeaning, readLine } from './move-line.ts';
import type { Moved } from './moves.ts';
import { b } from './strings.ts';
import type { GhostText } from './use-drag.tsx';

const movedBy = ({ kind, encounterId }: Extract<LineMeaning, { bedId: Id }>): Moved => ({
  kind: kind === 'hold' ? 'held' : 'visit',
  id: encounterId,
});

const meaningText = (meaning: LineMeaning, describe: (moved: Moved, bedId: Id) => GhostText): GhostText => {
  if (meaning.kind === 'unfinished') return { text: '', detail: b('bar.hint'), tone: 'done' };
  if ('bedId' in meaning) return describe(movedBy(meaning), meaning.bedId);
  return { text: '', detail: b(`bar.${meaning.kind}`, { text: meaning.text }), tone: 'no' };
};

/** One line for people who type: `B12 ← 7`. Says what it means before it is done. */
export const MoveBar = ({
  context,
  describe,
  onMove,
  onClose,
}: {
  readonly context: LineContext;
  readonly describe: (moved: Moved, bedId: Id) => GhostText;
  readonly onMove: (moved: Moved, bedId: Id) => void;
  readonly onClose: () => void;
}) => {
  const [line, setLine] = useState('');
  const input = useRef<HTMLInputElement>(null);
  // At once: what is typed next must not reach the keys of the board.
  useLayoutEffect(() => input.current?.focus(), []);
  const meaning = readLine(line, context);
  const said = meaningText(meaning, describe);
  useKeys([
    {
      key: 'Enter',
      label: b('bar.do'),
      whileTyping: true,
      quiet: true,
      run: () => {
        if (!('bedId' in meaning)) return;
        onClose();
        onMove(movedBy(meaning), meaning.bedId);
      },
    },
    { key: 'Escape', label: b('bar.close'), quiet: true, run: onClose },
  ]);
  return (
    <div className="move-bar">
      <kbd>/</kbd>
      <input
        ref={input}
        value={line}
        placeholder={b('bar.placeholder')}
        aria-label={b('bar.label')}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setLine(event.target.value)}
        onBlur={onClose}
      />
      <span className={`move-bar__meaning move-bar__meaning--${said.tone}`} role="status">
        <b>{said.text}</b> {said.detail}
      </span>
    </div>
  );
};
