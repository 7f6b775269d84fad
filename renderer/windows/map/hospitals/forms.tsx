import { useState } from 'react';
import type { CommandInput } from '#domain/commands/registry.ts';
import { type BedCategory, bedCategories, emsTrafficStatuses, type Hospital } from '#domain/model/hospital.ts';
import type { Instant } from '#domain/model/values.ts';
import { Button } from '../../../ui/controls.tsx';
import { Choice, Field } from '../../../ui/field.tsx';
import { useKeys } from '../../../ui/keys.tsx';
import { h } from './strings.ts';

type Status = CommandInput<'setHospitalStatus'>;
const reasons = ['why.1', 'why.2', 'why.3', 'why.4'] as const;
const spans = [30, 60, 120, 240] as const;
const spanLabel = (minutes: number): string =>
  minutes < 60 ? h('minutes', { count: minutes }) : h('hours', { count: minutes / 60 });

/** A whole number typed; null for nothing, undefined for what is none. */
const wholeOf = (text: string, most: number): number | null | undefined => {
  if (text.trim() === '') return null;
  const number = Number(text);
  return /^\d+$/.test(text.trim()) && number <= most ? number : undefined;
};

const Foot = ({
  obstacle,
  onSave,
  onBack,
}: {
  readonly obstacle: string | null;
  readonly onSave: () => void;
  readonly onBack: () => void;
}) => (
  <div className="row row--wrap hospital__do">
    <Button main touch keyName="Ctrl+Enter" disabled={obstacle !== null} onPress={onSave}>
      {h('save')}
    </Button>
    <Button touch keyName="Escape" onPress={onBack}>
      {h('back')}
    </Button>
    {obstacle === null ? null : <span className="notice">{obstacle}</span>}
  </div>
);

/** Whether a hospital takes ambulances: Alt and a number for the status, a reason and an end for all but the open one. */
export const StatusForm = ({
  hospital,
  now,
  onSave,
  onBack,
}: {
  readonly hospital: Hospital;
  readonly now: Instant;
  readonly onSave: (status: Status) => void;
  readonly onBack: () => void;
}) => {
  const [traffic, setTraffic] = useState(hospital.emsTrafficStatus);
  const [reason, setReason] = useState(hospital.divert?.reason ?? '');
  const [minutes, setMinutes] = useState<(typeof spans)[number]>(60);
  const [offload, setOffload] = useState(hospital.emsOffload);
  const [delay, setDelay] = useState(hospital.offloadDelayMinutes === null ? '' : String(hospital.offloadDelayMinutes));
  const restricted = traffic === 'advisory' || traffic === 'closed';
  const delayMinutes = wholeOf(delay, 1_440);
  const obstacle =
    restricted && reason.trim() === ''
      ? h('needWhy')
      : offload === 'delayed' && delayMinutes === undefined
        ? h('delayBad')
        : null;
  const save = (): void => {
    if (obstacle !== null) return;
    onSave({
      hospitalId: hospital.id,
      emsTrafficStatus: traffic,
      emsOffload: offload,
      offloadDelayMinutes: offload === 'delayed' ? (delayMinutes ?? null) : null,
      divert: restricted ? { reason: reason.trim().slice(0, 200), until: now + minutes * 60_000 } : null,
    });
  };
  useKeys([
    {
      key: emsTrafficStatuses.map((_, index) => `Alt+${index + 1}`),
      label: h('keyStatus'),
      whileTyping: true,
      run: (key) => setTraffic((before) => emsTrafficStatuses[Number(key) - 1] ?? before),
    },
    { key: 'Ctrl+Enter', label: h('save'), when: obstacle === null, run: save },
    { key: 'Escape', label: h('back'), run: onBack },
  ]);
  return (
    <div className="hospital hospital__form">
      <h3 className="num">{hospital.name}</h3>
      <Choice
        label={h('status')}
        value={traffic}
        options={emsTrafficStatuses.map((value, index) => ({ value, label: `${h(value)} · Alt ${index + 1}` }))}
        onChange={setTraffic}
      />
      {restricted ? (
        <>
          <Field label={h('why')} text={reason} onChange={setReason} autoFocus />
          <div className="row row--wrap">
            {reasons.map((word) => (
              <Button key={word} touch onPress={() => setReason(h(word))}>
                {h(word)}
              </Button>
            ))}
          </div>
          <Choice
            label={h('holds')}
            value={String(minutes) as `${(typeof spans)[number]}`}
            options={spans.map((span) => ({ value: `${span}` as const, label: spanLabel(span) }))}
            onChange={(value) => setMinutes(spans.find((span) => `${span}` === value) ?? 60)}
          />
        </>
      ) : null}
      <Choice
        label={h('offload')}
        value={offload}
        options={[
          { value: 'normal', label: h('offloadNormal') },
          { value: 'delayed', label: h('offloadDelayed') },
        ]}
        onChange={setOffload}
      />
      {offload === 'delayed' ? (
        <Field
          kind="number"
          label={h('delay')}
          unit="min"
          text={delay}
          onChange={setDelay}
          {...(delayMinutes === undefined ? { state: 'bad' as const, said: h('delayBad') } : {})}
        />
      ) : null}
      <Foot obstacle={obstacle} onSave={save} onBack={onBack} />
    </div>
  );
};

/** The beds that a hospital has free, by category; empty is "not told". */
export const CapacityForm = ({
  hospital,
  onSave,
  onBack,
}: {
  readonly hospital: Hospital;
  /** The categories that were changed. */
  readonly onSave: (changed: readonly { readonly category: BedCategory; readonly available: number | null }[]) => void;
  readonly onBack: () => void;
}) => {
  const told = (category: BedCategory): number | null =>
    hospital.capacity.find((one) => one.category === category)?.available ?? null;
  const [texts, setTexts] = useState<Readonly<Partial<Record<BedCategory, string>>>>({});
  const textOf = (category: BedCategory): string => texts[category] ?? String(told(category) ?? '');
  const numbers = bedCategories.map((category) => ({ category, available: wholeOf(textOf(category), 10_000) }));
  const bad = numbers.some(({ available }) => available === undefined);
  const save = (): void => {
    if (bad) return;
    onSave(
      numbers.flatMap(({ category, available }) =>
        available === undefined || available === told(category) ? [] : [{ category, available }],
      ),
    );
  };
  useKeys([
    { key: 'Ctrl+Enter', label: h('save'), when: !bad, run: save },
    { key: 'Escape', label: h('back'), run: onBack },
  ]);
  return (
    <div className="hospital hospital__form">
      <h3 className="num">{hospital.name}</h3>
      <div className="hospital__fields">
        {numbers.map(({ category, available }, index) => (
          <Field
            key={category}
            kind="number"
            label={h(`bed.${category}`)}
            text={textOf(category)}
            autoFocus={index === 0}
            {...(available === undefined ? { state: 'bad' as const, said: h('freeBad') } : {})}
            onChange={(text) => setTexts((before) => ({ ...before, [category]: text }))}
          />
        ))}
      </div>
      <Foot obstacle={bad ? h('freeBad') : null} onSave={save} onBack={onBack} />
    </div>
  );
};
