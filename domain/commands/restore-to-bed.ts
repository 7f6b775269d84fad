import { z } from 'zod';
import { encounterSchema } from '../model/encounter.ts';
import { idSchema, instantSchema } from '../model/values.ts';
import { movedTo } from '../rules/visit.ts';
import { bindMonitors } from './bed-occupancy.ts';
import { defineCommand, hours, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

/** Undoes a release: the patient is back in the bed, as long as nobody has done anything with either since. */
export const restoreToBed = defineCommand({
  name: 'restoreToBed',
  input: z.strictObject({
    bedId: idSchema,
    encounterId: idSchema,
    /** The `since` the bed got from the release that is undone. */
    releasedAt: instantSchema,
    /** Where the patient was for a while when released. */
    away: encounterSchema.shape.away.unwrap().optional(),
  }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, encounterId, releasedAt, away }, { issuedAt, author }) => {
    const bed = view.get('bed', bedId);
    const encounter = view.get('encounter', encounterId);
    if (!bed) return refuse('notFound', 'unknownBed');
    if (!encounter) return refuse('notFound', 'unknownPatient');
    if (bed.encounterId === encounterId && encounter.bedId === bedId)
      return refuse('alreadyDone', 'bedHasPatientBack', { bed: bed.label });
    if (bed.status !== 'contaminated' || bed.since !== releasedAt) {
      return refuse('conflict', 'bedSince', { bed: bed.label, status: wordOf(`bed.${bed.status}`) });
    }
    if (encounter.bedId !== null) return refuse('conflict', 'patientHasOtherBed');
    if (encounter.bedAssignedAt === null || encounter.bedAssignedAt > releasedAt)
      return refuse('conflict', 'bedNotLeftThen', { bed: bed.label });
    if (encounter.departedAt !== null && encounter.departedAt !== releasedAt) return refuse('conflict', 'patientHasLeft');
    return [
      // The stay goes on: the bed has been this patient's since the assignment, not since the undo.
      { ...bed, status: 'occupied', since: encounter.bedAssignedAt, encounterId, reservation: null, note: null, until: null },
      {
        ...movedTo(encounter, { bedId, place: null, at: issuedAt, by: author.name }),
        status: 'inProgress',
        departedAt: null,
        disposition: null,
        away: away ?? encounter.away,
        admitDecidedAt: encounter.admitDecidedAt === releasedAt ? null : encounter.admitDecidedAt,
      },
      ...bindMonitors(view, bedId, encounterId, issuedAt),
    ];
  },
});
