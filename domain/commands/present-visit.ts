import type { Encounter } from '../model/encounter.ts';
import type { RecordView } from '../model/record.ts';
import type { Id } from '../model/values.ts';
import { isPresent } from '../rules/encounter-status.ts';
import { type Refusal, refuse } from './definition.ts';

/** The visit of a patient who is in the department now, or why there is none. */
export const presentVisit = (view: RecordView, encounterId: Id): Encounter | Refusal => {
  const encounter = view.get('encounter', encounterId);
  if (!encounter) return refuse('notFound', 'unknownPatient');
  return isPresent(encounter) ? encounter : refuse('conflict', 'patientHasLeft');
};
