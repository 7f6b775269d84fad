import type { ReactNode } from 'react';

export type LookupOption = { readonly id: string; readonly line: ReactNode; readonly detail: ReactNode };

/** What a line may mean, under its field; arrows move, Enter takes. */
export const LookupList = ({
  id,
  label,
  options,
  active,
  onTake,
}: {
  readonly id: string;
  readonly label: string;
  readonly options: readonly LookupOption[];
  readonly active: number;
  readonly onTake: (index: number) => void;
}) => (
  <div id={id} role="listbox" aria-label={label} className="map-lookup">
    {options.map((option, index) => (
      <div
        key={option.id}
        id={`${id}-${index}`}
        role="option"
        tabIndex={-1}
        aria-selected={index === active}
        className={index === active ? 'map-lookup__one is-active' : 'map-lookup__one'}
        // Before the field loses the focus.
        onPointerDown={(event) => {
          event.preventDefault();
          onTake(index);
        }}
      >
        <span>{option.line}</span>
        <span className="meta">{option.detail}</span>
      </div>
    ))}
  </div>
);
