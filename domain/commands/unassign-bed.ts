import { z } from 'zod';
import { idSchema, lineSchema } from '../model/values.ts';
import { waitingStatus } from '../rules/encounter-status.ts';
import { defineCommand, hours, refuse } from './definition.ts';

/** Undoes an assignment of a patient who never lay down: the bed is available again, not contaminated. */
export const unassignBed = defineCommand({
  name: 'unassignBed',
  input: z.strictObject({
    bedId: idSchema,
    encounterId: idSchema,
    /** Where the patient waited before; absent or null when that is not known. */
    place: lineSchema.nullable().optional(),
  }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, encounterId, place }, { issuedAt }) => {
    const bed = view.get('bed', bedId);
    const encounter = view.get('encounter', encounterId);
    if (!bed) return refuse('notFound', 'This bed is not known.');
    if (!encounter) return refuse('notFound', 'This patient is not known.');
    if (encounter.bedId !== bedId && bed.encounterId !== encounterId)
      return refuse('alreadyDone', `The patient is not in ${bed.label} any more.`);
    if (bed.status !== 'occupied' || bed.encounterId !== encounterId)
      return refuse('conflict', `${bed.label} is ${bed.status} and does not hold this patient.`);
    return [
      { ...bed, status: 'available', since: issuedAt, encounterId: null, reservation: null, note: null, until: null },
      { ...encounter, status: waitingStatus(encounter), bedId: null, bedAssignedAt: null, place: place ?? null },
      ...[...view.list('device')].filter((device) => device.bedId === bedId).map((device) => ({ ...device, encounterId: null })),
    ];
  },
});
