import { Button } from '../../../ui/controls.tsx';
import { d } from './strings.ts';

/** Where every panel of this board ends: what it does, and the way out. */
export const PanelFoot = ({
  action,
  keyName,
  disabled = false,
  onDo,
  onLeave,
}: {
  /** What the button does. */
  readonly action: string;
  readonly keyName: string;
  readonly disabled?: boolean;
  readonly onDo: () => void;
  readonly onLeave: () => void;
}) => (
  <div className="row">
    <Button main touch keyName={keyName} disabled={disabled} onPress={onDo}>
      {action}
    </Button>
    <Button touch keyName="Escape" onPress={onLeave}>
      {d('leave')}
    </Button>
  </div>
);
