import { useState } from 'react';
import type { Bed } from '#domain/model/bed.ts';
import type { BoardSettings } from '#domain/model/board-settings.ts';
import { Button, Dialog } from '../../ui/controls.tsx';
import { Field } from '../../ui/field.tsx';
import type { KeyBinding } from '../../ui/key-registry.ts';
import { useKeys } from '../../ui/keys.tsx';
import { spanText } from '../../ui/time.ts';
import { t } from '../../ui/translate.ts';
import type { Disposition } from './actions.ts';
import { b } from './strings.ts';

const ways = [
  ['discharged', 'd'],
  ['admitted', 'a'],
  ['waiting', 'w'],
  ['transferred', 't'],
  ['leftWithoutBeingSeen', 'l'],
  ['leftAgainstAdvice', 'g'],
  ['died', 'x'],
] as const satisfies readonly (readonly [Disposition, string])[];

/** Where the patient of a bed goes: one key each. */
export const ReleaseDialog = ({
  bed,
  name,
  onRelease,
  onClose,
}: {
  readonly bed: Bed;
  readonly name: string;
  readonly onRelease: (disposition: Disposition) => void;
  readonly onClose: () => void;
}) => {
  useKeys(
    ways.map(([disposition, key]) => ({ key, label: t(`beds.release.${disposition}`), run: () => onRelease(disposition) })),
  );
  return (
    <Dialog title={t('beds.release.title', { bed: bed.label, name })} onClose={onClose}>
      <div className="row row--wrap">
        {ways.map(([disposition, key], index) => (
          <Button key={disposition} touch main={index === 0} keyName={key} onPress={() => onRelease(disposition)}>
            {t(`beds.release.${disposition}`)}
          </Button>
        ))}
      </div>
      <p className="meta dialog__note">{t('beds.release.note', { bed: bed.label })}</p>
    </Dialog>
  );
};

/** Until when, a choice: unknown (null), or one of the spans that the site offers, in minutes; by a touch or by going through them with a key. */
export const useEnd = (offered: readonly number[], label: 'until.label' | 'until.back') => {
  const ends = [null, ...offered];
  const [minutes, setMinutes] = useState<number | null>(null);
  const words = (end: number | null): string =>
    end === null ? b('until.open') : b('until.in', { span: spanText(end * 60_000) });
  const key: KeyBinding = {
    key: 'Alt+u',
    label: b('until.key'),
    whileTyping: true,
    run: () => setMinutes(ends[(ends.indexOf(minutes) + 1) % ends.length] ?? null),
  };
  const choice = (
    <fieldset className="ends">
      <legend className="t2">
        {b(label)} <kbd>Alt</kbd> <kbd>U</kbd>
      </legend>
      {ends.map((end) => (
        <button key={end} type="button" className="ends__one" aria-pressed={end === minutes} onClick={() => setMinutes(end)}>
          {words(end)}
        </button>
      ))}
    </fieldset>
  );
  return { minutes, key, choice };
};

const reasons = ['beds.block.equipment', 'beds.block.staff', 'beds.block.isolation', 'beds.block.works'] as const;

/** Why a bed goes out of use, blocked or closed: one of the usual reasons by number, or typed. */
export const BlockDialog = ({
  bed,
  how,
  ends,
  onBlock,
  onClose,
}: {
  readonly bed: Bed;
  readonly how: 'block' | 'close';
  /** The spans offered, minutes. */
  readonly ends: readonly number[];
  /** With the minutes until it is over, null where nobody knows. */
  readonly onBlock: (reason: string, minutes: number | null) => void;
  readonly onClose: () => void;
}) => {
  const [reason, setReason] = useState('');
  const { minutes, key: endKey, choice } = useEnd(ends, 'until.label');
  useKeys([
    endKey,
    {
      key: 'Enter',
      label: how === 'block' ? t('beds.keys.block') : b('keys.close'),
      whileTyping: true,
      when: reason.trim() !== '',
      run: () => onBlock(reason.trim(), minutes),
    },
    ...reasons.map((key, index) => ({
      key: String(index + 1),
      label: t(key),
      whileTyping: true,
      when: reason === '',
      run: () => onBlock(t(key), minutes),
    })),
  ]);
  return (
    <Dialog
      title={how === 'block' ? t('beds.block.title', { bed: bed.label }) : b('close.title', { bed: bed.label })}
      onClose={onClose}
    >
      {choice}
      <div className="row row--wrap">
        {reasons.map((key, index) => (
          <Button key={key} touch keyName={String(index + 1)} onPress={() => onBlock(t(key), minutes)}>
            {t(key)}
          </Button>
        ))}
      </div>
      <div className="dialog__note">
        <Field label={t('beds.block.reason')} text={reason} onChange={setReason} autoFocus />
      </div>
    </Dialog>
  );
};

