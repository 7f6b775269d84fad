import { useState } from 'react';
import type { CommandInput } from '#domain/commands/registry.ts';
import type { Assignment } from '#domain/model/assignment.ts';
import type { Unit } from '#domain/model/unit.ts';
import { Button, Dialog } from '../controls.tsx';
import { Choice, Field } from '../field.tsx';
import { useKeys } from '../keys.tsx';
import { i } from './strings.ts';

type Said = CommandInput<'recordPrealert'>;
const fields = ['age', 'time', 'mechanism', 'injuries', 'signs', 'treatment'] as const;
const urgencies = ['red', 'amber', 'green'] as const;

/** What a crew says before it arrives, typed as it is heard: Alt with 1, 2, 3 for the urgency, Ctrl and Enter to keep it. */
export const PrealertDialog = ({
  unit,
  prealert,
  onSave,
  onClose,
}: {
  readonly unit: Unit;
  /** What was said before; null when nothing was. */
  readonly prealert: Assignment['prealert'];
  readonly onSave: (said: Said) => void;
  readonly onClose: () => void;
}) => {
  const [urgency, setUrgency] = useState<Said['urgency'] | null>(prealert?.urgency ?? null);
  const [texts, setTexts] = useState<Readonly<Record<(typeof fields)[number], string>>>({
    age: prealert?.age ?? '',
    time: prealert?.time ?? '',
    mechanism: prealert?.mechanism ?? '',
    injuries: prealert?.injuries ?? '',
    signs: prealert?.signs ?? '',
    treatment: prealert?.treatment ?? '',
  });
  const textOf = (field: (typeof fields)[number]): string | null => texts[field].trim().slice(0, 200) || null;
  const save = (): void => {
    if (urgency === null) return;
    onSave({
      unitId: unit.id,
      urgency,
      age: textOf('age'),
      time: textOf('time'),
      mechanism: textOf('mechanism'),
      injuries: textOf('injuries'),
      signs: textOf('signs'),
      treatment: textOf('treatment'),
    });
  };
  useKeys([
    {
      key: urgencies.map((_, index) => `Alt+${index + 1}`),
      label: i('urgency'),
      whileTyping: true,
      run: (key) => setUrgency(urgencies[Number(key) - 1] ?? null),
    },
    { key: 'Ctrl+Enter', label: i('save'), when: urgency !== null, run: save },
  ]);
  return (
    <Dialog title={i('prealertOf', { callsign: unit.callsign })} onClose={onClose}>
      <Choice
        label={i('urgency')}
        value={urgency}
        options={urgencies.map((value, index) => ({ value, label: `${i(value)} · Alt ${index + 1}` }))}
        onChange={setUrgency}
      />
      <div className="prealert-fields">
        {fields.map((field, index) => (
          <Field
            key={field}
            label={i(field)}
            text={texts[field]}
            autoFocus={index === 0}
            onChange={(text) => setTexts((before) => ({ ...before, [field]: text }))}
          />
        ))}
      </div>
      <div className="row dialog__note">
        <Button main touch keyName="Ctrl+Enter" disabled={urgency === null} onPress={save}>
          {i('save')}
        </Button>
        {urgency === null ? <span className="notice">{i('saveNeeds')}</span> : null}
      </div>
    </Dialog>
  );
};
