import { type ReactNode, useState } from 'react';
import type { Id } from '#domain/model/values.ts';
import { useKeys } from '../../../ui/keys.tsx';
import { d } from './strings.ts';

export type PickLine = { readonly id: Id; readonly line: ReactNode };
/** As many as there are number keys. */
export const mostPicks = 9;

/** One of a few by its number, or by arrows and Enter. */
export const PickPanel = ({
  title,
  meta,
  lines,
  empty,
  onPick,
  onClose,
}: {
  readonly title: string;
  readonly meta?: ReactNode;
  readonly lines: readonly PickLine[];
  /** What is said when there is none. */
  readonly empty: ReactNode;
  readonly onPick: (id: Id) => void;
  readonly onClose: () => void;
}) => {
  const [active, setActive] = useState(0);
  const shown = lines.slice(0, mostPicks);
  const at = Math.min(active, Math.max(0, shown.length - 1));
  const pick = (index: number): void => {
    const line = shown[index];
    if (line) onPick(line.id);
  };
  useKeys([
    { key: shown.map((_line, index) => String(index + 1)), label: d('keyPick'), run: (pressed) => pick(Number(pressed) - 1) },
    {
      key: ['ArrowUp', 'ArrowDown'],
      label: d('keyPick'),
      run: (pressed) => setActive(Math.min(shown.length - 1, Math.max(0, at + (pressed === 'ArrowDown' ? 1 : -1)))),
    },
    { key: 'Enter', label: d('keyTake'), when: shown.length > 0, run: () => pick(at) },
    { key: 'Escape', label: d('keyBack'), run: onClose },
  ]);
  return (
    <>
      <div className="panel__head map-head--line">
        <h2>{title}</h2>
        {meta === undefined ? null : <span className="meta">{meta}</span>}
      </div>
      {shown.length === 0 ? <div className="section notice">{empty}</div> : null}
      <ol>
        {shown.map(({ id, line }, index) => (
          <li key={id}>
            <button
              type="button"
              className={index === at ? 'item map-pick-line is-selected' : 'item map-pick-line'}
              aria-current={index === at}
              data-key-through="true"
              onClick={() => onPick(id)}
            >
              <kbd>{index + 1}</kbd>
              <span className="map-pick-line__what">{line}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
};
