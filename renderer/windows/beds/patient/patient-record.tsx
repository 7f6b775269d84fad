import { lazy, Suspense } from 'react';
import type { Id } from '#domain/model/values.ts';
import { Dialog, Void } from '../../../ui/controls.tsx';
import { p } from './strings.ts';

const PatientDialog = lazy(async () => ({ default: (await import('./patient-dialog.tsx')).PatientDialog }));

/** One visit from call to departure, over the board. Its code comes when somebody asks for it, and takes the keys at once. */
export const PatientRecord = ({ encounterId, onClose }: { readonly encounterId: Id; readonly onClose: () => void }) => (
  <Suspense
    fallback={
      <Dialog title="" onClose={onClose} wide>
        <Void kind="loading" title={p('loading')} />
      </Dialog>
    }
  >
    <PatientDialog encounterId={encounterId} onClose={onClose} />
  </Suspense>
);
