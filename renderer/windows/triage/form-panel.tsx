import type { ReactNode } from 'react';
import type { Acuity, Encounter } from '#domain/model/encounter.ts';
import type { Facility } from '#domain/model/facility.ts';
import { consciousnessLevels } from '#domain/model/triage-assessment.ts';
import type { Id } from '#domain/model/values.ts';
import { news2Applicability } from '#domain/rules/news2.ts';
import { AcuityBadge } from '../../ui/badge.tsx';
import { Button, Panel } from '../../ui/controls.tsx';
import { Choice, Field } from '../../ui/field.tsx';
import { type FieldProblem, type NumberField, numberFields, type ReadForm, type TriageForm } from './form.ts';
import { NewsPanel } from './news-panel.tsx';
import { w } from './strings.ts';

export const acuities: readonly Acuity[] = [1, 2, 3, 4, 5];

const saidOf = (problem: FieldProblem | undefined): { state: 'bad'; said: string } | undefined => {
  if (!problem) return undefined;
  if (problem.code === 'missing') return { state: 'bad', said: w('missing') };
  if (problem.code === 'notANumber' || !problem.range) return { state: 'bad', said: w('notANumber') };
  return { state: 'bad', said: w('outOfRange', { least: problem.range[0], most: problem.range[1] }) };
};

/** Why the form cannot be saved as it stands; null when it can. A level is needed unless a new patient is only registered. */
export const obstacleTo = (form: TriageForm, { problems }: ReadForm): string | null => {
  const marked = Object.keys(problems).filter((name) => name !== 'complaint').length;
  if (marked > 0) return w('needFix', { count: marked });
  if (problems.complaint) return w('needComplaint');
  return form.encounterId !== null && form.acuity === null ? w('needLevel') : null;
};

