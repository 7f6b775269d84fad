import { useState } from 'react';
import type { Bed } from '#domain/model/bed.ts';
import { Button, Dialog } from '../../ui/controls.tsx';
import { Field } from '../../ui/field.tsx';
import { useKeys } from '../../ui/keys.tsx';
import { t } from '../../ui/translate.ts';
import type { Disposition } from './actions.ts';

const ways = [
  ['discharged', 'd'],
  ['admitted', 'a'],
  ['waiting', 'w'],
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

const reasons = ['beds.block.equipment', 'beds.block.staff', 'beds.block.isolation', 'beds.block.works'] as const;

/** Why a bed goes out of use: one of the usual reasons by number, or typed. */
export const BlockDialog = ({
  bed,
  onBlock,
  onClose,
}: {
  readonly bed: Bed;
  readonly onBlock: (reason: string) => void;
  readonly onClose: () => void;
}) => {
  const [reason, setReason] = useState('');
  useKeys([
    {
      key: 'Enter',
      label: t('beds.keys.block'),
      whileTyping: true,
      when: reason.trim() !== '',
      run: () => onBlock(reason.trim()),
    },
    ...reasons.map((key, index) => ({
      key: String(index + 1),
      label: t(key),
      whileTyping: true,
      when: reason === '',
      run: () => onBlock(t(key)),
    })),
  ]);
  return (
    <Dialog title={t('beds.block.title', { bed: bed.label })} onClose={onClose}>
      <div className="row row--wrap">
        {reasons.map((key, index) => (
          <Button key={key} touch keyName={String(index + 1)} onPress={() => onBlock(t(key))}>
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
