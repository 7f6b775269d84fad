import { type RefObject, useState } from 'react';
import type { Bed } from '#domain/model/bed.ts';
import { Field } from '../../../ui/field.tsx';
import { bedsNamed } from './choose-bed.ts';
import { m } from './strings.ts';
import { placeText, senderText } from './words.ts';

/** Which bed a sender's place is: typed, and mapped by Enter. */
export const MapPlace = ({
  sender,
  location,
  beds,
  field,
  busy,
  onMap,
}: {
  readonly sender: string;
  readonly location: string;
  readonly beds: readonly Bed[];
  readonly field: RefObject<HTMLInputElement | null>;
  readonly busy: boolean;
  readonly onMap: (bed: Bed) => void;
}) => {
  const [typed, setTyped] = useState('');
  const meant = bedsNamed(typed, beds);
  const [bed] = meant;
  const only = meant.length === 1 ? bed : undefined;
  const said =
    typed.trim() === '' || only
      ? undefined
      : meant.length === 0
        ? m('mapNone')
        : m('mapSeveral', {
            labels: meant
              .slice(0, 8)
              .map(({ label }) => label)
              .join(', '),
          });
  return (
    <form
      className="interfaces__map"
      onSubmit={(event) => {
        event.preventDefault();
        if (only && !busy) onMap(only);
      }}
    >
      <Field
        label={m('mapTo', { place: placeText(location), sender: senderText(sender) })}
        text={typed}
        placeholder={m('mapHint')}
        onChange={setTyped}
        inputRef={field}
        {...(said === undefined ? {} : { said, state: meant.length === 0 ? ('bad' as const) : ('plain' as const) })}
      />
      <button type="submit" className="btn btn--main btn--touch" disabled={!only || busy}>
        {only ? m('map', { bed: only.label }) : m('mapAny')}
        <kbd>Enter</kbd>
      </button>
    </form>
  );
};
