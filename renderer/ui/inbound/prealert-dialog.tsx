import type { CommandInput } from '#domain/commands/registry.ts';
import type { Assignment } from '#domain/model/assignment.ts';
import type { Unit } from '#domain/model/unit.ts';
import { Button, Dialog } from '../controls.tsx';
import { PrealertForm } from './prealert-form.tsx';
import { i } from './strings.ts';

/** What a crew says before it arrives, over the board that expects it. */
export const PrealertDialog = ({
  unit,
  prealert,
  onSave,
  onClose,
}: {
  readonly unit: Unit;
  /** What was said before; null when nothing was. */
  readonly prealert: Assignment['prealert'];
  readonly onSave: (said: CommandInput<'recordPrealert'>) => void;
  readonly onClose: () => void;
}) => (
  <Dialog title={i('prealertOf', { callsign: unit.callsign })} onClose={onClose}>
    <PrealertForm
      unit={unit}
      prealert={prealert}
      onSend={onSave}
      foot={(send) => (
        <div className="row dialog__note">
          <Button main touch keyName="Ctrl+Enter" onPress={send}>
            {i('save')}
          </Button>
        </div>
      )}
    />
  </Dialog>
);
