import { type ReactNode, useState } from 'react';
import { awaitedThings, type Encounter, type EncounterFlag, encounterFlags, isolationKinds } from '#domain/model/encounter.ts';
import { Chip } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/controls.tsx';
import { Choice, Field } from '../../../ui/field.tsx';
import { useUndoable } from '../../../ui/gesture.ts';
import { useKeys } from '../../../ui/keys.tsx';
import { p } from './strings.ts';

type Care = Pick<Encounter, 'nextStep' | 'waitingFor' | 'flags' | 'flagNotes' | 'isolation' | 'nurse' | 'doctor' | 'ventilated'>;
type Isolation = 'none' | (typeof isolationKinds)[number];

const careOf = ({ nextStep, waitingFor, flags, flagNotes, isolation, nurse, doctor, ventilated }: Encounter): Care => ({
  nextStep,
  waitingFor,
  flags,
  flagNotes,
  isolation,
  nurse,
  doctor,
  ventilated,
});
const ventilations = { unsaid: null, no: false, yes: true } as const;
type Ventilation = keyof typeof ventilations;
const ventilationOf = (ventilated: boolean | null): Ventilation => (ventilated === null ? 'unsaid' : ventilated ? 'yes' : 'no');
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
/** What a person changed of what stood when the form was opened; a field that is the same is not sent, so that a later one of a colleague stands. */
const changed = (before: Care, after: Care): Partial<Care> =>
  Object.fromEntries(
    Object.entries(after).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field as keyof Care])),
  );

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);

/** What is agreed on the care of a patient, as it stands. */
export const CareView = ({ encounter }: { readonly encounter: Encounter }) => {
  const { nextStep, waitingFor, nurse, doctor, isolation, flags, flagNotes, ventilated } = encounter;
  const noteOf = (flag: EncounterFlag): string | undefined => flagNotes.find((one) => one.flag === flag)?.text;
  return (
    <>
      <div className="panel__head">
        <h3>{p('care')}</h3>
      </div>
      <dl className="facts">
        <Fact name={p('nextStep')}>
          <b>{nextStep ?? '–'}</b>
        </Fact>
        <Fact name={p('waitsFor')}>{waitingFor.length === 0 ? '–' : waitingFor.map((thing) => p(thing)).join(', ')}</Fact>
        <Fact name={p('nurse')}>{nurse ?? '–'}</Fact>
        <Fact name={p('doctor')}>{doctor ?? '–'}</Fact>
        <Fact name={p('isolation')}>
          {isolation === null ? p('isolation_none') : <Chip tone="strong" text={p(`isolation_${isolation}`)} />}
        </Fact>
        <Fact name={p('ventilated')}>{ventilated === null ? '–' : p(`ventilated_${ventilationOf(ventilated)}`)}</Fact>
        <Fact name={p('flags')}>
          {flags.length === 0
            ? '–'
            : flags.map((flag) => [p(`flag_${flag}`), noteOf(flag)].filter(Boolean).join(': ')).join(' · ')}
        </Fact>
      </dl>
    </>
  );
};

const Toggles = <V extends string>({
  label,
  all,
  chosen,
  textOf,
  onChange,
}: {
  readonly label: string;
  readonly all: readonly V[];
  readonly chosen: readonly V[];
  readonly textOf: (value: V) => string;
  readonly onChange: (chosen: V[]) => void;
}) => (
  <fieldset className="choice choice--wrap">
    <legend>{label}</legend>
    {all.map((value) => (
      <label key={value} className={chosen.includes(value) ? 'choice__one is-chosen' : 'choice__one'}>
        <input
          type="checkbox"
          checked={chosen.includes(value)}
          onChange={() => onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value])}
        />
        {textOf(value)}
      </label>
    ))}
  </fieldset>
);

/** Changes what is agreed on the care of a patient; only what was changed is sent, and can be taken back. */
export const CareForm = ({
  encounter,
  name,
  onDone,
}: {
  readonly encounter: Encounter;
  readonly name: string;
  readonly onDone: () => void;
}) => {
  const undoable = useUndoable(p('undone'));
  const [before] = useState(() => careOf(encounter));
  const [care, setCare] = useState(before);
  const set = (part: Partial<Care>): void => setCare((old) => ({ ...old, ...part }));
  const changes = changed(before, care);
  const any = Object.keys(changes).length > 0;
  const save = (): void => {
    if (!any) {
      onDone();
      return;
    }
    const { id: encounterId } = encounter;
    void undoable('updateCare', { encounterId, ...changes }, p('didCare', { name })).then(
      (answer) => answer.status === 'saved' && onDone(),
    );
  };
  useKeys([{ key: 'Ctrl+s', label: p('save'), whileTyping: true, run: save }]);
  const noteOf = (flag: EncounterFlag): string => care.flagNotes.find((one) => one.flag === flag)?.text ?? '';
  const setNote = (flag: EncounterFlag, text: string): void => {
    const others = care.flagNotes.filter((one) => one.flag !== flag);
    set({ flagNotes: text === '' ? others : [...others, { flag, text }] });
  };
  return (
    <div className="record__form">
      <Field
        label={p('nextStep')}
        text={care.nextStep ?? ''}
        onChange={(text) => set({ nextStep: orNull(text) === null ? null : text })}
        autoFocus
      />
      <Toggles
        label={p('waitsFor')}
        all={awaitedThings}
        chosen={care.waitingFor}
        textOf={(thing) => p(thing)}
        onChange={(waitingFor) => set({ waitingFor })}
      />
      <Field
        label={p('nurse')}
        text={care.nurse ?? ''}
        onChange={(text) => set({ nurse: orNull(text) === null ? null : text })}
      />
      <Field
        label={p('doctor')}
        text={care.doctor ?? ''}
        onChange={(text) => set({ doctor: orNull(text) === null ? null : text })}
      />
      <Choice<Isolation>
        label={p('isolation')}
        value={care.isolation ?? 'none'}
        options={(['none', ...isolationKinds] as const).map((value) => ({ value, label: p(`isolation_${value}`) }))}
        onChange={(value) => set({ isolation: value === 'none' ? null : value })}
      />
      <Choice<Ventilation>
        label={p('ventilated')}
        value={ventilationOf(care.ventilated)}
        options={(['unsaid', 'no', 'yes'] as const).map((value) => ({ value, label: p(`ventilated_${value}`) }))}
        onChange={(value) => set({ ventilated: ventilations[value] })}
      />
      <Toggles
        label={p('flags')}
        all={encounterFlags.filter((flag) => flag !== 'ISO')}
        chosen={care.flags}
        textOf={(flag) => p(`flag_${flag}`)}
        onChange={(flags) => set({ flags, flagNotes: care.flagNotes.filter(({ flag }) => flags.includes(flag)) })}
      />
      {care.flags.map((flag) => (
        <Field
          key={flag}
          label={p('flagNote', { flag: p(`flag_${flag}`) })}
          text={noteOf(flag)}
          onChange={(text) => setNote(flag, text)}
        />
      ))}
      <div className="row section__do">
        <Button touch main keyName="Ctrl+s" onPress={save}>
          {p('save')}
        </Button>
        <Button touch onPress={onDone}>
          {p('cancel')}
        </Button>
      </div>
    </div>
  );
};
