import { z } from 'zod';
import { encounterSchema } from '../model/encounter.ts';
import { idSchema } from '../model/values.ts';
import { defineCommand } from './definition.ts';
import { presentVisit } from './present-visit.ts';

/** Says when a patient should leave the department; null when nobody can say. */
export const expectDeparture = defineCommand({
  name: 'expectDeparture',
  input: z.strictObject({ encounterId: idSchema, at: encounterSchema.shape.expectedDepartureAt }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { encounterId, at }) => {
    const encounter = presentVisit(view, encounterId);
    return 'code' in encounter ? encounter : [{ ...encounter, expectedDepartureAt: at }];
  },
});
