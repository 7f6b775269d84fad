import { useState } from 'react';
import type { Id } from '#domain/model/values.ts';
import { Dialog } from '../../../ui/controls.tsx';
import { useKeys } from '../../../ui/keys.tsx';
import { usePanel } from '../../../ui/use-panel.ts';
import { h } from './strings.ts';

const loadDialog = async () => (await import('./hospitals-dialog.tsx')).HospitalsDialog;

/** The hospitals' panel of a board, with its key. */
export const HospitalsPanel = ({
  onShow,
}: {
  /** Looks at a hospital on the board under the panel. */
  readonly onShow: (hospitalId: Id) => void;
}) => {
  const [isOpen, setOpen] = useState(false);
  const Hospitals = usePanel(loadDialog);
  const close = (): void => setOpen(false);
  useKeys([{ key: 'b', label: h('title'), run: () => setOpen(true), quiet: true }]);
  if (!isOpen) return null;
  return Hospitals ? (
    <Hospitals onShow={onShow} onClose={close} />
  ) : (
    <Dialog title={h('title')} onClose={close} wide>
      {null}
    </Dialog>
  );
};
