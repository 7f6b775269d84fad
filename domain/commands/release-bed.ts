import { z } from 'zod';
import { idSchema } from '../model/values.ts';
import { waitingStatus } from '../rules/encounter-status.ts';
import { defineCommand, hours, refuse } from './definition.ts';

/**
 * Ends a patient's stay in a bed. The bed is contaminated and its monitors are unbound in the same breath, so that nobody's
 * numbers can mix with the next patient's.
 */
export const releaseBed = defineCommand({
  name: 'releaseBed',
  input: z.strictObject({ bedId: idSchema, encounterId: idSchema, disposition: z.enum(['discharged', 'admitted', 'waiting']) }),
  roles: ['chargeNurse', 'triageNurse'],
  offline: { whenOffline: 'queue', expiresAfter: hours(4) },
  apply: (view, { bedId, encounterId, disposition }, { issuedAt }) => {
    const bed = view.get('bed', bedId);
    const encounter = view.get('encounter', encounterId);
    if (!bed) return refuse('notFound', 'This bed is not known.');
    if (!encounter) return refuse('notFound', 'This patient is not known.');
    if (encounter.bedId !== bedId && bed.encounterId !== encounterId)
      return refuse('alreadyDone', `The patient is not in ${bed.label} any more.`);
    if (bed.status !== 'occupied' || bed.encounterId !== encounterId)
      return refuse('conflict', `${bed.label} is ${bed.status} and does not hold this patient.`);
    const goes =
      disposition === 'waiting'
        ? { status: waitingStatus(encounter), place: 'Waiting room' }
        : {
            status: 'finished' as const,
            departedAt: issuedAt,
            admitDecidedAt: disposition === 'admitted' ? (encounter.admitDecidedAt ?? issuedAt) : encounter.admitDecidedAt,
          };
    return [
      { ...bed, status: 'contaminated', since: issuedAt, encounterId: null, reservation: null, note: null, until: null },
      { ...encounter, ...goes, bedId: null },
      ...[...view.list('device')].filter((device) => device.bedId === bedId).map((device) => ({ ...device, encounterId: null })),
    ];
  },
});
