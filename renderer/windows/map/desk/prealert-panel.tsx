import { useState } from 'react';
import type { CommandInput } from '#domain/commands/registry.ts';
import type { Assignment } from '#domain/model/assignment.ts';
import type { Unit } from '#domain/model/unit.ts';
import { Button } from '../../../ui/controls.tsx';
import { Choice, Field } from '../../../ui/field.tsx';
import { useKeys } from '../../../ui/keys.tsx';
import { d } from './strings.ts';

const parts = ['age', 'time', 'mechanism', 'injuries', 'signs', 'treatment'] as const;
type Part = (typeof parts)[number];
type Urgency = NonNullable<Assignment['prealert']>['urgency'];
const urgencies: readonly Urgency[] = ['red', 'amber', 'green'];

/** What the crew says of its patient, in the ATMIST order; a part that nobody said stays unknown. */
export const PrealertPanel = ({
  unit,
  assignment,
  patient,
  onSend,
  onClose,
}: {
  readonly unit: Unit;
  readonly assignment: Assignment;
  /** What the call said, to begin with. */
  readonly patient: string | null;
  readonly onSend: (input: CommandInput<'recordPrealert'>) => void;
  readonly onClose: () => void;
}) => {
  const before = assignment.prealert;
  const [urgency, setUrgency] = useState<Urgency | null>(before?.urgency ?? null);
  const [texts, setTexts] = useState<Readonly<Record<Part, string>>>({
    age: before?.age ?? '',
    time: before?.time ?? '',
    mechanism: before ? (before.mechanism ?? '') : (patient ?? ''),
    injuries: before?.injuries ?? '',
    signs: before?.signs ?? '',
    treatment: before?.treatment ?? '',
  });
  const [asked, setAsked] = useState(false);
  const send = (): void => {
    setAsked(true);
    if (urgency === null) return;
    const said = (part: Part): string | null => (texts[part].trim() === '' ? null : texts[part].trim());
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
  const digits = urgencies.map((_one, index) => `Alt+${index + 1}`);
  useKeys([
    { key: 'Ctrl+Enter', label: d('recordPrealert'), run: send, whileTyping: true },
    {
      key: digits,
      label: d('urgency'),
      run: (pressed) => setUrgency(urgencies[Number(pressed.at(-1)) - 1] ?? null),
      whileTyping: true,
    },
    { key: 'Escape', label: d('keyBack'), run: onClose },
  ]);
  return (
    <>
      <div className="panel__head map-head--line">
        <h2>{d('prealertOf', { callsign: unit.callsign })}</h2>
        <span className="meta">ATMIST</span>
      </div>
      <div className="section map-form">
        <Choice
          label={`${d('urgency')} · Alt+1–3`}
          options={urgencies.map((value) => ({ value, label: d(`urgency_${value}`) }))}
          value={urgency}
          onChange={setUrgency}
        />
        {asked && urgency === null ? <div className="field__said field__said--bad">{d('needUrgency')}</div> : null}
        {parts.map((part, index) => (
          <Field
            key={part}
            label={d(`atmist_${part}`)}
            text={texts[part]}
            autoFocus={index === 0}
            onChange={(text) => setTexts((all) => ({ ...all, [part]: text.slice(0, 200) }))}
          />
        ))}
        <div className="row">
          <Button main touch keyName="Ctrl+Enter" onPress={send}>
            {d('recordPrealert')}
          </Button>
          <Button touch keyName="Escape" onPress={onClose}>
            {d('leave')}
          </Button>
        </div>
      </div>
    </>
  );
};
