import { lazy, Suspense, useState } from 'react';
import type { Id } from '#domain/model/values.ts';
import { Dialog } from '../../../ui/controls.tsx';
import { useKeys } from '../../../ui/keys.tsx';
import { h } from './strings.ts';

const HospitalsDialog = lazy(async () => ({ default: (await import('./hospitals-dialog.tsx')).HospitalsDialog }));

/** The hospitals' panel of a board, with its key. Its code comes when somebody asks for it, and takes the keys at once. */
export const HospitalsPanel = ({
  onShow,
}: {
  /** Looks at a hospital on the board under the panel. */
  readonly onShow: (hospitalId: Id) => void;
}) => {
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  useKeys([{ key: 'b', label: h('title'), run: () => setOpen(true), quiet: true }]);
  return isOpen ? (
    <Suspense
      fallback={
        <Dialog title={h('title')} onClose={close} wide>
          {null}
        </Dialog>
      }
    >
      <HospitalsDialog onShow={onShow} onClose={close} />
    </Suspense>
  ) : null;
};
