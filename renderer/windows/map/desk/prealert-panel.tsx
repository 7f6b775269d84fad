import type { CommandInput } from '#domain/commands/registry.ts';
import type { Assignment } from '#domain/model/assignment.ts';
import type { Unit } from '#domain/model/unit.ts';
import { PrealertForm } from '../../../ui/inbound/prealert-form.tsx';
import { useKeys } from '../../../ui/keys.tsx';
import { PanelFoot } from './panel-foot.tsx';
import { d } from './strings.ts';

/** What the crew says of its patient, beside the unit that brings it. */
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
  useKeys([{ key: 'Escape', label: d('keyBack'), run: onClose }]);
  return (
    <>
      <div className="panel__head map-head--line">
        <h2>{d('prealertOf', { callsign: unit.callsign })}</h2>
        <span className="meta">ATMIST</span>
      </div>
      <div className="section map-form">
        <PrealertForm
          unit={unit}
          prealert={assignment.prealert}
          patient={patient}
          onSend={onSend}
          foot={(send) => <PanelFoot action={d('recordPrealert')} keyName="Ctrl+Enter" onDo={send} onLeave={onClose} />}
        />
      </div>
    </>
  );
};
