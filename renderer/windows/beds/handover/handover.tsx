import { lazy, Suspense, useState } from 'react';
import { Dialog, Void } from '../../../ui/controls.tsx';
import { useKeys } from '../../../ui/keys.tsx';
import { h } from './strings.ts';

const HandoverDialog = lazy(async () => ({ default: (await import('./handover-dialog.tsx')).HandoverDialog }));

/** The handover of a shift, over any board that mounts it: its key, and the panel once it is asked for. */
export const ShiftHandover = () => {
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  useKeys([{ key: 'Shift+h', label: h('open'), quiet: true, run: () => setOpen(true) }]);
  if (!isOpen) return null;
  return (
    <Suspense
      fallback={
        <Dialog title={h('title')} onClose={close} wide>
          <Void kind="loading" title={h('loading')} />
        </Dialog>
      }
    >
      <HandoverDialog onClose={close} />
    </Suspense>
  );
};
