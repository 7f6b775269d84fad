import { type FormEvent, useState } from 'react';
import { Button } from '../controls.tsx';
import { words } from './strings.ts';

export const reasonKeys = ['1', '2', '3', '4'] as const;
export const reasonText = (key: (typeof reasonKeys)[number]): string => words(`reason.${key}`);

/** Why what stands stays: four usual reasons, a key each, or a person's own words. */
export const Reasons = ({ onReason, onBack }: { readonly onReason: (reason: string) => void; readonly onBack: () => void }) => {
  const [own, setOwn] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (own.trim() !== '') onReason(own.trim());
  };
  return (
    <section className="reasons" aria-label={words('reason')}>
      <h4 className="cap">
        {words('reason')} · {words('reasonNote')}
      </h4>
      <div className="row reasons__usual">
        {reasonKeys.map((key) => (
          <Button key={key} touch keyName={key} onPress={() => onReason(reasonText(key))}>
            {reasonText(key)}
          </Button>
        ))}
      </div>
      <form className="row" onSubmit={submit}>
        <input
          className="reasons__own"
          aria-label={words('ownReason')}
          placeholder={words('ownReason')}
          maxLength={500}
          value={own}
          onChange={(event) => setOwn(event.target.value)}
        />
        <button type="submit" className="btn btn--main btn--touch" disabled={own.trim() === ''}>
          {words('confirm')}
          <kbd>↵</kbd>
        </button>
        <Button touch keyName="Escape" onPress={onBack}>
          {words('back')}
        </Button>
      </form>
    </section>
  );
};
