import { useState } from 'react';
import { Button, Dialog } from '../../ui/controls.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useKeys } from '../../ui/keys.tsx';
import type { Department } from './department.ts';
import { nameOfVisit, planWarnings } from './move-words.ts';
import type { MovePlan } from './moves.ts';
import { b } from './strings.ts';

const reasons = ['override.noOther', 'override.clinical', 'override.short', 'override.agreed'] as const;
type Asked = Exclude<MovePlan, { kind: 'none' | 'hold' | 'holdFor' }>;

/** Asks before two patients change beds, and for the reason where a rule of the department is overridden. */
export const MoveDialog = ({
  department,
  plan,
  onDo,
  onClose,
}: {
  readonly department: Department;
  readonly plan: Asked;
  /** With the reason; empty where none is wanted. */
  readonly onDo: (reason: string) => void;
  readonly onClose: () => void;
}) => {
  const [typed, setTyped] = useState('');
  const wantsReason = plan.concerns.length > 0;
  const reason = typed.trim();
  const isReady = !wantsReason || reason !== '';
  const act = b(wantsReason ? 'override.do' : 'swap.do');
  useKeys([
    { key: 'Enter', label: act, whileTyping: true, when: isReady, run: () => onDo(reason) },
    ...(wantsReason ? reasons : []).map((key, index) => ({
      key: String(index + 1),
      label: b(key),
      whileTyping: true,
      when: typed === '',
      run: () => onDo(b(key)),
    })),
  ]);
  const lines = [
    b('move.line', {
      name: nameOfVisit(department, plan.encounter.id),
      from: plan.from?.label ?? b('move.waiting'),
      bed: plan.bed.label,
    }),
    ...(plan.kind === 'swap'
      ? [b('move.line', { name: nameOfVisit(department, plan.other.id), from: plan.bed.label, bed: plan.from.label })]
      : []),
  ];
  return (
    <Dialog
      title={
        plan.kind === 'swap'
          ? b('swap.title', { bed: plan.from.label, other: plan.bed.label })
          : b('move.title', { bed: plan.bed.label })
      }
      onClose={onClose}
    >
      <ul className="move__lines">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {planWarnings(department, plan).map((warning) => (
        <p key={warning} className="move__warning" role="alert">
          <Icon name="warning" size={14} />
          {warning}
        </p>
      ))}
      {wantsReason ? (
        <>
          <div className="row row--wrap dialog__note">
            {reasons.map((key, index) => (
              <Button key={key} touch keyName={String(index + 1)} onPress={() => onDo(b(key))}>
                {b(key)}
              </Button>
            ))}
          </div>
          <div className="dialog__note">
            <Field label={b('override.other')} text={typed} onChange={setTyped} autoFocus />
          </div>
        </>
      ) : null}
      <div className="row dialog__note">
        <Button main touch keyName="Enter" disabled={!isReady} onPress={() => onDo(reason)}>
          {act}
        </Button>
        <Button touch keyName="Escape" onPress={onClose}>
          {b('move.leave')}
        </Button>
      </div>
    </Dialog>
  );
};
