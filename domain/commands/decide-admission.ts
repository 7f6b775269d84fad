import { z } from 'zod';
import { encounterSchema } from '../model/encounter.ts';
import { idSchema, instantSchema } from '../model/values.ts';
import { defineCommand, refuse } from './definition.ts';
import { presentVisit } from './present-visit.ts';

/** It is decided to admit a patient, from when on the patient boards, or that decision is taken back. */
export const decideAdmission = defineCommand({
  name: 'decideAdmission',
  input: z.strictObject({
    encounterId: idSchema,
    admit: z.boolean(),
    admitTo: encounterSchema.shape.admitTo.unwrap(),
    /** When it had been decided, where the decision was taken back and stands again; absent: now. */
    decidedAt: instantSchema.optional(),
  }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { encounterId, admit, admitTo, decidedAt }, { issuedAt }) => {
    const encounter = presentVisit(view, encounterId);
    if ('code' in encounter) return encounter;
    if (!admit && encounter.admitDecidedAt === null) return refuse('alreadyDone', 'notToBeAdmitted');
    return [
      admit
        ? { ...encounter, admitDecidedAt: encounter.admitDecidedAt ?? Math.min(decidedAt ?? issuedAt, issuedAt), admitTo }
        : { ...encounter, admitDecidedAt: null, admitTo: null },
    ];
  },
});
