import { useState } from 'react';
import type { CommandInput } from '#domain/commands/registry.ts';
import type { IncidentPriority } from '#domain/model/incident.ts';
import type { Unit } from '#domain/model/unit.ts';
import type { Id, Position } from '#domain/model/values.ts';
import { prioritiesOf, priorityLabel } from '#domain/rules/dispatch-defaults.ts';
import { Choice, Field } from '../../../ui/field.tsx';
import { useKeys } from '../../../ui/keys.tsx';
import type { IncidentRow } from '../situation.ts';
import { categoriesFor, categoryNamed } from './call-form.ts';
import { LookupList } from './lookup-list.tsx';
import { MarkedText } from './marked-text.tsx';
import { PanelFoot } from './panel-foot.tsx';
import { d } from './strings.ts';
import { useAddressSearch } from './use-address-search.ts';

export type Corrected = {
  readonly category: string;
  readonly determinant: string | null;
  readonly priority: IncidentPriority;
  readonly address: string;
  readonly position: Position;
  readonly patientSummary: string | null;
};

/** What `correctIncident` is given: only what differs; null when nothing does. */
export const correctionOf = (before: IncidentRow['incident'], after: Corrected): CommandInput<'correctIncident'> | null => {
  const { category, determinant, priority, address, position, patientSummary } = after;
  const moved = address !== before.address || position.some((degrees, index) => degrees !== before.position[index]);
  const input = {
    ...(category === before.category ? {} : { category, determinant }),
    ...(priority === before.priority ? {} : { priority }),
    ...(moved ? { place: { address, position: [position[0], position[1]] as [number, number] } } : {}),
    ...(patientSummary === before.patientSummary ? {} : { patientSummary }),
  };
  return Object.keys(input).length === 0 ? null : { incidentId: before.id, ...input };
};

