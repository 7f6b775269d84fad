import type { Bed } from '../model/bed.ts';
import type { Device } from '../model/device.ts';
import type { Encounter } from '../model/encounter.ts';
import type { RecordView } from '../model/record.ts';
import type { Id, Instant } from '../model/values.ts';
import { type Refusal, refuse } from './definition.ts';

/** The patient in a bed and that bed, or why they do not belong together now. */
export const occupiedBed = (
  view: RecordView,
  bedId: Id,
  encounterId: Id,
): { readonly bed: Bed; readonly encounter: Encounter } | Refusal => {
  const bed = view.get('bed', bedId);
  const encounter = view.get('encounter', encounterId);
  if (!bed) return refuse('notFound', 'This bed is not known.');
  if (!encounter) return refuse('notFound', 'This patient is not known.');
  if (encounter.bedId !== bedId && bed.encounterId !== encounterId)
    return refuse('alreadyDone', `The patient is not in ${bed.label} any more.`);
  if (bed.status !== 'occupied' || bed.encounterId !== encounterId)
    return refuse('conflict', `${bed.label} is ${bed.status} and does not hold this patient.`);
  return { bed, encounter };
};

/** The monitors of a bed, bound from a moment on to the patient now in it, or with null to nobody. */
export const bindMonitors = (view: RecordView, bedId: Id, encounterId: Id | null, at: Instant): readonly Device[] =>
  [...view.list('device')]
    .filter((device) => device.bedId === bedId)
    .map((device) => (device.encounterId === encounterId ? device : { ...device, encounterId, boundAt: at }));
