import { useRef, useState } from 'react';
import type { Call } from '#domain/model/call.ts';
import type { DispatchSettings } from '#domain/model/dispatch-settings.ts';
import type { Incident, IncidentPriority } from '#domain/model/incident.ts';
import type { Id, Position } from '#domain/model/values.ts';
import { prioritiesOf, priorityLabel } from '#domain/rules/dispatch-defaults.ts';
import { possibleDuplicates } from '#domain/rules/duplicates.ts';
import { Button } from '../../../ui/controls.tsx';
import { Choice, Field } from '../../../ui/field.tsx';
import { useKeys } from '../../../ui/keys.tsx';
import { clockText } from '../../../ui/time.ts';
import { distanceText } from '../straight-line.ts';
import { type CallForm, categoriesFor, categoryNamed, laterLocation, missingIn, priorityOf } from './call-form.ts';
import { CallWhere } from './call-where.tsx';
import { DuplicateList } from './duplicate-list.tsx';
import { LookupList } from './lookup-list.tsx';
import { MarkedText } from './marked-text.tsx';
import { useNow } from './now.tsx';
import { d } from './strings.ts';
import { type AddressSearch, useAddressSearch } from './use-address-search.ts';

type Lookup = 'address' | 'category';
/** Categories listed at once: what fits over the fields below. */
const mostCategories = 6;
const mostAddresses = 7;

