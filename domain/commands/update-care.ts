import { z } from 'zod';
import { encounterSchema } from '../model/encounter.ts';
import { idSchema } from '../model/values.ts';
import { defineCommand } from './definition.ts';
import { presentVisit } from './present-visit.ts';

const { nextStep, waitingFor, flags, flagNotes, isolation, nurse, doctor, ventilated } = encounterSchema.shape;

/**
 * Writes what concerns the care of a patient: next step and what it waits for, flags, isolation, who is responsible. A field that is
 * not named stays as it is. Isolation and its flag always agree.
 */
export const updateCare = defineCommand({
  name: 'updateCare',
  input: z.strictObject({
    encounterId: idSchema,
    nextStep: nextStep.optional(),
    waitingFor: waitingFor.unwrap().optional(),
    flags: flags.optional(),
    flagNotes: flagNotes.unwrap().optional(),
    isolation: isolation.unwrap().optional(),
    nurse: nurse.optional(),
    doctor: doctor.optional(),
    ventilated: ventilated.optional(),
  }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: null },
  apply: (view, { encounterId, ...given }) => {
    const encounter = presentVisit(view, encounterId);
    if ('code' in encounter) return encounter;
    const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const written = { ...encounter, ...named };
    const others = new Set(written.flags);
    if (given.isolation === null) others.delete('ISO');
    if (written.isolation !== null) others.add('ISO');
    return [{ ...written, flags: [...others], flagNotes: written.flagNotes.filter(({ flag }) => others.has(flag)) }];
  },
});