/** What was understood of the call, to be corrected in place; the same form splits a second incident off, with crews that go with it. */
export const CorrectPanel = ({
  row,
  clicked,
  split,
  onSave,
  onClose,
}: {
  readonly row: IncidentRow;
  /** A click on the map, the newest. */
  readonly clicked: Position | null;
  readonly split: boolean;
  readonly onSave: (after: Corrected, unitIds: readonly Id[]) => void;
  readonly onClose: () => void;
}) => {
  const { incident, missions, settings } = row;
  const { categories, priorityScheme } = settings;
  const [category, setCategory] = useState(incident.category);
  const [priority, setPriority] = useState(incident.priority);
  const [address, setAddress] = useState(incident.address);
  const [found, setFound] = useState<Position | null>(null);
  const [patient, setPatient] = useState(split ? '' : (incident.patientSummary ?? ''));
  const [going, setGoing] = useState<readonly Id[]>([]);
  const [focus, setFocus] = useState<'address' | 'category' | null>(null);
  const [active, setActive] = useState(0);
  const isTyped = focus === 'address' && address !== incident.address && found === null;
  const { matches } = useAddressSearch(isTyped ? address : '', () => incident.position);
  const listed = focus === 'category' && category !== incident.category ? categoriesFor(category, categories).slice(0, 5) : [];
  const lines = focus === 'address' ? matches.slice(0, 5).length : listed.length;
  const at = Math.min(active, Math.max(0, lines - 1));
  const take = (index: number): void => {
    const match = matches[index];
    if (focus === 'address' && match) {
      setAddress(match.text);
      setFound(match.position);
    }
    const named = listed[index];
    if (focus === 'category' && named) setCategory(named.name);
    setActive(0);
  };
  const meant = categoryNamed(category, categories);
  const whole = category.trim() !== '' && address.trim() !== '';
  const save = (): void => {
    if (!whole) return;
    const named = meant ?? (category === incident.category ? undefined : categoriesFor(category, categories)[0]);
    onSave(
      {
        category: named?.name ?? category.trim(),
        determinant: named?.code ?? (category === incident.category ? incident.determinant : null),
        priority,
        address: address.trim(),
        position: clicked ?? found ?? incident.position,
        patientSummary: patient.trim() === '' ? null : patient.trim(),
      },
      going,
    );
  };
  const toggle = (unitId: Id): void =>
    setGoing((before) => (before.includes(unitId) ? before.filter((id) => id !== unitId) : [...before, unitId]));
  const digits = prioritiesOf(priorityScheme);
  const setTyped = (pressed: string): void => setPriority(Number(pressed.at(-1)) as IncidentPriority);
  useKeys([
    { key: 'Ctrl+Enter', label: d('save'), run: save, whileTyping: true },
    { key: 'Enter', label: d('keyTake'), run: () => (lines > 0 ? take(at) : save()), whileTyping: true },
    {
      key: ['ArrowUp', 'ArrowDown'],
      label: d('keyPick'),
      when: lines > 1,
      run: (pressed) => setActive(Math.min(lines - 1, Math.max(0, at + (pressed === 'ArrowDown' ? 1 : -1)))),
      whileTyping: true,
      quiet: true,
    },
    { key: digits.map((digit) => `Alt+${digit}`), label: d('keyPriority'), run: setTyped, whileTyping: true },
    {
      key: missions.slice(0, 9).map((_mission, index) => `Ctrl+${index + 1}`),
      label: d('keyGoes'),
      when: split && missions.length > 0,
      run: (pressed) => {
        const mission = missions[Number(pressed.at(-1)) - 1];
        if (mission) toggle(mission.unit.id);
      },
    },
    { key: 'Escape', label: d('keyBack'), run: onClose },
  ]);
  const focused = (which: typeof focus) => () => {
    setFocus(which);
    setActive(0);
  };
  return (
    <>
      <div className="panel__head map-head--line">
        <h2>{d(split ? 'splitTitle' : 'correctTitle')}</h2>
        {split ? <span className="meta">{d('splitMeta')}</span> : null}
      </div>
      <div className="section map-form">
        <div>
          <Field
            onFocus={focused('category')}
            onBlur={focused(null)}
            label={d('category')}
            text={category}
            onChange={setCategory}
            autoFocus
            list={{ id: 'correct-category', open: listed.length > 0, active: `correct-category-${at}` }}
          />
          {listed.length > 0 ? (
            <LookupList
              id="correct-category"
              label={d('category')}
              active={at}
              onTake={take}
              options={listed.map(({ code, name, priority: suggested }) => ({
                id: code,
                line: name,
                detail: `${code} · ${priorityLabel(priorityScheme, suggested)}`,
              }))}
            />
          ) : null}
        </div>
        <Choice
          label={`${d('priority')} · Alt+1–${digits.length}`}
          options={digits.map((value) => ({ value: String(value), label: priorityLabel(priorityScheme, value) }))}
          value={String(priority)}
          onChange={setTyped}
        />
        <div>
          <Field
            onFocus={focused('address')}
            onBlur={focused(null)}
            label={d('address')}
            text={address}
            list={{ id: 'correct-address', open: lines > 0 && focus === 'address', active: `correct-address-${at}` }}
            onChange={(text) => {
              setAddress(text);
              setFound(null);
            }}
          />
          {focus === 'address' && matches.length > 0 && isTyped ? (
            <LookupList
              id="correct-address"
              label={d('address')}
              active={at}
              onTake={take}
              options={matches.slice(0, 5).map((match) => ({
                id: `${match.text} ${match.position.join(' ')}`,
                line: <MarkedText text={match.text} marks={match.marks} />,
                detail: d(`kind_${match.kind}`),
              }))}
            />
          ) : null}
          <div className="meta">{d(clicked ? 'from_map' : found ? 'from_search' : 'placeStays')}</div>
        </div>
        <Field label={d('patient')} text={patient} onChange={setPatient} />
        {split && missions.length > 0 ? (
          <div>
            <div className="cap">{d('crewsGo')}</div>
            {missions.slice(0, 9).map(({ unit }: { readonly unit: Unit }, index) => (
              <button
                key={unit.id}
                type="button"
                className={going.includes(unit.id) ? 'chip chip--20 chip--strong map-going' : 'chip chip--20 map-going'}
                aria-pressed={going.includes(unit.id)}
                onClick={() => toggle(unit.id)}
              >
                Ctrl {index + 1} · {unit.callsign}
              </button>
            ))}
          </div>
        ) : null}
        <PanelFoot action={d(split ? 'splitDo' : 'save')} keyName="Ctrl+Enter" disabled={!whole} onDo={save} onLeave={onClose} />
      </div>
    </>
  );
};
