import { z } from 'zod';
import { encounterSchema } from '../model/encounter.ts';
import { idSchema, instantSchema } from '../model/values.ts';
import { defineCommand, hours, refuse } from './definition.ts';
import { presentVisit } from './present-visit.ts';

const { to, expectedBackAt } = encounterSchema.shape.away.unwrap().unwrap().shape;

/** A patient goes out of the department for a while, such as to imaging, and keeps the place; null says that the patient is back. */
export const setAway = defineCommand({
  name: 'setAway',
  input: z.strictObject({
    encounterId: idSchema,
    away: z
      .strictObject({
        to: to.min(1),
        expectedBackAt,
        /** Since when, where that is not now: of one who was said to be back and is not. */
        since: instantSchema.optional(),
      })
      .nullable(),
  }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { encounterId, away }, { issuedAt }) => {
    const encounter = presentVisit(view, encounterId);
    if ('code' in encounter) return encounter;
    if (away === null && encounter.away === null) return refuse('alreadyDone', 'patientIsBack');
    const since = encounter.away?.since ?? Math.min(away?.since ?? issuedAt, issuedAt);
    return [{ ...encounter, away: away && { ...away, since } }];
  },
});
