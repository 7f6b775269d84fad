import { z } from 'zod';
import { idSchema, instantSchema, lineSchema } from '../model/values.ts';
import { heldAlready, holdIsOver } from '../rules/bed-hold.ts';
import { defineCommand, hours, refuse } from './definition.ts';
import { wordOf } from './sentence.ts';

/** Holds an available bed, with the reason and an end: for a visit, or for the patient whom a crew brings. One bed for each. */
export const reserveBed = defineCommand({
  name: 'reserveBed',
  input: z.strictObject({
    bedId: idSchema,
    encounterId: idSchema.nullable(),
    assignmentId: idSchema.nullable(),
    reason: lineSchema.min(1),
    until: instantSchema,
    /** Since when it had been held, of a hold that was given back and is not: then it may have run out as well. */
    since: instantSchema.optional(),
  }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, since, ...reservation }, { issuedAt }) => {
    const { encounterId, assignmentId, until } = reservation;
    const bed = view.get('bed', bedId);
    if (!bed) return refuse('notFound', 'unknownBed');
    const encounter = encounterId === null ? null : view.get('encounter', encounterId);
    if (encounter === undefined) return refuse('notFound', 'unknownPatient');
    if (encounter && encounter.departedAt !== null) return refuse('conflict', 'patientHasLeft');
    const assignment = assignmentId === null ? null : view.get('assignment', assignmentId);
    if (assignment === undefined) return refuse('notFound', 'unknownMission');
    if (assignment && (assignment.times.cancelled !== null || assignment.times.backInService !== null))
      return refuse('conflict', 'crewNotComing');
    if (until <= (since ?? issuedAt)) return refuse('malformed', 'holdEndsFirst');
    const held = heldAlready(view, reservation, issuedAt);
    if (held) return refuse('alreadyDone', 'bedHeldAlready', { bed: held.label });
    if (bed.status !== 'available' && !holdIsOver(bed, issuedAt))
      return refuse('conflict', 'bedIsNot', {
        bed: bed.label,
        status: wordOf(`bed.${bed.status}`),
        wanted: wordOf('bed.available'),
      });
    return [{ ...bed, status: 'reserved', since: Math.min(since ?? issuedAt, issuedAt), reservation, note: null, until: null }];
  },
});
