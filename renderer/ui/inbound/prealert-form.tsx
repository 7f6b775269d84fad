import { type ReactNode, useState } from 'react';
import type { CommandInput } from '#domain/commands/registry.ts';
import type { Assignment } from '#domain/model/assignment.ts';
import type { Unit } from '#domain/model/unit.ts';
import { Choice, Field } from '../field.tsx';
import { useKeys } from '../keys.tsx';
import './inbound.css';
import { i } from './strings.ts';

type Said = CommandInput<'recordPrealert'>;
const parts = ['age', 'time', 'mechanism', 'injuries', 'signs', 'treatment'] as const;
type Part = (typeof parts)[number];
const urgencies = ['red', 'amber', 'green'] as const;
const longest = 200;

/**
 * What a crew says before it arrives, in the ATMIST order, typed as it is heard: Alt with 1, 2, 3 for the urgency, Ctrl and Enter to
 * keep it. A part that nobody said stays unknown.
 */
export const PrealertForm = ({
  unit,
  prealert,
  patient = null,
  foot,
  onSend,
}: {
  readonly unit: Unit;
  /** What was said before; null when nothing was. */
  readonly prealert: Assignment['prealert'];
  /** What the call said of the patient, to begin with. */
  readonly patient?: string | null;
  /** The buttons, given what sends the form. */
  readonly foot: (send: () => void) => ReactNode;
  readonly onSend: (said: Said) => void;
}) => {
  const [urgency, setUrgency] = useState<Said['urgency'] | null>(prealert?.urgency ?? null);
  const [texts, setTexts] = useState<Readonly<Record<Part, string>>>({
    age: prealert?.age ?? '',
    time: prealert?.time ?? '',
    mechanism: prealert ? (prealert.mechanism ?? '') : (patient ?? ''),
    injuries: prealert?.injuries ?? '',
    signs: prealert?.signs ?? '',
    treatment: prealert?.treatment ?? '',
  });
  const [isAsked, setIsAsked] = useState(false);
  const said = (part: Part): string | null => texts[part].trim().slice(0, longest) || null;
  const send = (): void => {
    setIsAsked(true);
    if (urgency === null) return;
    onSend({
      unitId: unit.id,
      urgency,
      age: said('age'),
      time: said('time'),
      mechanism: said('mechanism'),
      injuries: said('injuries'),
      signs: said('signs'),
      treatment: said('treatment'),
    });
  };
  useKeys([
    {
      key: urgencies.map((_, index) => `Alt+${index + 1}`),
      label: i('urgency'),
      whileTyping: true,
      run: (pressed) => setUrgency(urgencies[Number(pressed.at(-1)) - 1] ?? null),
    },
    { key: 'Ctrl+Enter', label: i('save'), run: send, whileTyping: true },
  ]);
  return (
    <>
      <Choice
        label={`${i('urgency')} · Alt+1–${urgencies.length}`}
        value={urgency}
        options={urgencies.map((value) => ({ value, label: i(`choose_${value}`) }))}
        onChange={setUrgency}
      />
      {isAsked && urgency === null ? <div className="field__said field__said--bad">{i('saveNeeds')}</div> : null}
      <div className="prealert-fields">
        {parts.map((part, index) => (
          <Field
            key={part}
            label={i(part)}
            text={texts[part]}
            autoFocus={index === 0}
            onChange={(text) => setTexts((before) => ({ ...before, [part]: text.slice(0, longest) }))}
          />
        ))}
      </div>
      {foot(send)}
    </>
  );
};
