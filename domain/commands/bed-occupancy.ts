import type { z } from 'zod';
import { type Bed, bedSchema } from '../model/bed.ts';
import type { Device } from '../model/device.ts';
import type { Encounter } from '../model/encounter.ts';
import type { RecordView } from '../model/record.ts';
import { type Id, type Instant, instantSchema } from '../model/values.ts';
import { type Refusal, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

/** The patient in a bed and that bed, or why they do not belong together now. */
export const occupiedBed = (
  view: RecordView,
  bedId: Id,
  encounterId: Id,
): { readonly bed: Bed; readonly encounter: Encounter } | Refusal => {
  const bed = view.get('bed', bedId);
  const encounter = view.get('encounter', encounterId);
  if (!bed) return refuse('notFound', 'unknownBed');
  if (!encounter) return refuse('notFound', 'unknownPatient');
  if (encounter.bedId !== bedId && bed.encounterId !== encounterId)
    return refuse('alreadyDone', 'bedLeftByPatient', { bed: bed.label });
  if (bed.status !== 'occupied' || bed.encounterId !== encounterId)
    return refuse('conflict', 'bedNotOfPatient', { bed: bed.label, status: wordOf(`bed.${bed.status}`) });
  return { bed, encounter };
};

/** The monitors of a bed, bound from a moment on to the patient now in it, or with null to nobody. */
export const bindMonitors = (view: RecordView, bedId: Id, encounterId: Id | null, at: Instant): readonly Device[] =>
  [...view.list('device')]
    .filter((device) => device.bedId === bedId)
    .map((device) => (device.encounterId === encounterId ? device : { ...device, encounterId, boundAt: at }));

/** Since when a bed has been what a gesture makes it, of one that takes another back: that was no end. Absent: from now on. */
export const sinceSchema = instantSchema.optional();

/** What an empty bed was before a gesture that is taken back: since when, and for whom it was held. */
export const stoodSchema = bedSchema.pick({ since: true, reservation: true });

/** The bed as it stood; a bed of which nobody says how is available from now on. */
export const asItStood = (
  stood: z.infer<typeof stoodSchema> | undefined,
  now: Instant,
): Pick<Bed, 'status' | 'since' | 'reservation'> => ({
  status: stood?.reservation ? 'reserved' : 'available',
  since: Math.min(stood?.since ?? now, now),
  reservation: stood?.reservation ?? null,
});
