import { useState } from 'react';
import type { CommandInput } from '#domain/commands/registry.ts';
import type { IncidentPriority } from '#domain/model/incident.ts';
import type { Position } from '#domain/model/values.ts';
import { Button } from '../../ui/controls.tsx';
import { Choice, Field } from '../../ui/field.tsx';
import { useKeys } from '../../ui/keys.tsx';
import { m } from './strings.ts';

const priorities = ['1', '2', '3', '4'] as const;

/** A call taken in place, beside the map that gives it its point. */
export const NewIncident = ({
  clicked,
  centre,
  onCreate,
  onClose,
}: {
  /** Where the person clicked; null takes the centre of the view. */
  readonly clicked: Position | null;
  readonly centre: () => Position | null;
  readonly onCreate: (input: CommandInput<'createIncident'>) => void;
  readonly onClose: () => void;
}) => {
  const [category, setCategory] = useState('');
  const [address, setAddress] = useState('');
  const [summary, setSummary] = useState('');
  const [priority, setPriority] = useState<(typeof priorities)[number]>('3');
  const [asked, setAsked] = useState(false);
  const create = (): void => {
    setAsked(true);
    const position = clicked ?? centre();
    if (category.trim() === '' || address.trim() === '' || !position) return;
    onCreate({
      category: category.trim(),
      determinant: null,
      priority: Number(priority) as IncidentPriority,
      address: address.trim(),
      position: [position[0], position[1]],
      patientSummary: summary.trim() === '' ? null : summary.trim(),
    });
  };
  useKeys([
    { key: 'Enter', label: m('create'), run: create, whileTyping: true },
    { key: 'Escape', label: m('keyBack'), run: onClose },
  ]);
  const missing = (text: string) => (asked && text.trim() === '' ? ({ state: 'bad', said: m('needCategory') } as const) : {});
  return (
    <>
      <div className="panel__head map-head">
        <h2 className="num">{m('newIncident')}</h2>
      </div>
      <div className="section map-form">
        <Field label={m('category')} text={category} onChange={setCategory} autoFocus {...missing(category)} />
        <Choice
          label={m('priority')}
          options={priorities.map((value) => ({ value, label: value }))}
          value={priority}
          onChange={setPriority}
        />
        <Field label={m('address')} text={address} onChange={setAddress} {...missing(address)} />
        <Field label={m('summary')} text={summary} onChange={setSummary} />
        <div>
          <div className="cap">{m('place')}</div>
          <div>
            {clicked
              ? m('placeClicked', { longitude: clicked[0].toFixed(5), latitude: clicked[1].toFixed(5) })
              : m('placeCentre')}
          </div>
        </div>
        <div className="row">
          <Button main touch keyName="Enter" onPress={create}>
            {m('create')}
          </Button>
          <Button touch keyName="Escape" onPress={onClose}>
            {m('cancel')}
          </Button>
        </div>
      </div>
    </>
  );
};