/** One page: who, why, what was measured, what NEWS2 says, and the level that a person decides. */
export const FormPanel = ({
  form,
  read,
  title,
  kept,
  facility,
  encounter,
  crews,
  journey,
  onChange,
  onSave,
  onKeep,
  onDiscard,
}: {
  readonly form: TriageForm;
  readonly read: ReadForm;
  readonly title: string;
  /** What became of the draft: kept when, or why not. */
  readonly kept: string | null;
  readonly facility: Facility | null;
  readonly encounter: Encounter | null;
  /** Crews that may have brought a new patient. */
  readonly crews: readonly { readonly incidentId: Id; readonly callsign: string }[];
  /** The line from the call to the bed; null for one who walked in. */
  readonly journey: ReactNode;
  readonly onChange: (change: Partial<TriageForm>) => void;
  readonly onSave: () => void;
  readonly onKeep: () => void;
  readonly onDiscard: () => void;
}) => {
  const obstacle = obstacleTo(form, read);
  const isNew = form.encounterId === null;
  // The chart's ranges are an adult's; a child's or a pregnant woman's are not judged by them.
  const pregnant = encounter?.flags.includes('PREG') ?? false;
  const isAdult = news2Applicability({ ageYears: read.age, pregnant }) === 'applies';
  const number = (name: NumberField) => {
    const { unit } = numberFields[name];
    const normal = isAdult ? numberFields[name].normal : null;
    const value = read.vitals[name];
    const unusual = normal !== null && value !== null && (value < normal[0] || value > normal[1]);
    return (
      <Field
        key={name}
        kind="number"
        label={w(name)}
        text={form[name]}
        unit={unit}
        {...(form[name] === '' ? { range: w('notMeasured') } : normal ? { range: `${normal[0]}–${normal[1]}` } : {})}
        {...(saidOf(read.problems[name]) ?? (unusual ? { state: 'warn' as const } : {}))}
        onChange={(text) => onChange({ [name]: text })}
      />
    );
  };
  const systolic = read.vitals.systolic;
  return (
    <Panel title={title} meta={kept}>
      {journey === null ? null : <div className="section t2">{journey}</div>}
      {isNew ? (
        <div className="triage__fields section">
          <Field
            label={w('family')}
            text={form.family}
            placeholder={w('unnamed')}
            autoFocus
            onChange={(family) => onChange({ family })}
          />
          <Field label={w('given')} text={form.given} onChange={(given) => onChange({ given })} />
          <Field
            label={w('ageYears')}
            kind="number"
            unit={w('years')}
            text={form.age}
            {...saidOf(read.problems.age)}
            onChange={(age) => onChange({ age })}
          />
          <Field label={w('waitsWhere')} text={form.place} onChange={(place) => onChange({ place })} />
          <Choice
            label={w('sex')}
            value={form.sex}
            options={[
              { value: 'female', label: w('female') },
              { value: 'male', label: w('male') },
              { value: 'other', label: w('other') },
              { value: 'unknown', label: w('sexUnknown') },
            ]}
            onChange={(sex) => onChange({ sex })}
          />
          <Choice
            label={w('arrival')}
            value={form.arrivalMode}
            options={[
              { value: 'walkIn', label: w('walkIn') },
              { value: 'ambulance', label: w('ambulance') },
            ]}
            onChange={(arrivalMode) => onChange({ arrivalMode })}
          />
          <label className="triage__check">
            <input
              type="checkbox"
              checked={form.ageEstimated}
              onChange={(event) => onChange({ ageEstimated: event.target.checked })}
            />
            {w('ageEstimated')}
          </label>
          {form.arrivalMode === 'ambulance' && crews.length > 0 ? (
            <div className="triage__whole">
              <Choice
                label={w('broughtBy')}
                value={form.incidentId ?? ''}
                options={[
                  ...crews.map(({ incidentId, callsign }) => ({ value: incidentId, label: callsign })),
                  { value: '', label: w('broughtByOther') },
                ]}
                onChange={(incidentId) => onChange({ incidentId: incidentId === '' ? null : incidentId })}
              />
            </div>
          ) : null}
        </div>
      ) : null}
      <div className="triage__fields section">
        <div className="triage__wide">
          <Field
            label={w('complaint')}
            text={form.complaint}
            autoFocus={!isNew}
            {...(read.problems.complaint && form.complaint !== '' ? saidOf(read.problems.complaint) : {})}
            onChange={(complaint) => onChange({ complaint })}
          />
        </div>
        <div className="triage__wide">
          <Field
            label={w('allergies')}
            text={form.allergies}
            placeholder={w('allergiesHint')}
            onChange={(allergies) => onChange({ allergies })}
          />
        </div>
        {number('respiratoryRate')}
        {number('spo2')}
        {number('heartRate')}
        <Field
          kind="number"
          label={w('pressure')}
          text={form.pressure}
          unit="mmHg"
          {...(form.pressure === '' ? { range: w('notMeasured') } : isAdult ? { range: '111–219' } : {})}
          {...(saidOf(read.problems.pressure) ??
            (isAdult && systolic !== null && (systolic < 111 || systolic > 219) ? { state: 'warn' as const } : {}))}
          onChange={(pressure) => onChange({ pressure })}
        />
        {number('temperature')}
        {number('pain')}
        {number('glucose')}
        <Choice
          label={w('scale')}
          value={String(form.spo2Scale) as '1' | '2'}
          options={[
            { value: '1', label: w('scaleOne') },
            { value: '2', label: w('scaleTwo') },
          ]}
          onChange={(scale) => onChange({ spo2Scale: scale === '2' ? 2 : 1 })}
        />
        <Choice
          label={w('oxygen')}
          value={form.oxygen}
          options={[
            { value: 'air', label: w('air') },
            { value: 'oxygen', label: w('onOxygen') },
          ]}
          onChange={(oxygen) => onChange({ oxygen })}
        />
        <Choice
          label={w('consciousness')}
          value={form.consciousness}
          options={consciousnessLevels.map((level) => ({ value: level, label: level }))}
          onChange={(consciousness) => onChange({ consciousness })}
        />
        <div className="triage__wide">
          <Field label={w('note')} text={form.note} onChange={(note) => onChange({ note })} />
        </div>
      </div>
      <NewsPanel vitals={read.vitals} spo2Scale={form.spo2Scale} ageYears={read.age} pregnant={pregnant} />
      <div className="section">
        <div className="row triage__news">
          <h3>{w('decide')}</h3>
          <span className="meta">{w('decideWhy')}</span>
        </div>
        <div className="row triage__levels">
          {acuities.map((acuity) => (
            <button
              key={acuity}
              type="button"
              aria-pressed={form.acuity === acuity}
              className={form.acuity === acuity ? 'triage__level is-chosen' : 'triage__level'}
              onClick={() => onChange({ acuity })}
            >
              <AcuityBadge acuity={acuity} />
              <span className="meta">
                {facility ? w('levelTarget', { minutes: facility.triageTargetMinutes[acuity - 1] ?? '–' }) : ''}
              </span>
              <kbd>{acuity}</kbd>
            </button>
          ))}
        </div>
      </div>
      <div className="section row triage__actions">
        <Button main touch keyName="Ctrl+Enter" disabled={obstacle !== null} onPress={onSave}>
          {isNew ? w(form.acuity === null ? 'register' : 'saveNew') : w('save')}
        </Button>
        <span className="notice">{obstacle}</span>
        <span className="grow" />
        <Button touch onPress={onDiscard}>
          {w('discard')}
        </Button>
        <Button touch keyName="Escape" onPress={onKeep}>
          {w('keep')}
        </Button>
      </div>
    </Panel>
  );
};
