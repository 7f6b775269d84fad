import { type RefObject, useLayoutEffect } from 'react';
import type { Acuity } from '#domain/model/encounter.ts';
import { Icon } from '../../ui/icon.tsx';
import { useKeys } from '../../ui/keys.tsx';
import { type BedFilter, quickFilters, toggled } from './filter.ts';
import { b } from './strings.ts';

const acuities: readonly Acuity[] = [1, 2, 3, 4, 5];

/** The filter of the board, as loud as it is strong: it says that it is on and how much it hides. */
export const FilterBar = ({
  filter,
  hidden,
  input,
  onChange,
  onNext,
  onClear,
}: {
  readonly filter: BedFilter;
  readonly hidden: { readonly beds: number; readonly waiting: number };
  readonly input: RefObject<HTMLInputElement | null>;
  readonly onChange: (filter: BedFilter) => void;
  /** Goes to the next bed that is found. */
  readonly onNext: () => void;
  readonly onClear: () => void;
}) => {
  // At once: what is typed next must not reach the keys of the board.
  useLayoutEffect(() => input.current?.focus(), [input]);
  useKeys([
    {
      key: 'Enter',
      label: b('filter.next'),
      whileTyping: true,
      quiet: true,
      when: document.activeElement === input.current,
      run: onNext,
    },
  ]);
  return (
    <search className="filter">
      <Icon name="search" size={16} />
      <b>{b('filter.on')}</b>
      <input
        ref={input}
        value={filter.text}
        placeholder={b('filter.placeholder')}
        aria-label={b('filter.label')}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange({ ...filter, text: event.target.value })}
      />
      {quickFilters.map((quick) => (
        <button
          key={quick}
          type="button"
          className="filter__choice"
          aria-pressed={filter.quick.includes(quick)}
          onClick={() => onChange({ ...filter, quick: toggled(filter.quick, quick) })}
        >
          {b(`filter.${quick}`)}
        </button>
      ))}
      {acuities.map((acuity) => (
        <button
          key={acuity}
          type="button"
          className="filter__choice filter__choice--level"
          aria-pressed={filter.acuities.includes(acuity)}
          aria-label={b('filter.level', { level: acuity })}
          onClick={() => onChange({ ...filter, acuities: toggled(filter.acuities, acuity) })}
        >
          {acuity}
        </button>
      ))}
      <span className="filter__hidden" role="status">
        {b('filter.hidden', { beds: hidden.beds, waiting: hidden.waiting })}
        <span className="filter__always"> · {b('filter.always')}</span>
      </span>
      <button type="button" className="filter__choice" onClick={onClear}>
        {b('filter.clear')} <kbd>Esc</kbd>
      </button>
    </search>
  );
};
