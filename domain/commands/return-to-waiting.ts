import { z } from 'zod';
import { encounterSchema } from '../model/encounter.ts';
import { idSchema } from '../model/values.ts';
import { waitingStatus } from '../rules/encounter-status.ts';
import { movedTo } from '../rules/visit.ts';
import { defineCommand, refuse } from './definition.ts';

/** A patient who had left without being seen is there after all. The inverse of recordLeft. */
export const returnToWaiting = defineCommand({
  name: 'returnToWaiting',
  input: z.strictObject({
    encounterId: idSchema,
    place: encounterSchema.shape.place,
    /** Where the patient was for a while when said to have left. */
    away: encounterSchema.shape.away.unwrap().optional(),
  }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { encounterId, place, away }, { issuedAt, author }) => {
    const encounter = view.get('encounter', encounterId);
    if (!encounter) return refuse('notFound', 'unknownPatient');
    if (encounter.departedAt === null) return refuse('alreadyDone', 'patientIsHere');
    if (encounter.status !== 'leftWithoutBeingSeen') return refuse('conflict', 'visitHasEnded');
    return [
      {
        ...movedTo(encounter, { bedId: null, place, at: issuedAt, by: author.name }),
        status: waitingStatus(encounter),
        disposition: null,
        departedAt: null,
        away: away ?? encounter.away,
      },
    ];
  },
});