/** A call taken in place, beside the map that gives it its point. Every key works while a person types. */
export const CallPanel = ({
  form,
  call,
  settings,
  open,
  zone,
  draftLine,
  centre,
  onChange,
  onSend,
  onSame,
  onEnd,
  onClose,
}: {
  readonly form: CallForm;
  /** The call it was opened for, as it stands now. */
  readonly call: Call | undefined;
  readonly settings: DispatchSettings;
  /** Incidents that may be the same. */
  readonly open: readonly Incident[];
  readonly zone: string | null;
  /** What became of the draft. */
  readonly draftLine: string;
  readonly centre: () => Position | null;
  readonly onChange: (part: Partial<CallForm>) => void;
  /** Whole, with the category that its text means; `thenDispatch` goes on to the units. */
  readonly onSend: (form: CallForm, thenDispatch: boolean) => void;
  readonly onSame: (incidentId: Id) => void;
  /** No incident comes of it. */
  readonly onEnd: () => void;
  readonly onClose: () => void;
}) => {
  const { categories, priorityScheme } = settings;
  const [lookup, setLookup] = useState<Lookup | null>(null);
  const [active, setActive] = useState(0);
  const [asked, setAsked] = useState(false);
  const fields = useRef<HTMLDivElement>(null);
  const taken = useRef<string | null>(null);
  const found: AddressSearch = useAddressSearch(
    lookup === 'address' && form.address !== taken.current ? form.address : '',
    centre,
  );
  const matches = found.matches.slice(0, mostAddresses);
  const listed = lookup === 'category' ? categoriesFor(form.category, categories).slice(0, mostCategories) : [];
  const options = lookup === 'address' ? matches.length : listed.length;
  const at = Math.min(active, Math.max(0, options - 1));
  const meant =
    categoryNamed(form.category, categories) ??
    (form.category.trim() === '' ? undefined : categoriesFor(form.category, categories)[0]);
  const resolved: CallForm = meant === undefined ? form : { ...form, category: meant.name };
  const priority = priorityOf(resolved, categories);
  const missing = asked ? missingIn(resolved, categories) : [];
  const now = useNow();
  const same =
    form.place === null
      ? []
      : possibleDuplicates(open, { position: form.place.position, category: meant?.name ?? null }, settings.duplicate, now).slice(
          0,
          3,
        );
  const better = laterLocation(form, call);

  const nextField = (): void => {
    const inputs = [...(fields.current?.querySelectorAll<HTMLInputElement>('input:not([type=radio])') ?? [])];
    const here = inputs.indexOf(document.activeElement as HTMLInputElement);
    inputs[(here + 1) % inputs.length]?.focus();
  };
  const takeAddress = (index: number): void => {
    const match = matches[index];
    if (match) {
      taken.current = match.text;
      onChange({ address: match.text, place: { position: match.position, from: 'search' } });
    }
    nextField();
  };
  const takeCategory = (index: number): void => {
    const category = listed[index];
    if (category && form.category.trim() !== '') onChange({ category: category.name });
    nextField();
  };
  const enter = (): void => (lookup === 'address' ? takeAddress(at) : lookup === 'category' ? takeCategory(at) : nextField());
  const send = (thenDispatch: boolean): void => {
    const lacks = missingIn(resolved, categories);
    const lacksPlaceOnly = lacks.length === 1 && lacks[0] === 'place';
    const first = matches[0];
    const middle = centre();
    // What stands first in the list is what an address means that nobody chose; asked for once more, it is the middle of the view,
    // which the form has said before.
    const place: CallForm['place'] =
      first && lookup === 'address'
        ? { position: first.position, from: 'search' }
        : asked && middle
          ? { position: middle, from: 'centre' }
          : null;
    setAsked(true);
    if (lacks.length === 0) onSend(resolved, thenDispatch);
    else if (lacksPlaceOnly && place) onSend({ ...resolved, place }, thenDispatch);
  };
  const choose = (pressed: string): void => {
    const value = Number(pressed.at(-1)) as IncidentPriority;
    if (prioritiesOf(priorityScheme).includes(value)) onChange({ priority: value });
  };
  const digits = prioritiesOf(priorityScheme).map(String);
  useKeys([
    { key: 'Ctrl+Enter', label: d('create'), run: () => send(false), whileTyping: true },
    { key: 'Ctrl+Shift+Enter', label: d('createAndSend'), run: () => send(true), whileTyping: true },
    { key: 'Enter', label: d('keyNextField'), run: enter, whileTyping: true },
    {
      key: ['ArrowUp', 'ArrowDown'],
      label: d('keyPick'),
      when: options > 1,
      run: (pressed) => setActive(Math.min(options - 1, Math.max(0, at + (pressed === 'ArrowDown' ? 1 : -1)))),
      whileTyping: true,
      quiet: true,
    },
    { key: digits, label: d('keyPriority'), run: choose },
    { key: digits.map((digit) => `Alt+${digit}`), label: d('keyPriority'), run: choose, whileTyping: true, quiet: true },
    {
      key: same.map((_one, index) => `Ctrl+${index + 1}`),
      label: d('keySame'),
      when: same.length > 0,
      run: (pressed) => {
        const one = same[Number(pressed.at(-1)) - 1];
        if (one) onSame(one.incident.id);
      },
    },
    {
      key: 'Ctrl+l',
      label: d('keyLocation'),
      when: better !== null,
      run: () => better && onChange({ place: { position: better.position, from: 'caller' }, locatedAt: call?.locatedAt ?? null }),
    },
    { key: 'Ctrl+e', label: d('keyEndCall'), run: onEnd, quiet: true },
    { key: 'Escape', label: d('keyBack'), run: onClose },
  ]);
  const bad = (what: (typeof missing)[number], said: string) => (missing.includes(what) ? ({ state: 'bad', said } as const) : {});
  const focused = (which: Lookup | null) => () => {
    setLookup(which);
    setActive(0);
  };
  return (
    <>
      <div className="panel__head map-head">
        <h2 className="num">{d(call ? 'callOf' : 'newIncident', { phone: call?.phone ?? d('withheld') })}</h2>
        <span className="meta">{draftLine}</span>
      </div>
      <div className="section map-form" ref={fields}>
        <div>
          <Field
            onFocus={focused('address')}
            onBlur={focused(null)}
            label={d('address')}
            text={form.address}
            autoFocus
            placeholder={d('addressExample')}
            list={{ id: 'call-address', open: matches.length > 0, active: `call-address-${at}` }}
            onChange={(address) => {
              setActive(0);
              onChange({ address, ...(form.place?.from === 'search' ? { place: null } : {}) });
            }}
            {...bad('address', d('needAddress'))}
          />
          {lookup === 'address' && matches.length > 0 ? (
            <LookupList
              id="call-address"
              label={d('address')}
              active={at}
              onTake={takeAddress}
              options={matches.map((match) => ({
                id: `${match.kind} ${match.text} ${match.position.join(' ')}`,
                line: <MarkedText text={match.text} marks={match.marks} />,
                detail: [d(`kind_${match.kind}`), ...match.notes.map((note) => d(`note_${note}`))].join(' · '),
              }))}
            />
          ) : null}
        </div>
        <CallWhere
          form={form}
          call={call}
          problem={found.problem}
          missing={missing.includes('place')}
          better={better}
          zone={zone}
        />
        <div>
          <Field
            onFocus={focused('category')}
            onBlur={focused(null)}
            label={d('category')}
            text={form.category}
            placeholder={d('categoryExample')}
            list={{ id: 'call-category', open: listed.length > 0, active: `call-category-${at}` }}
            onChange={(category) => {
              setActive(0);
              onChange({ category });
            }}
            {...bad('category', d('needCategory'))}
          />
          {lookup === 'category' && listed.length > 0 ? (
            <LookupList
              id="call-category"
              label={d('category')}
              active={at}
              onTake={takeCategory}
              options={listed.map(({ code, name, priority: suggested }) => ({
                id: code,
                line: name,
                detail: `${code} · ${priorityLabel(priorityScheme, suggested)}`,
              }))}
            />
          ) : lookup === 'category' && form.category.trim() !== '' ? (
            <div className="meta">{d('ownCategory')}</div>
          ) : null}
        </div>
        <Choice
          label={`${d('priority')} · ${form.priority === null && priority !== null ? d('suggested') : 'Alt+1–5'}`}
          options={prioritiesOf(priorityScheme).map((value) => ({
            value: String(value),
            label: priorityLabel(priorityScheme, value),
          }))}
          value={priority === null ? null : String(priority)}
          onChange={choose}
        />
        {missing.includes('priority') ? <div className="field__said field__said--bad">{d('needPriority')}</div> : null}
        <DuplicateList duplicates={same} zone={zone} distance={distanceText} onSame={onSame} />
        <Field label={d('callerPhone')} text={form.callerPhone} onChange={(callerPhone) => onChange({ callerPhone })} />
        <Field label={d('callerName')} text={form.callerName} onChange={(callerName) => onChange({ callerName })} />
        <Field label={d('patient')} text={form.patient} onChange={(patient) => onChange({ patient })} />
        <Field label={d('note')} text={form.note} onChange={(note) => onChange({ note })} />
        <div className="row map-form__do">
          <Button main touch keyName="Ctrl+Enter" onPress={() => send(false)}>
            {d('create')}
          </Button>
          <Button touch keyName="Ctrl+Shift+Enter" onPress={() => send(true)}>
            {d('createAndSend')}
          </Button>
        </div>
        <div className="row map-form__do">
          <Button keyName="Ctrl+e" onPress={onEnd}>
            {d(call ? 'endCall' : 'discard')}
          </Button>
          <Button keyName="Escape" onPress={onClose}>
            {d('leaveDraft')}
          </Button>
        </div>
        {form.openedAt > 0 ? <div className="meta">{d('openedAt', { time: clockText(form.openedAt, zone, true) })}</div> : null}
      </div>
    </>
  );
};
