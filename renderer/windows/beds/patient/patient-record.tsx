import { lazy } from 'react';
import type { Id } from '#domain/model/values.ts';
import { Opening } from '../../../ui/opening.tsx';
import { p } from './strings.ts';

const PatientDialog = lazy(async () => ({ default: (await import('./patient-dialog.tsx')).PatientDialog }));

/** One visit from call to departure, over the board. Its code comes when somebody asks for it, and takes the keys at once. */
export const PatientRecord = ({ encounterId, onClose }: { readonly encounterId: Id; readonly onClose: () => void }) => (
  <Opening title="" loading={p('loading')} onClose={onClose}>
    <PatientDialog encounterId={encounterId} onClose={onClose} />
  </Opening>
);