/** Who begins to clean a bed and how: Enter begins a standard one, with or without a name. */
export const CleanDialog = ({
  bed,
  minutes,
  onStart,
  onClose,
}: {
  readonly bed: Bed;
  /** How long each kind of clean is offered to take. */
  readonly minutes: BoardSettings['cleaningMinutes'];
  readonly onStart: (minutes: number, cleaner: string) => void;
  readonly onClose: () => void;
}) => {
  const [who, setWho] = useState(bed.cleaner ?? '');
  const { standard, deep } = minutes;
  const cleans = [
    ['clean.standard', standard],
    ['clean.deep', deep],
  ] as const;
  useKeys([
    {
      key: 'Enter',
      label: b('clean.standard', { count: standard }),
      whileTyping: true,
      run: () => onStart(standard, who.trim()),
    },
    { key: 'Ctrl+Enter', label: b('clean.deep', { count: deep }), whileTyping: true, run: () => onStart(deep, who.trim()) },
  ]);
  return (
    <Dialog title={b('clean.title', { bed: bed.label })} onClose={onClose}>
      <Field label={b('clean.who')} text={who} onChange={setWho} autoFocus />
      <div className="row row--wrap dialog__note">
        {cleans.map(([key, count], index) => (
          <Button
            key={key}
            touch
            main={index === 0}
            keyName={index === 0 ? 'Enter' : 'Ctrl+Enter'}
            onPress={() => onStart(count, who.trim())}
          >
            {b(key, { count })}
          </Button>
        ))}
      </div>
    </Dialog>
  );
};

const places = ['out.ct', 'out.xray', 'out.mri', 'out.ultrasound'] as const;

/** Where a patient goes who keeps the bed: one of the usual places by number, or typed. */
export const OutDialog = ({
  name,
  ends,
  onOut,
  onClose,
}: {
  readonly name: string;
  /** The spans offered, minutes. */
  readonly ends: readonly number[];
  /** With the minutes until they should be back, null where nobody knows. */
  readonly onOut: (to: string, minutes: number | null) => void;
  readonly onClose: () => void;
}) => {
  const [typed, setTyped] = useState('');
  const { minutes, key: endKey, choice } = useEnd(ends, 'until.back');
  useKeys([
    endKey,
    { key: 'Enter', label: b('keys.out'), whileTyping: true, when: typed.trim() !== '', run: () => onOut(typed.trim(), minutes) },
    ...places.map((key, index) => ({
      key: String(index + 1),
      label: b(key),
      whileTyping: true,
      when: typed === '',
      run: () => onOut(b(key), minutes),
    })),
  ]);
  return (
    <Dialog title={b('out.title', { name })} onClose={onClose}>
      {choice}
      <div className="row row--wrap">
        {places.map((key, index) => (
          <Button key={key} touch keyName={String(index + 1)} onPress={() => onOut(b(key), minutes)}>
            {b(key)}
          </Button>
        ))}
      </div>
      <div className="dialog__note">
        <Field label={b('out.other')} text={typed} onChange={setTyped} autoFocus />
      </div>
    </Dialog>
  );
};
